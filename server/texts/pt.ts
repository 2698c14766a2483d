import type { Texts } from './texts.ts'

/** European Portuguese. */
export const pt: Texts = {
  direction: 'ltr',
  support: (address) => `Precisa de ajuda? Contacte ${address}.`,
  mail: {
    subject: {
      instant: 'O seu código de verificação',
      backend: 'O seu código de verificação',
      email_verification: 'Confirme o seu endereço de e-mail',
    },
    brandedSubject: {
      instant: (brand) => `O seu código de verificação ${brand}`,
      backend: (brand) => `O seu código de verificação ${brand}`,
      email_verification: (brand) => `Confirme o seu endereço de e-mail para ${brand}`,
    },
    preheader: (code, duration) => `${code} é o seu código. Expira dentro de ${duration}.`,
    heading: {
      instant: 'O seu código de verificação',
      backend: 'O seu código de verificação',
      email_verification: 'Confirme o seu endereço de e-mail',
    },
    verificationLine: {
      instant: 'Introduza este código para continuar:',
      backend: 'Introduza este código para continuar:',
      email_verification: 'Introduza este código para confirmar o seu endereço de e-mail:',
    },
    expiry: (duration) => `Este código expira dentro de ${duration}.`,
    pageLink: 'Ou introduza-o na página de verificação:',
    button: 'Confirmar endereço de e-mail',
    sentTo: (address, brand) =>
      brand === ''
        ? `Este e-mail foi enviado para ${address} porque alguém pediu um código para este endereço.`
        : `${brand} enviou este e-mail para ${address} porque alguém pediu um código para este endereço.`,
    notAsked: 'Se não fez este pedido, pode ignorar este e-mail. Nunca partilhe este código com ninguém.',
  },
  page: {
    open: 'Confirme o seu endereço de e-mail',
    enterCode: (address) => `Introduza o código que enviámos para ${address}.`,
    codeLabel: 'Código de verificação',
    submit: 'Confirmar',
    missingCode: { heading: 'Introduza o código', text: 'Encontra o código no e-mail que lhe enviámos.' },
    wrongCode: (attempts) => ({
      heading: 'O código não está correto',
      text: attempts === 1 ? 'Resta-lhe 1 tentativa.' : `Restam-lhe ${attempts} tentativas.`,
    }),
    attemptsUsedUp: {
      heading: 'Demasiados códigos incorretos',
      text: 'Para sua segurança, este código deixou de funcionar.',
    },
    expired: {
      heading: 'Este código expirou',
      text: 'Os códigos só funcionam durante pouco tempo.',
    },
    canceled: {
      heading: 'O pedido foi cancelado',
      text: 'O código deixou de funcionar. Não precisa de fazer mais nada.',
    },
    verified: { heading: 'Endereço de e-mail confirmado', text: 'Obrigado. Está tudo pronto.' },
    alreadyVerified: {
      heading: 'Já está confirmado',
      text: 'Este endereço de e-mail está confirmado. Não precisa de fazer mais nada.',
    },
    closePage: 'Pode fechar esta página.',
    goBack: (host) => `Continuar para ${host}`,
    unknownLink: {
      heading: 'Esta ligação não é válida',
      text: 'Verifique se abriu a ligação completa do e-mail mais recente.',
    },
    tooManyTries: (duration) => ({
      heading: 'Demasiadas tentativas',
      text: `Tente novamente dentro de ${duration}.`,
    }),
    unavailable: {
      heading: 'Ocorreu um erro',
      text: 'De momento, não conseguimos verificar o seu código. Tente novamente daqui a pouco.',
    },
    notUnderstood: {
      heading: 'Ocorreu um erro',
      text: 'Abra novamente a ligação do e-mail e introduza aí o código.',
    },
    resend: {
      question: 'Não recebeu o e-mail?',
      instruction: 'Para receber um novo código, introduza o endereço que está a confirmar.',
      emailLabel: 'Endereço de e-mail',
      submit: 'Enviar um novo código',
      sent: { heading: 'Consulte o seu e-mail', text: 'Enviámos-lhe um novo código.' },
      missingAddress: {
        heading: 'Introduza o seu endereço de e-mail',
        text: 'Só enviamos um novo código para o endereço que está a confirmar.',
      },
      wrongAddress: {
        heading: 'O endereço não corresponde',
        text: 'Introduza o endereço que recebeu o e-mail com esta ligação.',
      },
      wait: (duration) => ({
        heading: 'Aguarde um momento',
        text: `Pode pedir um novo código dentro de ${duration}.`,
      }),
      notSent: {
        heading: 'Não foi possível enviar o e-mail',
        text: 'Tente novamente daqui a pouco. O código que já tem pode ainda funcionar.',
      },
      noNewCode: {
        heading: 'Não é possível enviar um novo código',
        text: 'O código que já tem pode ainda funcionar. Se não funcionar, recomece na aplicação ou no site.',
      },
    },
    home: {
      heading: 'Verificação de e-mail',
      text: 'Este site confirma endereços de e-mail. Se recebeu um e-mail nosso, abra a ligação que ele contém.',
    },
  },
}
