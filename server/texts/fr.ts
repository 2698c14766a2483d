import type { Texts } from './texts.ts'

export const fr: Texts = {
  direction: 'ltr',
  support: (address) => `Besoin d’aide\u00a0? Écrivez à ${address}.`,
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
    heading: {
      instant: 'Votre code de vérification',
      backend: 'Votre code de vérification',
      email_verification: 'Vérifiez votre adresse e-mail',
    },
    verificationLine: {
      instant: 'Saisissez ce code pour continuer\u00a0:',
      backend: 'Saisissez ce code pour continuer\u00a0:',
      email_verification: 'Saisissez ce code pour vérifier votre adresse e-mail\u00a0:',
    },
    expiry: (duration) => `Ce code expire dans ${duration}.`,
    pageLink: 'Ou saisissez-le sur la page de vérification\u00a0:',
    button: 'Vérifier l’adresse e-mail',
    sentTo: (address, brand) =>
      brand === ''
        ? `Cet e-mail a été envoyé à ${address}, car un code a été demandé pour cette adresse.`
        : `${brand} a envoyé cet e-mail à ${address}, car un code a été demandé pour cette adresse.`,
    notAsked:
      'Si vous n’êtes pas à l’origine de cette demande, vous pouvez ignorer cet e-mail. Ne communiquez jamais ce code à qui que ce soit.',
  },
  page: {
    open: 'Vérifiez votre adresse e-mail',
    enterCode: (address) => `Saisissez le code que nous avons envoyé à ${address}.`,
    codeLabel: 'Code de vérification',
    submit: 'Vérifier',
    missingCode: {
      heading: 'Saisissez votre code',
      text: 'Vous trouverez le code dans l’e-mail que nous vous avons envoyé.',
    },
    wrongCode: (attempts) => ({
      heading: 'Ce code n’est pas le bon',
      text: attempts === 1 ? 'Il vous reste 1 tentative.' : `Il vous reste ${attempts} tentatives.`,
    }),
    attemptsUsedUp: {
      heading: 'Trop de codes incorrects',
      text: 'Pour votre sécurité, ce code ne fonctionne plus.',
    },
    expired: { heading: 'Ce code a expiré', text: 'Les codes ne sont valables que peu de temps.' },
    canceled: {
      heading: 'Cette demande a été annulée',
      text: 'Le code ne fonctionne plus. Vous n’avez rien à faire.',
    },
    verified: { heading: 'Adresse e-mail vérifiée', text: 'Merci. Tout est prêt.' },
    alreadyVerified: {
      heading: 'Déjà vérifiée',
      text: 'Cette adresse e-mail est vérifiée. Vous n’avez plus rien à faire.',
    },
    closePage: 'Vous pouvez fermer cette page.',
    goBack: (host) => `Continuer vers ${host}`,
    unknownLink: {
      heading: 'Ce lien n’est pas valide',
      text: 'Vérifiez que vous avez ouvert le lien complet de l’e-mail le plus récent.',
    },
    tooManyTries: (duration) => ({ heading: 'Trop de tentatives', text: `Réessayez dans ${duration}.` }),
    unavailable: {
      heading: 'Une erreur s’est produite',
      text: 'Nous ne pouvons pas vérifier votre code pour le moment. Réessayez dans un instant.',
    },
    notUnderstood: {
      heading: 'Une erreur s’est produite',
      text: 'Ouvrez de nouveau le lien de l’e-mail et saisissez-y votre code.',
    },
    resend: {
      question: 'Vous n’avez pas reçu l’e-mail\u00a0?',
      instruction: 'Pour recevoir un nouveau code, saisissez l’adresse e-mail que vous vérifiez.',
      emailLabel: 'Adresse e-mail',
      submit: 'Envoyer un nouveau code',
      sent: { heading: 'Consultez vos e-mails', text: 'Nous vous avons envoyé un nouveau code.' },
      missingAddress: {
        heading: 'Saisissez votre adresse e-mail',
        text: 'Nous n’envoyons un nouveau code qu’à l’adresse que vous vérifiez.',
      },
      wrongAddress: {
        heading: 'L’adresse ne correspond pas',
        text: 'Saisissez l’adresse qui a reçu l’e-mail contenant ce lien.',
      },
      wait: (duration) => ({
        heading: 'Un instant',
        text: `Vous pourrez demander un nouveau code dans ${duration}.`,
      }),
      notSent: {
        heading: 'L’e-mail n’a pas pu être envoyé',
        text: 'Réessayez dans un instant. Le code que vous avez déjà fonctionne peut-être encore.',
      },
      noNewCode: {
        heading: 'Impossible d’envoyer un nouveau code',
        text: 'Le code que vous avez déjà fonctionne peut-être encore. Sinon, recommencez dans l’application ou sur le site.',
      },
    },
    home: {
      heading: 'Vérification d’adresse e-mail',
      text: 'Ce site vérifie des adresses e-mail. Si vous avez reçu un e-mail de notre part, ouvrez le lien qu’il contient.',
    },
  },
}
