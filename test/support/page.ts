import { emailVerification, sendAndRead } from './flows.ts'
import type { TestServer } from './server.ts'

/** The page as whoever follows the link or sends the form gets it. */
export interface PageAnswer {
  status: number
  headers: Headers
  html: string
  /** What stands on it, without markup. */
  text: string
  hasForm: boolean
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

/** What the server answers to this request on its page, without following anything. */
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
    hasForm: html.includes('<form'),
  }
}

/** Sends the form of the page. */
export function submitForm(
  server: TestServer,
  { sessionId, code }: { sessionId: string; code?: string },
  headers: Record<string, string> = {},
): Promise<PageAnswer> {
  const body = new URLSearchParams({ sessionId, ...(code === undefined ? {} : { code }) })
  return askPage(server, '/verify-email', { method: 'POST', body, headers })
}
