import type { Texts } from './texts.ts'

export const fr: Texts = {
  direction: 'ltr',
  mail: {
    subject: {
      instant: 'Votre code de vérification',
      backend: 'Votre code de vérification',
      email_verification: 'Vérifiez votre adresse e-mail',
    },
    brandedSubject: {
      instant: (brand) => `Votre code de vérification ${brand}`,
      backend: (brand) => `Votre code de vérification ${brand}`,
      email_verification: (brand) => `Vérifiez votre adresse e-mail pour ${brand}`,
    },
    preheader: (code, duration) => `${code} est votre code. Il expire dans ${duration}.`,
    verificationLine: {
      instant: 'Votre code de vérification est\u00a0:',
      backend: 'Votre code de vérification est\u00a0:',
      email_verification: 'Pour vérifier votre adresse e-mail, saisissez ce code\u00a0:',
    },
    expiry: (duration) => `Ce code expire dans ${duration}.`,
    pageLink: 'Saisissez le code sur cette page\u00a0:',
    notAsked:
      'Vous n’avez pas demandé ce code\u00a0? Ignorez cet e-mail et ne communiquez jamais le code à qui que ce soit.',
    support: (address) => `Des questions\u00a0? Écrivez à ${address}.`,
  },
  page: {
    title: 'Vérifiez votre adresse e-mail',
    enterCode: (address) => `Nous avons envoyé un code à ${address}. Saisissez-le ici.`,
    codeLabel: 'Code',
    submit: 'Vérifier',
    wrongCode: (attempts) =>
      attempts === 1
        ? 'Ce code n’est pas le bon. Il vous reste une tentative.'
        : `Ce code n’est pas le bon. Il vous reste ${attempts} tentatives.`,
    missingCode: 'Saisissez d’abord le code qui figure dans l’e-mail.',
    attemptsUsedUp:
      'Trop de codes incorrects ont été saisis. Demandez un nouveau code là où vous avez commencé.',
    expired: 'Ce code a expiré. Demandez-en un nouveau là où vous avez commencé.',
    alreadyVerified: 'Cette adresse est déjà vérifiée. Vous n’avez plus rien à faire.',
    unknownLink:
      'Ce lien est inconnu. Vérifiez qu’il est complet ou demandez un nouvel e-mail là où vous avez commencé.',
    unavailable: 'Le service ne peut pas répondre pour le moment. Veuillez réessayer dans un instant.',
    tooManyTries: 'Il y a eu trop de tentatives. Veuillez réessayer plus tard.',
    notUnderstood:
      'La demande n’est pas arrivée correctement. Ouvrez de nouveau le lien de l’e-mail et saisissez-y le code.',
    verified: 'Votre adresse e-mail est vérifiée.',
    goBack: (host) => `Continuer vers ${host}`,
  },
}
