import { createClient, isRisumailOtpError, RisumailOtpTransportError } from '@risumail-otp/client'

const element = (id) => document.getElementById(id)
const fields = { send: element('email'), verify: element('code') }
let session

// No automatic retries: a person is waiting, and can try again themselves.
const connect = () =>
  createClient({ baseUrl: element('base-url').value, token: element('token').value.trim(), maxRetries: 0 })

element('send').addEventListener('submit', (event) => {
  event.preventDefault()
  run('send', event.submitter, () => send(element('email').value))
})

element('resend').addEventListener('click', (event) =>
  run('verify', event.currentTarget, () => send(session.email)),
)

element('verify').addEventListener('submit', (event) => {
  event.preventDefault()
  run('verify', event.submitter, async () => {
    const { sessionId, email } = session
    await connect().verifyInstantOtp({ sessionId, email, code: element('code').value })
    element('who').textContent = `Welcome, ${email}.`
    show('done', `${email} is verified.`)
  })
})

for (const id of ['back', 'again']) element(id).addEventListener('click', () => show('send', ''))

async function send(email) {
  session = await connect().sendInstantOtp({ email })
  element('recipient').textContent = session.email
  element('expiry').dateTime = session.expiresAt
  element('expiry').textContent = new Date(session.expiresAt).toLocaleTimeString([], { timeStyle: 'short' })
  element('code').value = ''
  show('verify', `A code is on its way to ${session.email}.`)
  element('code').focus()
}

/** Shows one of the three steps, and announces it to screen readers. */
function show(step, message) {
  for (const id of ['send', 'verify', 'done']) element(id).hidden = id !== step
  complain(step, '')
  element('status').textContent = message
}

async function run(form, button, act) {
  complain(form, '')
  button.disabled = true
  try {
    await act()
  } catch (error) {
    complain(form, explain(error))
  } finally {
    button.disabled = false
  }
}

function complain(form, message) {
  if (!(form in fields)) return
  element(`${form}-error`).textContent = message
  fields[form].setAttribute('aria-invalid', String(message !== ''))
}

function explain(error) {
  if (error instanceof RisumailOtpTransportError) {
    if (error.kind === 'timeout') return 'The service took too long. Check your inbox before you try again.'
    // This also happens if the token does not allow this page's origin: the browser then hides the response.
    return 'The service did not answer. Check the base URL, and check that the token allows this origin.'
  }
  if (!isRisumailOtpError(error)) return error.message
  switch (error.code) {
    case 'VALIDATION_FAILED':
      return (error.details ?? []).map(({ path, message }) => `${path.slice(1)} ${message}`).join('; ')
    case 'INVALID_CODE':
      return `That code is not right. ${attempts(error.attemptsLeft)}`
    case 'SESSION_NOT_FOUND':
      return 'This code has expired or was already used. Send a new code.'
    case 'RATE_LIMITED':
    case 'OTP_RATE_LIMITED':
      return limited(error)
    case 'UNAUTHORIZED':
    case 'SCOPE_REQUIRED':
      return 'The service does not accept this token.'
    case 'ORIGIN_NOT_ALLOWED':
    case 'OTP_PUBLIC_IP_NOT_ALLOWED':
      return 'The token does not allow requests from here.'
    case 'SMTP_DELIVERY_FAILED':
      return 'We could not send the email. Check the address and your inbox.'
    default:
      return `The service cannot do this now. Please report request ID ${error.requestId}.`
  }
}

function attempts(left) {
  if (left === undefined) return 'Check it and type it again.'
  if (left === 0) return 'Send a new code.'
  return left === 1 ? 'You have 1 attempt left.' : `You have ${left} attempts left.`
}

function limited({ reason, retryAfterSeconds }) {
  switch (reason) {
    case 'ATTEMPTS_USED_UP':
      return 'You have used all attempts for this code. Send a new code.'
    case 'GUESS_LIMIT':
      return `There were too many wrong codes. Try again in ${duration(retryAfterSeconds)}.`
    default:
      return `You asked for too many codes. Try again in ${duration(retryAfterSeconds)}.`
  }
}

function duration(seconds) {
  if (seconds <= 90) return `${seconds} seconds`
  return seconds <= 5400 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3600)} hours`
}
