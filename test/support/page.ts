import { emailVerification, sendAndRead } from './flows.ts'
import type { TestServer } from './server.ts'

/** The page as a visitor receives it. */
export interface PageAnswer {
  status: number
  headers: Headers
  html: string
  /** The text on the page, without markup. */
  text: string
  /** True if it takes a code. */
  hasForm: boolean
  /** True if it offers a new code. */
  hasResend: boolean
}

type SendBody = Parameters<typeof emailVerification.send>[1] & { redirectUrl?: string }

/** Sends an email verification and reads its code. */
export async function sendVerification(
  server: TestServer,
  body: Partial<SendBody> = {},
  allowedOrigins: string[] = [],
) {
  const api = server.client(await server.key({ allowedOrigins }))
  const sent = await sendAndRead(server, emailVerification, api, { email: 'user@example.com', ...body })
  return { ...sent, sent, api, path: `/verify-email?sessionId=${sent.sessionId}` }
}

/** Returns the server's response to a page request, without following redirects. */
export async function askPage(
  server: TestServer,
  path: string,
  options: RequestInit = {},
): Promise<PageAnswer> {
  const response = await fetch(server.directUrl + path, { redirect: 'manual', ...options })
  const html = await response.text()
  const body = html.slice(html.indexOf('<body>')).replace(/<[^>]*>/g, '')
  const text = body.replaceAll('&#39;', "'").replace(/\s+/g, ' ').trim()
  return {
    status: response.status,
    headers: response.headers,
    html,
    text,
    hasForm: html.includes('id="code"'),
    hasResend: html.includes('name="email"'),
  }
}

/** Submits the page's form. */
export function submitForm(
  server: TestServer,
  { sessionId, code }: { sessionId: string; code?: string },
  headers: Record<string, string> = {},
): Promise<PageAnswer> {
  const body = new URLSearchParams({ sessionId, ...(code === undefined ? {} : { code }) })
  return askPage(server, '/verify-email', { method: 'POST', body, headers })
}

/** Sends the form of the page that requests a new code. */
export function requestNewCode(
  server: TestServer,
  { sessionId, email }: { sessionId: string; email: string },
  headers: Record<string, string> = {},
): Promise<PageAnswer> {
  const body = new URLSearchParams({ sessionId, action: 'send', email })
  return askPage(server, '/verify-email', { method: 'POST', body, headers })
}
