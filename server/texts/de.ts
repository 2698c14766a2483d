import type { Texts } from './texts.ts'

export const de: Texts = {
  direction: 'ltr',
  mail: {
    subject: {
      instant: 'Ihr Bestätigungscode',
      backend: 'Ihr Bestätigungscode',
      email_verification: 'Bestätigen Sie Ihre E-Mail-Adresse',
    },
    brandedSubject: {
      instant: (brand) => `Ihr Bestätigungscode für ${brand}`,
      backend: (brand) => `Ihr Bestätigungscode für ${brand}`,
      email_verification: (brand) => `Bestätigen Sie Ihre E-Mail-Adresse für ${brand}`,
    },
    preheader: (code, duration) => `${code} ist Ihr Code. Er läuft in ${duration} ab.`,
    verificationLine: {
      instant: 'Ihr Bestätigungscode lautet:',
      backend: 'Ihr Bestätigungscode lautet:',
      email_verification: 'Geben Sie diesen Code ein, um Ihre E-Mail-Adresse zu bestätigen:',
    },
    expiry: (duration) => `Dieser Code läuft in ${duration} ab.`,
    pageLink: 'Geben Sie den Code auf dieser Seite ein:',
    notAsked:
      'Sie haben diesen Code nicht angefordert? Dann ignorieren Sie diese E-Mail und geben Sie den Code niemals weiter.',
    support: (address) => `Fragen? Schreiben Sie an ${address}.`,
  },
  page: {
    title: 'E-Mail-Adresse bestätigen',
    enterCode: (address) => `Wir haben einen Code an ${address} gesendet. Geben Sie ihn hier ein.`,
    codeLabel: 'Code',
    submit: 'Bestätigen',
    wrongCode: (attempts) =>
      attempts === 1
        ? 'Dieser Code ist nicht richtig. Sie haben noch einen Versuch.'
        : `Dieser Code ist nicht richtig. Sie haben noch ${attempts} Versuche.`,
    missingCode: 'Geben Sie zuerst den Code aus der E-Mail ein.',
    attemptsUsedUp:
      'Es wurden zu viele falsche Codes eingegeben. Fordern Sie dort, wo Sie begonnen haben, einen neuen Code an.',
    expired: 'Dieser Code ist abgelaufen. Fordern Sie dort, wo Sie begonnen haben, einen neuen an.',
    alreadyVerified: 'Diese Adresse ist bereits bestätigt. Sie müssen nichts weiter tun.',
    unknownLink:
      'Dieser Link ist nicht bekannt. Prüfen Sie, ob er vollständig ist, oder fordern Sie dort, wo Sie begonnen haben, eine neue E-Mail an.',
    unavailable: 'Der Dienst kann gerade nicht antworten. Bitte versuchen Sie es gleich noch einmal.',
    tooManyTries: 'Es gab zu viele Versuche. Bitte versuchen Sie es später noch einmal.',
    notUnderstood:
      'Das ist nicht richtig angekommen. Öffnen Sie den Link in der E-Mail noch einmal und geben Sie den Code dort ein.',
    verified: 'Ihre E-Mail-Adresse ist bestätigt.',
    goBack: (host) => `Weiter zu ${host}`,
  },
}
