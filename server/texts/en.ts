import type { Texts } from './texts.ts'

export const en: Texts = {
  direction: 'ltr',
  mail: {
    subject: {
      instant: 'Your verification code',
      backend: 'Your verification code',
      email_verification: 'Verify your email address',
    },
    brandedSubject: {
      instant: (brand) => `Your ${brand} verification code`,
      backend: (brand) => `Your ${brand} verification code`,
      email_verification: (brand) => `Verify your email address for ${brand}`,
    },
    preheader: (code, duration) => `${code} is your code. It expires in ${duration}.`,
    verificationLine: {
      instant: 'Your verification code is:',
      backend: 'Your verification code is:',
      email_verification: 'To verify your email address, enter this code:',
    },
    expiry: (duration) => `This code expires in ${duration}.`,
    pageLink: 'Enter the code on this page:',
    notAsked: 'You did not ask for this code? Then ignore this mail, and never pass the code on to anyone.',
    support: (address) => `Questions? Write to ${address}.`,
  },
  page: {
    title: 'Verify your email address',
    enterCode: (address) => `We have sent a code to ${address}. Enter it here.`,
    codeLabel: 'Code',
    submit: 'Verify',
    wrongCode: (attempts) =>
      attempts === 1
        ? 'That is not the code. One attempt is left.'
        : `That is not the code. ${attempts} attempts are left.`,
    missingCode: 'Type the code from the mail first.',
    attemptsUsedUp: 'There were too many wrong codes. Ask for a new code where you started.',
    expired: 'This code has expired. Ask for a new one where you started.',
    alreadyVerified: 'This address is already verified. There is nothing more to do.',
    unknownLink:
      'This link is not known. Check that it is complete, or ask for a new mail where you started.',
    unavailable: 'The service cannot answer right now. Please try again in a moment.',
    tooManyTries: 'There were too many tries. Please try again later.',
    notUnderstood:
      'That did not arrive as it should. Open the link in the mail again and type the code there.',
    verified: 'Your email address is verified.',
    goBack: (host) => `Continue to ${host}`,
  },
}
