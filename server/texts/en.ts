import type { Texts } from './texts.ts'

export const en: Texts = {
  direction: 'ltr',
  support: (address) => `Need help? Contact ${address}.`,
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
    heading: {
      instant: 'Your verification code',
      backend: 'Your verification code',
      email_verification: 'Verify your email address',
    },
    verificationLine: {
      instant: 'Enter this code to continue:',
      backend: 'Enter this code to continue:',
      email_verification: 'Enter this code to verify your email address:',
    },
    expiry: (duration) => `This code expires in ${duration}.`,
    pageLink: 'Or enter it on the verification page:',
    button: 'Verify email address',
    sentTo: (address, brand) =>
      brand === ''
        ? `This email was sent to ${address} because someone requested a code for this address.`
        : `${brand} sent this email to ${address} because someone requested a code for this address.`,
    notAsked: 'If you didn’t request this, you can ignore this email. Never share this code with anyone.',
  },
  page: {
    open: 'Verify your email address',
    enterCode: (address) => `Enter the code we sent to ${address}.`,
    codeLabel: 'Verification code',
    submit: 'Verify',
    missingCode: { heading: 'Enter your code', text: 'You’ll find the code in the email we sent you.' },
    wrongCode: (attempts) => ({
      heading: 'That code isn’t right',
      text: attempts === 1 ? 'You have 1 attempt left.' : `You have ${attempts} attempts left.`,
    }),
    attemptsUsedUp: {
      heading: 'Too many wrong codes',
      text: 'To protect your account, this code no longer works.',
    },
    expired: { heading: 'This code has expired', text: 'Codes only work for a short time.' },
    canceled: {
      heading: 'This request was canceled',
      text: 'The code no longer works. There’s nothing you need to do.',
    },
    verified: { heading: 'Email address verified', text: 'Thank you. You’re all set.' },
    alreadyVerified: {
      heading: 'Already verified',
      text: 'This email address is verified. There’s nothing left to do.',
    },
    closePage: 'You can close this page.',
    goBack: (host) => `Continue to ${host}`,
    unknownLink: {
      heading: 'This link isn’t valid',
      text: 'Check that you opened the whole link from the latest email.',
    },
    tooManyTries: (duration) => ({ heading: 'Too many attempts', text: `Try again in ${duration}.` }),
    unavailable: {
      heading: 'Something went wrong',
      text: 'We can’t check your code right now. Try again in a moment.',
    },
    notUnderstood: {
      heading: 'Something went wrong',
      text: 'Open the link in the email again and enter your code there.',
    },
    resend: {
      question: 'Didn’t get the email?',
      instruction: 'To get a new code, enter the email address you’re verifying.',
      emailLabel: 'Email address',
      submit: 'Send a new code',
      sent: { heading: 'Check your email', text: 'We sent you a new code.' },
      missingAddress: {
        heading: 'Enter your email address',
        text: 'We only send a new code to the address you’re verifying.',
      },
      wrongAddress: {
        heading: 'That address doesn’t match',
        text: 'Enter the address that got the email with this link.',
      },
      wait: (duration) => ({
        heading: 'Wait a moment',
        text: `You can request a new code in ${duration}.`,
      }),
      notSent: {
        heading: 'We couldn’t send the email',
        text: 'Try again in a moment. The code you already have may still work.',
      },
      noNewCode: {
        heading: 'We can’t send a new code',
        text: 'The code you already have may still work. If it doesn’t, start again in the app or on the website.',
      },
    },
    home: {
      heading: 'Email verification',
      text: 'This site verifies email addresses. If you got an email from us, open the link in that email.',
    },
  },
}
