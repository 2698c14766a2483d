import type { DevState } from './state.ts'

/** Returns the text that `npm run dev` prints: URLs, credentials, and commands to paste for send, verify and list. */
export function banner(url: string, hasInbox: boolean, state: DevState): string {
  const { key, token, secret, sandboxKey, sandboxToken, sandboxSecret } = state
  const post = (path: string, body: string) =>
    `curl -s ${url}${path} -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\\n    -d ${body}`
  const json = (expression: string) => `node -pe 'JSON.parse(fs.readFileSync(0)).${expression}'`
  return `
  RisuMail OTP is running at ${url}
  Docs: ${url}/docs
${hasInbox ? `  Inbox: ${url}/_dev/inbox (catches every email; nothing is delivered)\n` : ''}
  Server key        ${key}
  Public token      ${token}
  Analytics secret  ${secret}

  The sandbox sends no email. Its code is 424242:

  Server key        ${sandboxKey}
  Public token      ${sandboxToken}
  Analytics secret  ${sandboxSecret}

  Paste these, one after the other:

  KEY=${key}

  # send
  SESSION=$(${post('/api/v1/backend-otp/send', `'{"email":"user@example.com"}'`)} | ${json('data.sessionId')}); echo $SESSION

  # ${hasInbox ? 'read the code' : 'use the code from the email'}
  CODE=${hasInbox ? `$(curl -s ${url}/_dev/inbox.json | ${json('mails[0].code')}); echo $CODE` : '123456'}

  # verify
  ${post('/api/v1/backend-otp/verify', `"{\\"sessionId\\":\\"$SESSION\\",\\"email\\":\\"user@example.com\\",\\"code\\":\\"$CODE\\"}"`)}; echo

  # list
  curl -s ${url}/api/v1/backend-otp/verifications -H "Authorization: Bearer $KEY"; echo

`
}
