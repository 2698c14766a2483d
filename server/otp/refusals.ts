import { OtpError } from '../errors.ts'

export const tooManyWrongCodes = 'Too many wrong codes were entered. Wait before you try again.'

/** The error of a session that takes no more codes. Waiting does not help. */
export function attemptsUsedUp(): OtpError {
  return new OtpError('RATE_LIMITED', {
    message: 'The attempts of this session are used up. Send a new code.',
    reason: 'ATTEMPTS_USED_UP',
  })
}
