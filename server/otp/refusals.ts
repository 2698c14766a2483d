import { OtpError } from '../errors.ts'

export const tooManyWrongCodes = 'Too many wrong codes were typed. Wait before trying again.'

/** The session takes no more codes, and waiting does not help. */
export function attemptsUsedUp(): OtpError {
  return new OtpError('RATE_LIMITED', {
    message: 'The attempts of this session are used up. Send a new code.',
    reason: 'ATTEMPTS_USED_UP',
  })
}
