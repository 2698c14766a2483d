import type { Brand } from '../../server/brand.ts'
import type { CodeMail } from '../../server/otp/delivery.ts'
import { type Language, languages } from '../../server/texts/languages.ts'

/** An installation with everything that an operator can set. */
export const acme: Brand = {
  name: 'Acme',
  accentColor: '#1d4ed8',
  supportAddress: 'help@acme.example',
  logo: undefined,
}

/** An installation with nothing set. */
export const nameless: Brand = {
  name: '',
  accentColor: '#1d4ed8',
  supportAddress: undefined,
  logo: undefined,
}

const mailFlows = ['instant', 'backend', 'email_verification'] as const
const pageUrl = 'https://otp.acme.example/verify-email?sessionId=ev_01KPJRXTK0Q4T7V9X2B5N6C1DE'

/** An email as a send passes it on. */
export function codeMail(overrides: Partial<CodeMail> = {}): CodeMail {
  const { flow = 'backend' } = overrides
  return {
    projectId: 'default',
    to: 'user@example.com',
    network: undefined,
    from: undefined,
    flow,
    locale: undefined,
    subject: undefined,
    verificationLine: undefined,
    code: '042137',
    expiresInSeconds: 600,
    autofillHost: flow === 'email_verification' ? 'otp.acme.example' : undefined,
    hostedVerifyUrl: flow === 'email_verification' ? pageUrl : undefined,
    ...overrides,
  }
}

/** One email for every flow in every language. */
export const everyMail: { flow: CodeMail['flow']; language: Language; mail: CodeMail }[] = mailFlows.flatMap(
  (flow) =>
    (Object.keys(languages) as Language[]).map((language) => ({
      flow,
      language,
      mail: codeMail({ flow, locale: language }),
    })),
)
