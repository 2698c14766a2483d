import type { Texts } from './texts.ts'

export const de: Texts = {
  direction: 'ltr',
  support: (address) => `Brauchen Sie Hilfe? Schreiben Sie an ${address}.`,
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
    preheader: (code, duration) => `${code} ist Ihr Code. Er ist ${duration} gültig.`,
    heading: {
      instant: 'Ihr Bestätigungscode',
      backend: 'Ihr Bestätigungscode',
      email_verification: 'E-Mail-Adresse bestätigen',
    },
    verificationLine: {
      instant: 'Geben Sie diesen Code ein, um fortzufahren:',
      backend: 'Geben Sie diesen Code ein, um fortzufahren:',
      email_verification: 'Geben Sie diesen Code ein, um Ihre E-Mail-Adresse zu bestätigen:',
    },
    expiry: (duration) => `Dieser Code ist ${duration} gültig.`,
    pageLink: 'Oder geben Sie ihn auf der Bestätigungsseite ein:',
    button: 'E-Mail-Adresse bestätigen',
    sentTo: (address, brand) =>
      brand === ''
        ? `Diese E-Mail ging an ${address}, weil für diese Adresse ein Code angefordert wurde.`
        : `${brand} hat diese E-Mail an ${address} gesendet, weil für diese Adresse ein Code angefordert wurde.`,
    notAsked:
      'Falls Sie das nicht waren, können Sie diese E-Mail ignorieren. Geben Sie den Code niemals an andere weiter.',
  },
  page: {
    open: 'E-Mail-Adresse bestätigen',
    enterCode: (address) => `Geben Sie den Code ein, den wir an ${address} gesendet haben.`,
    codeLabel: 'Bestätigungscode',
    submit: 'Bestätigen',
    missingCode: {
      heading: 'Code eingeben',
      text: 'Sie finden den Code in der E-Mail, die wir Ihnen gesendet haben.',
    },
    wrongCode: (attempts) => ({
      heading: 'Der Code ist nicht richtig',
      text: attempts === 1 ? 'Sie haben noch einen Versuch.' : `Sie haben noch ${attempts} Versuche.`,
    }),
    attemptsUsedUp: {
      heading: 'Zu viele falsche Codes',
      text: 'Zu Ihrer Sicherheit gilt dieser Code nicht mehr.',
    },
    expired: { heading: 'Der Code ist abgelaufen', text: 'Codes gelten nur für kurze Zeit.' },
    canceled: {
      heading: 'Der Vorgang wurde abgebrochen',
      text: 'Der Code gilt nicht mehr. Sie müssen nichts weiter tun.',
    },
    verified: { heading: 'E-Mail-Adresse bestätigt', text: 'Vielen Dank. Es ist alles erledigt.' },
    alreadyVerified: {
      heading: 'Bereits bestätigt',
      text: 'Diese E-Mail-Adresse ist bestätigt. Sie müssen nichts weiter tun.',
    },
    closePage: 'Sie können diese Seite schließen.',
    goBack: (host) => `Weiter zu ${host}`,
    unknownLink: {
      heading: 'Der Link ist nicht gültig',
      text: 'Prüfen Sie, ob Sie den vollständigen Link aus der neuesten E-Mail geöffnet haben.',
    },
    tooManyTries: (duration) => ({
      heading: 'Zu viele Versuche',
      text: `Bitte warten Sie noch: ${duration}.`,
    }),
    unavailable: {
      heading: 'Etwas ist schiefgegangen',
      text: 'Wir können Ihren Code gerade nicht prüfen. Versuchen Sie es gleich noch einmal.',
    },
    notUnderstood: {
      heading: 'Etwas ist schiefgegangen',
      text: 'Öffnen Sie den Link in der E-Mail noch einmal und geben Sie den Code dort ein.',
    },
    resend: {
      question: 'Keine E-Mail erhalten?',
      instruction: 'Um einen neuen Code zu erhalten, geben Sie die E-Mail-Adresse ein, die Sie bestätigen.',
      emailLabel: 'E-Mail-Adresse',
      submit: 'Neuen Code senden',
      sent: { heading: 'Sehen Sie in Ihr Postfach', text: 'Wir haben Ihnen einen neuen Code gesendet.' },
      missingAddress: {
        heading: 'E-Mail-Adresse eingeben',
        text: 'Wir senden einen neuen Code nur an die Adresse, die Sie bestätigen.',
      },
      wrongAddress: {
        heading: 'Die Adresse stimmt nicht überein',
        text: 'Geben Sie die Adresse ein, an die die E-Mail mit diesem Link ging.',
      },
      wait: (duration) => ({
        heading: 'Einen Moment noch',
        text: `Bis Sie einen neuen Code anfordern können, dauert es noch: ${duration}.`,
      }),
      notSent: {
        heading: 'Die E-Mail konnte nicht gesendet werden',
        text: 'Versuchen Sie es gleich noch einmal. Ihr bisheriger Code gilt möglicherweise noch.',
      },
      noNewCode: {
        heading: 'Es kann kein neuer Code gesendet werden',
        text: 'Ihr bisheriger Code gilt möglicherweise noch. Wenn nicht, beginnen Sie in der App oder auf der Website von vorn.',
      },
    },
    home: {
      heading: 'E-Mail-Bestätigung',
      text: 'Auf dieser Website werden E-Mail-Adressen bestätigt. Wenn Sie eine E-Mail von uns erhalten haben, öffnen Sie den Link darin.',
    },
  },
}
