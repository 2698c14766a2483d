import { describe, expect, it } from 'vitest'
import { composeMail } from '../../server/mail/message.ts'
import { acme, everyMail } from '../support/mails.ts'

// The emails as people get them, for review. After an intended change, run: npm test -- golden -u
describe('the email of every flow in every language', () => {
  it.each(everyMail)('matches its approved version: $flow in $language', async ({ flow, language, mail }) => {
    const { text, html } = composeMail(mail, acme)
    await expect(text).toMatchFileSnapshot(`golden/${flow}.${language}.txt`)
    await expect(html).toMatchFileSnapshot(`golden/${flow}.${language}.html`)
  })
})
