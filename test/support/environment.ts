/** What a server of the tests is configured with, beside its store and its mail server. Nothing is limited. */
export const testEnvironment = {
  PORT: '0',
  MAIL_FROM: 'Acme <login@acme.example>',
  PUBLIC_URL: 'https://otp.acme.example',
  OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one',
  LIMIT_PER_RECIPIENT: 'off',
  LIMIT_PER_CREDENTIAL: 'off',
  LIMIT_PER_ADDRESS: 'off',
  LIMIT_PAGE_PER_ADDRESS: 'off',
}
