import type { Texts } from './texts.ts'

/** Brazilian Portuguese. */
export const ptBr: Texts = {
  direction: 'ltr',
  support: (address) => `Precisa de ajuda? Escreva para ${address}.`,
  mail: {
    subject: {
      instant: 'Seu código de verificação',
      backend: 'Seu código de verificação',
      email_verification: 'Confirme seu endereço de e-mail',
    },
    brandedSubject: {
      instant: (brand) => `Seu código de verificação ${brand}`,
      backend: (brand) => `Seu código de verificação ${brand}`,
      email_verification: (brand) => `Confirme seu endereço de e-mail para ${brand}`,
    },
    preheader: (code, duration) => `${code} é o seu código. Ele expira em ${duration}.`,
    heading: {
      instant: 'Seu código de verificação',
      backend: 'Seu código de verificação',
      email_verification: 'Confirme seu endereço de e-mail',
    },
    verificationLine: {
      instant: 'Digite este código para continuar:',
      backend: 'Digite este código para continuar:',
      email_verification: 'Digite este código para confirmar seu endereço de e-mail:',
    },
    expiry: (duration) => `Este código expira em ${duration}.`,
    pageLink: 'Ou digite-o na página de verificação:',
    button: 'Confirmar endereço de e-mail',
    sentTo: (address, brand) =>
      brand === ''
        ? `Este e-mail foi enviado para ${address} porque alguém solicitou um código para este endereço.`
        : `${brand} enviou este e-mail para ${address} porque alguém solicitou um código para este endereço.`,
    notAsked:
      'Se você não fez esta solicitação, pode ignorar este e-mail. Nunca compartilhe este código com ninguém.',
  },
  page: {
    open: 'Confirme seu endereço de e-mail',
    enterCode: (address) => `Digite o código que enviamos para ${address}.`,
    codeLabel: 'Código de verificação',
    submit: 'Confirmar',
    missingCode: { heading: 'Digite o código', text: 'Você encontra o código no e-mail que enviamos.' },
    wrongCode: (attempts) => ({
      heading: 'O código não está correto',
      text: attempts === 1 ? 'Você tem mais 1 tentativa.' : `Você tem mais ${attempts} tentativas.`,
    }),
    attemptsUsedUp: {
      heading: 'Muitos códigos incorretos',
      text: 'Para sua segurança, este código não funciona mais.',
    },
    expired: { heading: 'Este código expirou', text: 'Os códigos funcionam apenas por pouco tempo.' },
    canceled: {
      heading: 'A solicitação foi cancelada',
      text: 'O código não funciona mais. Você não precisa fazer mais nada.',
    },
    verified: { heading: 'Endereço de e-mail confirmado', text: 'Obrigado. Está tudo pronto.' },
    alreadyVerified: {
      heading: 'Já confirmado',
      text: 'Este endereço de e-mail está confirmado. Você não precisa fazer mais nada.',
    },
    closePage: 'Você pode fechar esta página.',
    goBack: (host) => `Continuar para ${host}`,
    unknownLink: {
      heading: 'Este link não é válido',
      text: 'Verifique se você abriu o link completo do e-mail mais recente.',
    },
    tooManyTries: (duration) => ({
      heading: 'Muitas tentativas',
      text: `Tente novamente em ${duration}.`,
    }),
    unavailable: {
      heading: 'Algo deu errado',
      text: 'Não conseguimos verificar seu código agora. Tente novamente daqui a pouco.',
    },
    notUnderstood: {
      heading: 'Algo deu errado',
      text: 'Abra novamente o link do e-mail e digite o código lá.',
    },
    resend: {
      question: 'Não recebeu o e-mail?',
      instruction: 'Para receber um novo código, digite o endereço que você está confirmando.',
      emailLabel: 'Endereço de e-mail',
      submit: 'Enviar um novo código',
      sent: { heading: 'Confira seu e-mail', text: 'Enviamos um novo código para você.' },
      missingAddress: {
        heading: 'Digite seu endereço de e-mail',
        text: 'Só enviamos um novo código para o endereço que você está confirmando.',
      },
      wrongAddress: {
        heading: 'O endereço não confere',
        text: 'Digite o endereço que recebeu o e-mail com este link.',
      },
      wait: (duration) => ({
        heading: 'Aguarde um momento',
        text: `Você pode solicitar um novo código em ${duration}.`,
      }),
      notSent: {
        heading: 'Não foi possível enviar o e-mail',
        text: 'Tente novamente daqui a pouco. O código que você já tem talvez ainda funcione.',
      },
      noNewCode: {
        heading: 'Não é possível enviar um novo código',
        text: 'O código que você já tem talvez ainda funcione. Se não funcionar, comece de novo no aplicativo ou no site.',
      },
    },
    home: {
      heading: 'Verificação de e-mail',
      text: 'Este site confirma endereços de e-mail. Se você recebeu um e-mail nosso, abra o link que está nele.',
    },
  },
}
