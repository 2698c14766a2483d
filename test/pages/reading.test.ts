import { describe, expect, it } from 'vitest'
import { maskAddress } from '../../server/otp/mask.ts'
import { styleFor } from '../../server/pages/style.ts'
import { openConnection } from '../../server/store/sqlite/connection.ts'
import { askPage, sendVerification, submitForm } from '../support/page.ts'
import { useServer } from '../support/server.ts'

describe('the hosted page, when opened', () => {
  const server = useServer()

  it.each(['GET', 'HEAD'])(
    'changes nothing in the store by %s, whatever the link contains',
    async (method) => {
      const { sessionId, code, path } = await sendVerification(server)
      const contents = () => {
        const store = openConnection(server.databasePath, { readonly: true })
        const rows = ['sessions', 'tries'].map((table) => store.prepare(`select * from ${table}`).all())
        store.close()
        return rows
      }
      const before = contents()
      for (const extra of ['', `&code=${code}`, '&code=000000', `&code=${code}&submit=1`]) {
        const page = await askPage(server, path + extra, { method })
        expect(page.status).toBe(200)
        expect(page.html).not.toContain(code)
        if (method === 'HEAD') expect(page.html).toBe('')
      }
      expect(contents()).toEqual(before)
      expect((await submitForm(server, { sessionId, code })).status).toBe(200)
    },
  )

  it('allows the browser only this page, its one style and its own form', async () => {
    const { path } = await sendVerification(server)
    for (const { headers } of [
      await askPage(server, path),
      await askPage(server, '/verify-email'),
      await askPage(server, path, { method: 'PUT' }),
    ]) {
      expect(headers.get('content-security-policy')).toBe(
        `default-src 'none'; style-src ${styleFor('#1d4ed8').hash}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      )
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      // The host may be shared with other sites, so only the proxy may set this header.
      expect(headers.get('strict-transport-security')).toBeNull()
      expect(headers.get('set-cookie')).toBeNull()
    }
  })

  it.each([4, 6, 10])('asks for a code of %i digits, with any spaces and dashes', async (otpDigits) => {
    const { path } = await sendVerification(server, { otpDigits })
    const { html } = await askPage(server, path)
    const pattern = new RegExp(`^(?:${/ pattern="([^"]+)"/.exec(html)?.[1]})$`, 'v')
    const code = '1'.repeat(otpDigits)
    for (const typed of [code, ` ${code.slice(0, 3)}-${code.slice(3)} `, [...code].join(' ')]) {
      expect(pattern.test(typed)).toBe(true)
    }
    for (const typed of [`${code}1`, code.slice(1), 'abcdef', '']) expect(pattern.test(typed)).toBe(false)
    expect(html).toContain(`class="digits-${otpDigits}"`)
  })

  it('contains no script and loads nothing', async () => {
    const { path } = await sendVerification(server)
    const { html } = await askPage(server, path)
    expect(html).not.toMatch(
      /<script|<link(?! rel="icon" href="data:)|<img|<iframe|@import|url\(|\son\w+=|\sstyle=|https?:/i,
    )
  })

  it.each([
    ['https://app.acme.example:8443', '?'],
    ['https://app.acme.example:8443/welcome', '?'],
    ['https://app.acme.example:8443/welcome?a=%20b', '&'],
    ['https://app.acme.example:8443/welcome?', '&'],
  ])('adds the session id to the return link, and changes nothing else of %s', async (redirectUrl, joint) => {
    for (const fragment of ['', '#there', '#a?b']) {
      const sent = await sendVerification(server, { redirectUrl: redirectUrl + fragment }, [
        'https://app.acme.example:8443',
      ])
      const href = `${redirectUrl}${joint}sessionId=${sent.sessionId}${fragment}`.replaceAll('&', '&amp;')
      expect((await submitForm(server, sent)).html).toContain(`href="${href}"`)
    }
  })

  it('shows the return link only after success, with its host, and sends no referrer with it', async () => {
    const redirectUrl = "https://app.acme.example:8443/welcome?a=1&b='2'"
    const sent = await sendVerification(server, { redirectUrl }, ['https://app.acme.example:8443'])
    expect((await askPage(server, sent.path)).html).not.toContain('app.acme.example')
    const done = await submitForm(server, sent)
    expect(done.text).toContain('Continue to app.acme.example:8443')
    expect(done.html).toContain(
      `rel="noreferrer" href="https://app.acme.example:8443/welcome?a=1&amp;b=&#39;2&#39;&amp;sessionId=${sent.sessionId}"`,
    )
    expect(done.html).not.toContain(sent.code)
    expect((await askPage(server, sent.path)).html).toContain('href="https://app.acme.example:8443/')
  })

  it('shows no return link if the send named none', async () => {
    const done = await submitForm(server, await sendVerification(server))
    expect(done.html).not.toContain('<a ')
    expect(done.text).toContain('You can close this page.')
  })

  it.each([
    [undefined, 'en-GB, en;q=0.8', 'en'],
    [undefined, '*', 'en'],
    [undefined, '', 'en'],
    [undefined, 'x'.repeat(5000), 'en'],
    [undefined, 'tlh, en;q=0.1', 'en'],
    ['en-GB', 'de', 'en'],
    ['de-AT', 'en', 'de'],
    [undefined, 'en;q=0.5, de-AT', 'de'],
    [undefined, 'tlh, en;q=0.5, de;q=0.9', 'de'],
    [undefined, 'pt-BR, pt;q=0.9', 'pt-BR'],
    [undefined, 'pt-PT', 'pt'],
    ['pt-BR', 'de', 'pt-BR'],
    ['tlh', 'de', 'en'],
  ])(
    'uses the language of the send (%j), or else one that the browser accepts (%j)',
    async (locale, accepted, language) => {
      const { path } = await sendVerification(server, locale === undefined ? {} : { locale })
      const page = await askPage(server, path, { headers: { 'Accept-Language': accepted } })
      expect(page.html).toContain(`<html lang="${language}" dir="ltr">`)
      expect(page.headers.get('vary')).toMatch(/accept-language/i)
    },
  )
})

describe('a masked address', () => {
  it.each([
    ['ulrich.meier@example.com', 'u••r@example.com'],
    ['four@example.com', 'f••r@example.com'],
    ['abc@example.com', '••@example.com'],
    ['ab@example.com', '••@example.com'],
    ['a@example.com', '••@example.com'],
    [`${'x'.repeat(64)}@example.com`, 'x••x@example.com'],
    ['info+shop@bücher.example', 'i••p@bücher.example'],
  ])('of %s is %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked)
  })
})
