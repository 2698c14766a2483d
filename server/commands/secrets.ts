import { type Environment, readVariable, variables } from '../config/variables.ts'
import { ConfigError } from '../config.ts'

/** OTP_SECRET, for a command that needs nothing else of the server. @param why it needs it, for whoever has not set it */
export function otpSecretsOf(environment: Environment, why: string): [string, ...string[]] {
  const name = 'OTP_SECRET'
  try {
    const secrets = readVariable(environment, name, variables[name])
    if (secrets) return secrets
  } catch (error) {
    throw new ConfigError((error as Error).message)
  }
  throw new ConfigError(`${name} is required: ${why}`)
}
