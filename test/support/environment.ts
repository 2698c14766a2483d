import { limitVariables } from '../../server/config/limits.ts'

/** Switches every limit off. */
export const noLimits = Object.fromEntries(Object.keys(limitVariables).map((name) => [name, 'off']))

/** The configuration of the test servers, without the store and the mail server. Only wrong codes are limited. */
export const testEnvironment = {
  PORT: '0',
  MAIL_FROM: 'Acme <login@acme.example>',
  PUBLIC_URL: 'https://otp.acme.example',
  OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one',
  ...noLimits,
  LIMIT_GUESSES_PER_RECIPIENT: '50/1d',
}
