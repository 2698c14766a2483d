import { type Contract, resolve, type Schema } from './document.ts'

/**
 * Returns the contract with full descriptions. Each field gets its own description, the rule of the schema that it
 * refers to, its range and its default. Editors show only the description on the field itself.
 */
export function withFullDescriptions<Document extends Pick<Contract, 'components'>>(
  document: Document,
): Document {
  const copy = structuredClone(document)
  for (const schema of Object.values(copy.components.schemas)) describeProperties(schema)
  return copy
}

function describeProperties(schema: Schema): void {
  for (const property of Object.values(schema.properties ?? {})) {
    const full = [
      ...new Set([property.description, resolve(property).description, rangeOf(resolve(property))]),
    ]
      .flatMap((sentence) => sentence?.trim() || [])
      .join(' ')
    if (full !== '') property.description = full
    // The referenced schema keeps its default too, for tools that read only that schema.
    if (property.$ref !== undefined && resolve(property).default !== undefined)
      property.default = resolve(property).default
  }
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? [])]) describeProperties(part)
}

/** `From 60 to 3600. Default 600.` */
function rangeOf({ type, minimum, maximum, minLength, maxLength, default: byDefault }: Schema): string {
  const [least, most, what] =
    type === 'string' ? [minLength, maxLength, ' characters'] : [minimum, maximum, '']
  const range =
    least !== undefined && most !== undefined
      ? `From ${least} to ${most}${what}.`
      : most !== undefined
        ? `At most ${most}${what}.`
        : least !== undefined
          ? `At least ${least}${what}.`
          : ''
  return [range, byDefault === undefined ? '' : `Default ${byDefault}.`].filter(Boolean).join(' ')
}
