import type { PeerCertificate, TLSSocket } from 'node:tls'
import type { NodemailerError } from 'nodemailer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SmtpRoute } from '../config/smtp.ts'
import { failedDelivery } from '../mail/failure.ts'
import { deliveryProblems } from '../mail/problems.ts'
import { connectionOptions, type RouteOptions, routeName } from '../mail/route.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

const dayMs = 86_400_000
const soonMs = 14 * dayMs

/** Private members of nodemailer. Its public API cannot test a sender without sending an email. */
interface Inside {
  _socket: Partial<TLSSocket>
  _responseActions: ((reply: string) => void)[]
  _sendCommand(line: string): void
}

/** Tests a mail server step by step, up to MAIL FROM. Sends no email. Stops at the first step that fails. */
export async function checkMailServer(
  route: SmtpRoute,
  sender: string,
  options: Pick<RouteOptions, 'authorities' | 'ehloName' | 'timeoutMs'>,
  now: number,
): Promise<Finding[]> {
  const name = routeName(route)
  const connection = new SMTPConnection(connectionOptions(route, options))
  const inside = connection as unknown as Inside
  const findings: Finding[] = []
  const progress = { isBegun: false, isRead: false }
  const failed = (error: NodemailerError): Finding[] => {
    const about = { route: name, tries: 1, hasLogin: route.login !== undefined }
    const {
      problem: found = 'hung-up',
      phase,
      smtpCode,
      enhancedCode,
      errorCode,
    } = failedDelivery(error, progress, about)
    const codes = [smtpCode, enhancedCode, errorCode].filter(Boolean).join(' ')
    return [
      ...findings,
      problem(
        `${name} ${phase}`,
        `${inWords(found)}${codes ? ` (${codes})` : ''}.`,
        deliveryProblems[found].remedy,
      ),
    ]
  }
  const broken = breakOf(connection)
  const unlessBroken = (step: Promise<void>) => Promise.race([step, broken])
  try {
    await unlessBroken(connected(connection))
    findings.push(ok(`${name} connection`, 'The mail server answers.'))
    findings.push(encryption(name, route, inside._socket, now))
    if (route.login) {
      await unlessBroken(loggedIn(connection, route.login))
      findings.push(ok(`${name} login`, 'The mail server accepts the user name and password.'))
    }
    await unlessBroken(asked(inside, `MAIL FROM:<${sender}>`))
    findings.push(ok(`${name} sender`, 'The mail server accepts MAIL_FROM as the sender.'))
    return findings
  } catch (error) {
    return failed(error as NodemailerError)
  } finally {
    connection.quit()
    connection.close()
  }
}

const inWords = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ')

/** Rejects if the mail server hangs up or stops answering, in any step. */
function breakOf(connection: SMTPConnection): Promise<never> {
  const broken = new Promise<never>((_, reject) => {
    connection.on('error', reject)
    connection.on('end', () => reject(new Error('the mail server closed the connection')))
  })
  broken.catch(() => {}) // nothing waits for it after the last step
  return broken
}

function connected(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
}

function loggedIn(
  connection: SMTPConnection,
  { user, password }: NonNullable<SmtpRoute['login']>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.login({ user, credentials: { user, pass: password } } as never, (error) =>
      error ? reject(error) : resolve(),
    )
  })
}

/** Sends one line and waits for the reply. @throws if the reply is a refusal */
function asked(inside: Inside, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    inside._responseActions.push((reply) => {
      if (reply.startsWith('2')) return resolve()
      const responseCode = Number(reply.slice(0, 3))
      reject(Object.assign(new Error('refused'), { command: 'MAIL FROM', response: reply, responseCode }))
    })
    inside._sendCommand(line)
  })
}

function encryption(
  name: string,
  { requiresTls }: SmtpRoute,
  socket: Partial<TLSSocket>,
  now: number,
): Finding {
  const check = `${name} TLS`
  const certificate = socket.encrypted
    ? (socket.getPeerCertificate?.() as PeerCertificate | undefined)
    : undefined
  if (certificate === undefined) {
    return requiresTls
      ? problem(check, 'The connection is not encrypted.', deliveryProblems['tls-failed'].remedy)
      : warning(
          check,
          'The connection is not encrypted.',
          'This is safe only if the mail server is on this machine.',
        )
  }
  const endsAt = Date.parse(certificate.valid_to)
  const said = `${socket.getProtocol?.() ?? 'TLS'}; the certificate of ${certificate.subject?.CN ?? 'no name'} is trusted until ${certificate.valid_to}.`
  return endsAt - now < soonMs
    ? warning(check, said, 'The certificate expires soon. Have it renewed before emails fail.')
    : ok(check, said)
}
