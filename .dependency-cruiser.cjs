/**
 * The floors of the server: imports go down only, and sibling rooms do not import one another.
 *
 *   0  errors, log, flows, sandbox,     libraries only
 *      address, brand, settings, read-body,
 *      generated/, texts/
 *   1  config                           floor 0
 *   2  otp/, credentials/               floor 0; never Koa, SQL, nodemailer or the environment
 *   3  store/, mail/, webhooks/         floors 0 and 2 (the ports; for store/ also what it judges by), the types of floor 1
 *   4  http/, pages/, metrics/          floors 0 and 2; never store/ or mail/
 *   5  app, open-store, open-mailer,    all below
 *      retention, dev/, doctor/, tracing/
 *   6  main, commands/                  all below
 *
 * And the clients: a package of its own that runs in browsers, so neither the server nor anything of Node.
 */
const ground =
  '^server/(address|brand|errors|log|log-destination|flows|iso-time|observed-request|read-body|sandbox|settings|ulid)\\.ts$|^server/(generated|texts)/'
const rules = '^server/(otp|credentials)/'

/** Whatever is named in `from` may import, inside the server, only what is named in `to`. */
const only = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^server/', pathNot: [ground, ...to] },
})

const noLibraries = (name, from, libraries) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: libraries.map((library) => `node_modules/${library}/`) },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'a-production-install-has-what-it-needs',
      severity: 'error',
      from: { path: '^server/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    only('floor-0', ground, []),
    only('floor-1', '^server/config(\\.ts$|/)', ['^server/config/']),
    only('floor-2-otp', '^server/otp/', ['^server/otp/']),
    only('floor-2-credentials', '^server/credentials/', ['^server/credentials/']),
    noLibraries('floor-2-is-pure', rules, [
      'koa',
      '@koa',
      'kysely',
      'better-sqlite3',
      'pg',
      'nodemailer',
      'openapi-backend',
    ]),
    only('floor-3-store', '^server/store/', [
      '^server/store/',
      '/ports\\.ts$',
      '^server/otp/(delivery|judge|limits|guesses|session|status|webhook-event|erased|test-recipients)\\.ts$',
      '^server/config/database\\.ts$',
    ]),
    only('floor-3-mail', '^server/mail/', [
      '^server/mail/',
      '^server/otp/delivery\\.ts$',
      '^server/config/smtp\\.ts$',
    ]),
    only('floor-3-webhooks', '^server/webhooks/', [
      '^server/webhooks/',
      '/ports\\.ts$',
      '^server/otp/webhook-event\\.ts$',
    ]),
    only('floor-4-http', '^server/http/', ['^server/http/', rules]),
    only('floor-4-metrics', '^server/metrics/', ['^server/metrics/', '^server/otp/delivery\\.ts$']),
    only('floor-4-pages', '^server/pages/', ['^server/pages/', rules]),
    only('floor-5-app', '^server/(app|open-store|open-mailer|retention)\\.ts$', [
      '^server/(?!app|dev/|main|commands/)',
    ]),
    only('floor-5-tracing', '^server/tracing/', [
      '^server/(?!app|open-store|open-mailer|dev/|doctor/|main|commands/)',
    ]),
    only('floor-5-doctor', '^server/doctor/', ['^server/(?!app|open-store|open-mailer|dev/|main|commands/)']),
    only('floor-5-dev', '^server/dev/', ['^server/(?!app|main|commands/)']),
    {
      name: 'client-stands-alone',
      severity: 'error',
      from: { path: '^clients/typescript/src/' },
      to: { pathNot: ['^clients/typescript/src/', 'node_modules/openapi-fetch/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
