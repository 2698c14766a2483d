import { describe, expect, it } from 'vitest'
import { contrastOf, textColorOn } from '../../server/brand.ts'
import { styleFor } from '../../server/pages/style.ts'
import { emailVerification } from '../support/flows.ts'
import { askPage, sendVerification } from '../support/page.ts'
import { useServer } from '../support/server.ts'

describe('the brand on the page', () => {
  const server = useServer({
    environment: {
      MAIL_FROM: 'login@acme.example',
      MAIL_BRAND_NAME: 'Acme',
      MAIL_ACCENT_COLOR: '0f766e',
      MAIL_SUPPORT_ADDRESS: 'help@acme.example',
    },
  })

  it('is on every page: name, color, support address and an icon, all without a request', async () => {
    const { path } = await sendVerification(server)
    for (const page of [
      await askPage(server, path),
      await askPage(server, '/verify-email?sessionId=x'),
      await askPage(server, '/'),
      await askPage(server, path, { method: 'PUT' }),
    ]) {
      expect(page.html).toMatch(/<title>[^<]+ – Acme<\/title>/)
      expect(page.html).toContain('<header dir="auto">Acme</header>')
      expect(page.html).toContain('--accent: #0f766e')
      expect(page.html).toContain('href="mailto:help@acme.example"')
      expect(page.html).toMatch(/<link rel="icon" href="data:image\/svg\+xml,/)
      expect(page.html.match(/(?:src|href)="(?!data:|mailto:)[^"]*"/g)).toBeNull()
    }
  })

  it('is the project’s own brand if it has one, in its emails too', async () => {
    const own = {
      name: 'Other & Co',
      accentColor: '#ffff00',
      logo: { contentType: 'image/png', base64: 'iVBORw0KGgo=' },
    }
    await server.store.execute(
      `insert into projects (id, name, created_at, brand) values ('other', 'other', 0, '${JSON.stringify(own)}')`,
    )
    const api = server.client(await server.key({ projectId: 'other' }))
    const { data } = await emailVerification.send(api, { email: 'other@example.com' })
    const page = await askPage(server, `/verify-email?sessionId=${data?.data.sessionId}`)
    expect(page.html).toContain('<img src="data:image/png;base64,iVBORw0KGgo=" alt="Other &amp; Co">')
    expect(page.html).toContain(
      '--accent: #ffff00; --on-accent: #000000; --edge-light: #000000; --edge-dark: #ffff00',
    )
    expect(page.html).toContain('help@acme.example')
    const { parsed } = server.sink.mailTo('other@example.com')
    expect(parsed.from?.value[0]?.name).toBe('Other & Co')
    expect(parsed.subject).toBe('Verify your email address for Other & Co')
    expect(parsed.html).toContain('background:#ffff00;color:#000000')

    await server.store.execute("update projects set brand = null where id = 'other'")
    server.now += 5_001
    const later = await askPage(server, `/verify-email?sessionId=${data?.data.sessionId}`)
    expect(later.html).toContain('<header dir="auto">Acme</header>')
  })
})

describe('the page at PUBLIC_URL itself', () => {
  const server = useServer({ environment: { PUBLIC_URL: 'https://otp.acme.example' } })

  it.each(['GET', 'HEAD'])('explains the site, by %s', async (method) => {
    const page = await askPage(server, '/', { method })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    if (method === 'GET') expect(page.text).toContain('Email verification')
    expect(page.hasForm || page.hasResend).toBe(false)
  })
})

describe('the style for an accent color', () => {
  it('keeps every text and edge readable, for any color', () => {
    for (let n = 0; n < 0x1000000; n += 65_521) {
      const accent = `#${n.toString(16).padStart(6, '0')}`
      const { css } = styleFor(accent)
      const [, onAccent = '', light = '', dark = ''] =
        /--on-accent: (#\w+); --edge-light: (#\w+); --edge-dark: (#\w+)/.exec(css) ?? []
      expect(onAccent).toBe(textColorOn(accent))
      expect(contrastOf(accent, onAccent), accent).toBeGreaterThanOrEqual(4.5)
      expect(contrastOf(light, '#ffffff'), accent).toBeGreaterThanOrEqual(3)
      expect(contrastOf(dark, '#1a1e24'), accent).toBeGreaterThanOrEqual(3)
    }
  })
})
