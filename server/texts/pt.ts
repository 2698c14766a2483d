import type { Texts } from './texts.ts'

export const pt: Texts = {
  direction: 'ltr',
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
    preheader: (code, duration) => `${code} é o seu código. Expira em ${duration}.`,
    verificationLine: {
      instant: 'O seu código de verificação é:',
      backend: 'O seu código de verificação é:',
      email_verification: 'Para confirmar o seu endereço de e-mail, insira este código:',
    },
    expiry: (duration) => `Este código expira em ${duration}.`,
    pageLink: 'Insira o código nesta página:',
    notAsked: 'Não solicitou este código? Ignore este e-mail e nunca compartilhe o código com ninguém.',
    support: (address) => `Dúvidas? Escreva para ${address}.`,
  },
  page: {
    title: 'Confirme o seu endereço de e-mail',
    enterCode: (address) => `Enviamos um código para ${address}. Insira-o aqui.`,
    codeLabel: 'Código',
    submit: 'Confirmar',
    wrongCode: (attempts) =>
      attempts === 1
        ? 'O código não está correto. Resta uma tentativa.'
        : `O código não está correto. Restam ${attempts} tentativas.`,
    missingCode: 'Digite primeiro o código que está no e-mail.',
    attemptsUsedUp: 'Foram inseridos códigos incorretos demais. Solicite um novo código onde começou.',
    expired: 'Este código expirou. Solicite um novo onde começou.',
    alreadyVerified: 'Este endereço já está confirmado. Não é preciso fazer mais nada.',
    unknownLink:
      'Este link não é válido. Verifique se está completo ou solicite um novo e-mail onde começou.',
    unavailable: 'O serviço não está disponível no momento. Tente novamente daqui a pouco.',
    tooManyTries: 'Houve tentativas demais. Tente novamente mais tarde.',
    notUnderstood:
      'O pedido não chegou corretamente. Abra novamente o link do e-mail e digite o código nessa página.',
    verified: 'O seu endereço de e-mail está confirmado.',
    goBack: (host) => `Continuar para ${host}`,
  },
}
