import type { Texts } from './texts.ts'

export const es: Texts = {
  direction: 'ltr',
  mail: {
    subject: {
      instant: 'Su código de verificación',
      backend: 'Su código de verificación',
      email_verification: 'Verifique su dirección de correo electrónico',
    },
    brandedSubject: {
      instant: (brand) => `Su código de verificación de ${brand}`,
      backend: (brand) => `Su código de verificación de ${brand}`,
      email_verification: (brand) => `Verifique su dirección de correo electrónico para ${brand}`,
    },
    preheader: (code, duration) => `${code} es su código. Caduca en ${duration}.`,
    verificationLine: {
      instant: 'Su código de verificación es:',
      backend: 'Su código de verificación es:',
      email_verification: 'Para verificar su dirección de correo electrónico, introduzca este código:',
    },
    expiry: (duration) => `Este código caduca en ${duration}.`,
    pageLink: 'Introduzca el código en esta página:',
    notAsked: '¿No ha solicitado este código? Ignore este correo y no comparta nunca el código con nadie.',
    support: (address) => `¿Tiene alguna pregunta? Escriba a ${address}.`,
  },
  page: {
    title: 'Verifique su dirección de correo electrónico',
    enterCode: (address) => `Hemos enviado un código a ${address}. Introdúzcalo aquí.`,
    codeLabel: 'Código',
    submit: 'Verificar',
    wrongCode: (attempts) =>
      attempts === 1
        ? 'El código no es correcto. Le queda un intento.'
        : `El código no es correcto. Le quedan ${attempts} intentos.`,
    missingCode: 'Escriba primero el código que aparece en el correo.',
    attemptsUsedUp:
      'Se han introducido demasiados códigos incorrectos. Solicite un código nuevo donde comenzó.',
    expired: 'Este código ha caducado. Solicite uno nuevo donde comenzó.',
    alreadyVerified: 'Esta dirección ya está verificada. No tiene que hacer nada más.',
    unknownLink:
      'Este enlace no es válido. Compruebe que esté completo o solicite un correo nuevo donde comenzó.',
    unavailable: 'El servicio no está disponible en este momento. Vuelva a intentarlo en unos instantes.',
    tooManyTries: 'Ha habido demasiados intentos. Inténtelo de nuevo más tarde.',
    notUnderstood:
      'La solicitud no ha llegado correctamente. Vuelva a abrir el enlace del correo y escriba allí el código.',
    verified: 'Su dirección de correo electrónico está verificada.',
    goBack: (host) => `Continuar a ${host}`,
  },
}
