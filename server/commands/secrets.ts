import { type Environment, readVariable, variables } from '../config/variables.ts'
import { ConfigError } from '../config.ts'

/** Reads OTP_SECRET without the server's other settings. @param why the command needs it, for the error message */
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
