import type { Texts } from './texts.ts'

export const es: Texts = {
  direction: 'ltr',
  support: (address) => `¿Necesita ayuda? Escriba a ${address}.`,
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
    heading: {
      instant: 'Su código de verificación',
      backend: 'Su código de verificación',
      email_verification: 'Verifique su correo electrónico',
    },
    verificationLine: {
      instant: 'Introduzca este código para continuar:',
      backend: 'Introduzca este código para continuar:',
      email_verification: 'Introduzca este código para verificar su dirección de correo electrónico:',
    },
    expiry: (duration) => `Este código caduca en ${duration}.`,
    pageLink: 'O introdúzcalo en la página de verificación:',
    button: 'Verificar correo electrónico',
    sentTo: (address, brand) =>
      brand === ''
        ? `Este correo se envió a ${address} porque alguien solicitó un código para esta dirección.`
        : `${brand} envió este correo a ${address} porque alguien solicitó un código para esta dirección.`,
    notAsked: 'Si no lo ha solicitado, puede ignorar este correo. No comparta nunca este código con nadie.',
  },
  page: {
    open: 'Verifique su correo electrónico',
    enterCode: (address) => `Introduzca el código que hemos enviado a ${address}.`,
    codeLabel: 'Código de verificación',
    submit: 'Verificar',
    missingCode: {
      heading: 'Introduzca el código',
      text: 'Encontrará el código en el correo que le hemos enviado.',
    },
    wrongCode: (attempts) => ({
      heading: 'El código no es correcto',
      text: attempts === 1 ? 'Le queda 1 intento.' : `Le quedan ${attempts} intentos.`,
    }),
    attemptsUsedUp: {
      heading: 'Demasiados códigos incorrectos',
      text: 'Por su seguridad, este código ya no es válido.',
    },
    expired: {
      heading: 'Este código ha caducado',
      text: 'Los códigos solo son válidos durante poco tiempo.',
    },
    canceled: {
      heading: 'La solicitud se ha cancelado',
      text: 'El código ya no es válido. No tiene que hacer nada más.',
    },
    verified: { heading: 'Correo electrónico verificado', text: 'Gracias. Ya está todo listo.' },
    alreadyVerified: {
      heading: 'Ya está verificado',
      text: 'Esta dirección de correo electrónico ya está verificada. No tiene que hacer nada más.',
    },
    closePage: 'Puede cerrar esta página.',
    goBack: (host) => `Continuar a ${host}`,
    unknownLink: {
      heading: 'Este enlace no es válido',
      text: 'Compruebe que ha abierto el enlace completo del correo más reciente.',
    },
    tooManyTries: (duration) => ({
      heading: 'Demasiados intentos',
      text: `Vuelva a intentarlo dentro de ${duration}.`,
    }),
    unavailable: {
      heading: 'Se ha producido un error',
      text: 'En este momento no podemos comprobar su código. Vuelva a intentarlo en unos instantes.',
    },
    notUnderstood: {
      heading: 'Se ha producido un error',
      text: 'Vuelva a abrir el enlace del correo e introduzca allí el código.',
    },
    resend: {
      question: '¿No ha recibido el correo?',
      instruction: 'Para recibir un código nuevo, introduzca la dirección que está verificando.',
      emailLabel: 'Correo electrónico',
      submit: 'Enviar un código nuevo',
      sent: { heading: 'Revise su correo', text: 'Le hemos enviado un código nuevo.' },
      missingAddress: {
        heading: 'Introduzca su correo electrónico',
        text: 'Solo enviamos un código nuevo a la dirección que está verificando.',
      },
      wrongAddress: {
        heading: 'La dirección no coincide',
        text: 'Introduzca la dirección que recibió el correo con este enlace.',
      },
      wait: (duration) => ({
        heading: 'Espere un momento',
        text: `Podrá solicitar un código nuevo dentro de ${duration}.`,
      }),
      notSent: {
        heading: 'No hemos podido enviar el correo',
        text: 'Vuelva a intentarlo en unos instantes. Es posible que el código que ya tiene siga siendo válido.',
      },
      noNewCode: {
        heading: 'No podemos enviar un código nuevo',
        text: 'Es posible que el código que ya tiene siga siendo válido. Si no, empiece de nuevo en la aplicación o en el sitio web.',
      },
    },
    home: {
      heading: 'Verificación de correo electrónico',
      text: 'Este sitio verifica direcciones de correo electrónico. Si ha recibido un correo nuestro, abra el enlace que contiene.',
    },
  },
}
