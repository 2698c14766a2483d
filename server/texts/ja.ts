import type { Texts } from './texts.ts'

// Japanese puts no space between a number and its unit: 10分.
const withoutSpaces = (duration: string) => duration.replace(/\s/g, '')

export const ja: Texts = {
  direction: 'ltr',
  support: (address) => `お困りの場合は ${address} までご連絡ください。`,
  mail: {
    subject: {
      instant: '確認コードのお知らせ',
      backend: '確認コードのお知らせ',
      email_verification: 'メールアドレスの確認のお願い',
    },
    brandedSubject: {
      instant: (brand) => `【${brand}】確認コードのお知らせ`,
      backend: (brand) => `【${brand}】確認コードのお知らせ`,
      email_verification: (brand) => `【${brand}】メールアドレスの確認のお願い`,
    },
    preheader: (code, duration) => `コードは ${code} です。有効期間は${withoutSpaces(duration)}です。`,
    heading: {
      instant: '確認コード',
      backend: '確認コード',
      email_verification: 'メールアドレスの確認',
    },
    verificationLine: {
      instant: '次のコードを入力してください。',
      backend: '次のコードを入力してください。',
      email_verification: 'メールアドレスを確認するため、次のコードを入力してください。',
    },
    expiry: (duration) => `このコードの有効期間は${withoutSpaces(duration)}です。`,
    pageLink: 'または、確認ページで入力してください。',
    button: 'メールアドレスを確認する',
    sentTo: (address, brand) =>
      brand === ''
        ? `このメールは、${address} 宛てのコードが要求されたため送信されました。`
        : `このメールは、${address} 宛てのコードが要求されたため、${brand} から送信されました。`,
    notAsked:
      'お心当たりがない場合は、このメールを無視してください。コードは決して他の人に教えないでください。',
  },
  page: {
    open: 'メールアドレスの確認',
    enterCode: (address) => `${address} に送信したコードを入力してください。`,
    codeLabel: '確認コード',
    submit: '確認する',
    missingCode: {
      heading: 'コードを入力してください',
      text: 'コードは、お送りしたメールに記載されています。',
    },
    wrongCode: (attempts) => ({
      heading: 'コードが正しくありません',
      text: `あと${attempts}回入力できます。`,
    }),
    attemptsUsedUp: {
      heading: '入力回数の上限に達しました',
      text: '安全のため、このコードは使用できなくなりました。',
    },
    expired: {
      heading: 'コードの有効期限が切れました',
      text: 'コードは短時間のみ有効です。',
    },
    canceled: {
      heading: 'お手続きは取り消されました',
      text: 'このコードは使用できません。お手続きは必要ありません。',
    },
    verified: {
      heading: 'メールアドレスを確認しました',
      text: 'ありがとうございます。お手続きは完了しました。',
    },
    alreadyVerified: {
      heading: 'すでに確認済みです',
      text: 'このメールアドレスは確認済みです。これ以上のお手続きは必要ありません。',
    },
    closePage: 'このページを閉じてください。',
    goBack: (host) => `${host} へ進む`,
    unknownLink: {
      heading: 'このリンクは無効です',
      text: '最新のメールに記載されたリンク全体を開いているかご確認ください。',
    },
    tooManyTries: (duration) => ({
      heading: '試行回数が多すぎます',
      text: `${withoutSpaces(duration)}後にもう一度お試しください。`,
    }),
    unavailable: {
      heading: 'エラーが発生しました',
      text: 'ただいまコードを確認できません。しばらくしてからもう一度お試しください。',
    },
    notUnderstood: {
      heading: 'エラーが発生しました',
      text: 'メールのリンクをもう一度開き、そこでコードを入力してください。',
    },
    resend: {
      question: 'メールが届きませんか？',
      instruction: '新しいコードを受け取るには、確認するメールアドレスを入力してください。',
      emailLabel: 'メールアドレス',
      submit: '新しいコードを送信',
      sent: { heading: 'メールをご確認ください', text: '新しいコードを送信しました。' },
      missingAddress: {
        heading: 'メールアドレスを入力してください',
        text: '新しいコードは、確認するメールアドレスにのみ送信します。',
      },
      wrongAddress: {
        heading: 'メールアドレスが一致しません',
        text: 'このリンクの記載されたメールを受け取ったアドレスを入力してください。',
      },
      wait: (duration) => ({
        heading: 'しばらくお待ちください',
        text: `${withoutSpaces(duration)}後に新しいコードを要求できます。`,
      }),
      notSent: {
        heading: 'メールを送信できませんでした',
        text: 'しばらくしてからもう一度お試しください。お手元のコードはまだ使用できる場合があります。',
      },
      noNewCode: {
        heading: '新しいコードを送信できません',
        text: 'お手元のコードはまだ使用できる場合があります。使用できない場合は、アプリまたはウェブサイトで最初からやり直してください。',
      },
    },
    home: {
      heading: 'メールアドレスの確認',
      text: 'このサイトではメールアドレスを確認します。メールが届いた方は、記載されたリンクを開いてください。',
    },
  },
}
