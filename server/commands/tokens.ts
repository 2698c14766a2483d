import type { Command } from 'commander'
import type { Environment } from '../config/variables.ts'
import { issuePublicToken } from '../credentials/lifecycle.ts'
import { sandboxOf } from '../sandbox.ts'
import { addSharedCommands, issuingOptions, type SharedOptions } from './credentials.ts'
import { collect, toNetwork, toOrigin } from './options.ts'
import { issued, type Output, print } from './output.ts'
import { withStore } from './with-store.ts'

interface TokenOptions extends SharedOptions {
  denyIp: string[]
}

export function addTokenCommands(program: Command, environment: Environment): void {
  const tokens = program.command('tokens').description('manage public OTP tokens, for browsers')

  issuingOptions(
    tokens.command('create').description('issue a public token with its analytics secret and show both once'),
  )
    .option(
      '--deny-ip <cidr>',
      'address or CIDR block that may not use it, repeatable (default: none)',
      collect(toNetwork),
      [],
    )
    .option(
      '--allow-origin <origin>',
      'origin whose pages may use it, repeatable (default: all)',
      collect(toOrigin),
      [],
    )
    .action(
      ({
        name,
        project,
        sandbox,
        allowIp,
        denyIp,
        allowOrigin,
        allowFrom,
        expiresIn,
        limit,
        json,
      }: TokenOptions) =>
        withStore(environment, async ({ credentials, audit, requireProject }) => {
          await requireProject(project)
          const wanted = {
            name,
            projectId: sandbox ? sandboxOf(project) : project,
            allowedAddresses: allowIp,
            deniedAddresses: denyIp,
            allowedOrigins: allowOrigin,
            allowedSenders: allowFrom,
            expiresInMs: expiresIn,
            limit,
          }
          const { credential, token, secret } = await issuePublicToken(credentials, wanted, Date.now())
          await audit('token.created', credential.id, wanted)
          const shown = { id: credential.id, token, secret }
          print(json, shown, () => issued(sandbox ? 'sandbox public token' : 'public token', shown))
        }),
    )

  tokens
    .command('deny')
    .description('refuse these addresses and no others, on every instance at once')
    .argument('<id>')
    .option('--ip <cidr>', 'address or CIDR block, repeatable (default: none)', collect(toNetwork), [])
    .option('--json', 'print one JSON object')
    .action((id: string, { ip, json }: Output & { ip: string[] }) =>
      withStore(environment, async ({ credentials, audit }) => {
        const changes = { deniedAddresses: ip }
        if (!(await credentials.change('public_token', id, () => ({ changes }))))
          return tokens.error(`error: no active token has the id ${id}`)
        await audit('token.updated', id, changes)
        const inWords = ip.length === 0 ? 'no addresses' : ip.join(', ')
        print(json, { id, ...changes }, () => `${id} now refuses ${inWords}.`)
      }),
    )

  addSharedCommands(tokens, 'public_token', environment, toOrigin)
}
