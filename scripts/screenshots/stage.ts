import { join } from 'node:path'
import { createApp } from '../../server/app.ts'
import { loadConfig } from '../../server/config.ts'
import { issueServerKey } from '../../server/credentials/lifecycle.ts'
import { type Inbox, type InboxMail, startInbox } from '../../server/dev/inbox.ts'
import { inboxRoutes } from '../../server/dev/inbox-routes.ts'
import { createLogger } from '../../server/log.ts'

interface Sent {
  sessionId: string
  mail: InboxMail
}

/** A running server with an inbox, and a key that sends. */
export interface Stage {
  url: string
  inbox: Inbox
  /** Sends an email verification and waits for its email. */
  verification(body?: object): Promise<Sent>
  /** Sends the form of the page, as the browser would. */
  submit(fields: Record<string, string>): Promise<void>
  /** Moves the server's clock. */
  wait(ms: number): void
  stop(): Promise<void>
}

const redirectUrl = 'https://app.acme.example/welcome'

export async function startStage(folder: string): Promise<Stage> {
  const inbox = await startInbox()
  let now = Date.now()
  const config = loadConfig({
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folder, 'store.db')}`,
    SMTP_URL: inbox.smtpUrl,
    OTP_SECRET: 'x'.repeat(32),
    PUBLIC_URL: 'https://otp.acme.example',
    MAIL_FROM: 'no-reply@acme.example',
    MAIL_BRAND_NAME: 'Acme',
    MAIL_SUPPORT_ADDRESS: 'help@acme.example',
    MAIL_ACCENT_COLOR: '0f766e',
    LIMIT_PER_RECIPIENT: 'off',
    LIMIT_PER_RECIPIENT_TOTAL: 'off',
    LIMIT_PER_MAILBOX: 'off',
    LIMIT_PAGE_PER_ADDRESS: 'off',
  })
  const app = await createApp(config, {
    log: createLogger('silent'),
    now: () => now,
    routes: inboxRoutes(inbox),
  })
  const { key } = await issueServerKey(
    app.credentials,
    {
      name: 'screenshots',
      projectId: 'default',
      scopes: ['server_otp'],
      allowedAddresses: [],
      allowedOrigins: [new URL(redirectUrl).origin],
      allowedSenders: [],
      expiresInMs: undefined,
    },
    now,
  )
  const listener = await app.listen()
  const { url } = listener

  return {
    url,
    inbox,
    async verification(body = {}) {
      const response = await fetch(`${url}/api/v1/email-verification/send`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: 'jordan@example.com', redirectUrl, ...body }),
      })
      const answer = (await response.json()) as { data?: { sessionId: string } }
      const [mail] = inbox.mails()
      if (answer.data === undefined || mail === undefined) throw new Error(JSON.stringify(answer))
      return { sessionId: answer.data.sessionId, mail }
    },
    async submit(fields) {
      await fetch(`${url}/verify-email`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      })
    },
    wait: (ms) => {
      now += ms
    },
    async stop() {
      await listener.stop(1000)
      await app.close()
      await inbox.close()
    },
  }
}
