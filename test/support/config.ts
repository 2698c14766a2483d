import type { Environment } from '../../server/config/variables.ts'
import { loadConfig } from '../../server/config.ts'

export const secret = 'x'.repeat(32)

/** Loads the configuration from these variables and an OTP_SECRET. */
export const load = (environment: Environment) => loadConfig({ OTP_SECRET: secret, ...environment })
