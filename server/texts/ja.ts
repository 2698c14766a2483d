import type { Texts } from './texts.ts'

// Japanese sets no space between a number and its unit: 10分.
const withoutSpaces = (duration: string) => duration.replace(/\s/g, '')

export const ja: Texts = {
  direction: 'ltr',
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
    verificationLine: {
      instant: '確認コードは次のとおりです。',
      backend: '確認コードは次のとおりです。',
      email_verification: 'メールアドレスを確認するため、次のコードを入力してください。',
    },
    expiry: (duration) => `このコードの有効期間は${withoutSpaces(duration)}です。`,
    pageLink: 'こちらのページでコードを入力してください。',
    notAsked:
      'このコードにお心当たりがない場合は、このメールを無視してください。コードは決して他の人に教えないでください。',
    support: (address) => `お問い合わせ先：${address}`,
  },
  page: {
    title: 'メールアドレスの確認',
    enterCode: (address) => `${address} にコードをお送りしました。こちらに入力してください。`,
    codeLabel: 'コード',
    submit: '確認する',
    wrongCode: (attempts) => `コードが正しくありません。あと${attempts}回入力できます。`,
    missingCode: '先にメールに記載されたコードを入力してください。',
    attemptsUsedUp:
      'コードを間違えた回数が上限に達しました。お手続きを始めた画面に戻り、新しいコードを取得してください。',
    expired: 'このコードの有効期間が過ぎました。お手続きを始めた画面に戻り、新しいコードを取得してください。',
    alreadyVerified: 'このアドレスはすでに確認済みです。これ以上のお手続きは必要ありません。',
    unknownLink:
      'このリンクは確認できませんでした。リンクが途切れていないかご確認いただくか、お手続きを始めた画面から新しいメールをお受け取りください。',
    unavailable: 'ただいまサービスをご利用いただけません。しばらくしてからもう一度お試しください。',
    tooManyTries: '試行回数が多すぎます。しばらくしてからもう一度お試しください。',
    notUnderstood:
      '送信内容を正しく受け取れませんでした。メールのリンクをもう一度開き、そこでコードを入力してください。',
    verified: 'メールアドレスの確認が完了しました。',
    goBack: (host) => `${host} へ進む`,
  },
}
