import type { Texts } from './texts.ts'

export const hi: Texts = {
  direction: 'ltr',
  mail: {
    subject: {
      instant: 'आपका सत्यापन कोड',
      backend: 'आपका सत्यापन कोड',
      email_verification: 'अपना ईमेल पता सत्यापित करें',
    },
    brandedSubject: {
      instant: (brand) => `आपका ${brand} सत्यापन कोड`,
      backend: (brand) => `आपका ${brand} सत्यापन कोड`,
      email_verification: (brand) => `${brand} के लिए अपना ईमेल पता सत्यापित करें`,
    },
    preheader: (code, duration) => `${code} आपका कोड है। यह ${duration} तक मान्य है।`,
    heading: {
      instant: 'आपका सत्यापन कोड',
      backend: 'आपका सत्यापन कोड',
      email_verification: 'अपना ईमेल पता सत्यापित करें',
    },
    verificationLine: {
      instant: 'आगे बढ़ने के लिए यह कोड दर्ज करें:',
      backend: 'आगे बढ़ने के लिए यह कोड दर्ज करें:',
      email_verification: 'अपना ईमेल पता सत्यापित करने के लिए यह कोड दर्ज करें:',
    },
    expiry: (duration) => `यह कोड ${duration} तक मान्य है।`,
    pageLink: 'या इसे सत्यापन पेज पर दर्ज करें:',
    button: 'ईमेल पता सत्यापित करें',
    sentTo: (address, brand) =>
      brand === ''
        ? `यह ईमेल ${address} पर भेजा गया है, क्योंकि इस पते के लिए किसी ने कोड का अनुरोध किया था।`
        : `${brand} ने यह ईमेल ${address} पर भेजा है, क्योंकि इस पते के लिए किसी ने कोड का अनुरोध किया था।`,
    notAsked: 'अगर आपने यह अनुरोध नहीं किया था, तो इस ईमेल को अनदेखा कर सकते हैं। यह कोड कभी किसी को न बताएँ।',
    support: (address) => `मदद चाहिए? ${address} पर लिखें।`,
  },
  page: {
    open: 'अपना ईमेल पता सत्यापित करें',
    enterCode: (address) => `${address} पर भेजा गया कोड दर्ज करें।`,
    codeLabel: 'सत्यापन कोड',
    submit: 'सत्यापित करें',
    missingCode: { heading: 'कोड दर्ज करें', text: 'कोड आपको हमारे भेजे गए ईमेल में मिलेगा।' },
    wrongCode: (attempts) => ({
      heading: 'यह कोड सही नहीं है',
      text: `आपके पास ${attempts} प्रयास शेष ${attempts === 1 ? 'है' : 'हैं'}।`,
    }),
    attemptsUsedUp: {
      heading: 'बहुत बार ग़लत कोड दर्ज किया गया',
      text: 'आपकी सुरक्षा के लिए यह कोड अब काम नहीं करता।',
    },
    expired: { heading: 'इस कोड की अवधि समाप्त हो चुकी है', text: 'कोड केवल थोड़े समय के लिए मान्य होते हैं।' },
    canceled: {
      heading: 'यह अनुरोध रद्द कर दिया गया',
      text: 'यह कोड अब काम नहीं करता। आपको और कुछ नहीं करना है।',
    },
    verified: { heading: 'ईमेल पता सत्यापित हो गया', text: 'धन्यवाद। सब कुछ तैयार है।' },
    alreadyVerified: {
      heading: 'पहले से सत्यापित',
      text: 'यह ईमेल पता सत्यापित है। आपको और कुछ नहीं करना है।',
    },
    closePage: 'अब आप यह पेज बंद कर सकते हैं।',
    goBack: (host) => `${host} पर जारी रखें`,
    unknownLink: {
      heading: 'यह लिंक मान्य नहीं है',
      text: 'जाँच लें कि आपने सबसे नए ईमेल का पूरा लिंक खोला है।',
    },
    tooManyTries: (duration) => ({
      heading: 'बहुत अधिक प्रयास',
      text: `कृपया ${duration} बाद फिर प्रयास करें।`,
    }),
    unavailable: {
      heading: 'कुछ गड़बड़ हो गई',
      text: 'हम अभी आपका कोड नहीं जाँच सकते। कृपया थोड़ी देर में फिर प्रयास करें।',
    },
    notUnderstood: {
      heading: 'कुछ गड़बड़ हो गई',
      text: 'कृपया ईमेल का लिंक फिर से खोलें और कोड वहाँ दर्ज करें।',
    },
    support: (address) => `मदद चाहिए? ${address} पर लिखें।`,
    resend: {
      question: 'ईमेल नहीं मिला?',
      instruction: 'नया कोड पाने के लिए वह ईमेल पता दर्ज करें, जिसे आप सत्यापित कर रहे हैं।',
      emailLabel: 'ईमेल पता',
      submit: 'नया कोड भेजें',
      sent: { heading: 'अपना ईमेल देखें', text: 'हमने आपको नया कोड भेजा है।' },
      missingAddress: {
        heading: 'अपना ईमेल पता दर्ज करें',
        text: 'हम नया कोड केवल उसी पते पर भेजते हैं, जिसे आप सत्यापित कर रहे हैं।',
      },
      wrongAddress: {
        heading: 'यह पता मेल नहीं खाता',
        text: 'वह पता दर्ज करें, जिस पर इस लिंक वाला ईमेल आया था।',
      },
      wait: (duration) => ({
        heading: 'थोड़ा रुकें',
        text: `आप ${duration} बाद नया कोड माँग सकते हैं।`,
      }),
      notSent: {
        heading: 'ईमेल नहीं भेजा जा सका',
        text: 'कृपया थोड़ी देर में फिर प्रयास करें। आपके पास जो कोड है, वह शायद अब भी काम करे।',
      },
    },
    home: {
      heading: 'ईमेल सत्यापन',
      text: 'यह साइट ईमेल पते सत्यापित करती है। अगर आपको हमारा ईमेल मिला है, तो उसमें दिया गया लिंक खोलें।',
    },
  },
}
