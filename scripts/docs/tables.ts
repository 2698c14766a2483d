/** What the prose takes from the contract, as Markdown. */

import { variables } from '../../server/config/variables.ts'
import { deliveryProblems } from '../../server/mail/problems.ts'
import type { DocumentedOperation } from './contract.ts'

/** For every operation, the names by which a mock's answer can be chosen. */
export function mockTable(operations: DocumentedOperation[]): string {
  const sections = operations.map((operation) => {
    const rows = operation.answers.flatMap(({ status, examples }) =>
      examples.map(({ name, summary }) => `| ${status} | \`${name}\` | ${summary} |`),
    )
    return [
      `**${linkTo(operation)}**`,
      '',
      '| `code` | `example` | what it shows |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n')
  })
  return sections.join('\n\n')
}

/** What the contract says of test outcomes. */
export interface TestOutcomes {
  labels: Record<
    string,
    {
      summary: string
      at: 'send' | 'verify' | 'session'
      error?: string
      reason?: string
      retryAfterSeconds?: number
    }
  >
}

/** Every label of a test recipient with what it causes. */
export function testOutcomesTable({ labels }: TestOutcomes): string {
  const rows = Object.entries(labels).map(([label, { summary, at, error, reason, retryAfterSeconds }]) => {
    const where = at === 'session' ? 'the session' : `the ${at}`
    const code =
      error &&
      `\`${error}\`${reason ? `, \`${reason}\`` : ''}${retryAfterSeconds ? `, ${retryAfterSeconds} s` : ''}`
    return `| \`+${label}\` | ${where} | ${code ?? '-'} | ${summary} |`
  })
  return [
    '| label | shows in | error, reason, wait | what happens |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

/** The part of an Arazzo document that the docs show. */
export interface FlowsDocument {
  workflows: {
    workflowId: string
    summary: string
    steps: {
      stepId: string
      operationId: string
      successCriteria: { condition: string }[]
    }[]
  }[]
}

/** Every flow with its steps and what each must bring. */
export function flowsTable({ workflows }: FlowsDocument): string {
  const sections = workflows.map(({ workflowId, summary, steps }) => {
    const rows = steps.map(({ stepId, operationId, successCriteria }) => {
      // `$sourceDescriptions.<name>.<operationId>`
      const [, source, id = ''] = operationId.split('.')
      const called = source === 'otp' ? linkTo({ operationId: id }) : 'the inbox of the development server'
      return `| ${stepId} | ${called} | ${successCriteria.map(({ condition }) => `\`${condition}\``).join(', ')} |`
    })
    return [
      `## ${workflowId}`,
      '',
      `${summary}.`,
      '',
      '| step | calls | must hold |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n')
  })
  return sections.join('\n\n')
}

/** The statuses under which a code is answered, and the operations that answer it. */
export function statusLine(code: string, operations: DocumentedOperation[]): string {
  const byStatus = new Map<string, DocumentedOperation[]>()
  for (const operation of operations) {
    for (const { status, examples } of operation.answers) {
      const has = examples.some(
        ({ value }) => (value['error'] as { code?: string } | undefined)?.code === code,
      )
      if (has) byStatus.set(status, [...(byStatus.get(status) ?? []), operation])
    }
  }
  if (byStatus.size === 0) return 'Answered outside the operations.'
  return [...byStatus]
    .map(([status, answering]) => {
      const where =
        answering.length === operations.length ? 'every operation' : answering.map(linkTo).join(', ')
      return `**Status ${status}** from ${where}.`
    })
    .join(' ')
}

function linkTo({ operationId }: Pick<DocumentedOperation, 'operationId'>): string {
  return `[${operationId}](../openapi.yaml#${operationId})`
}

/** Every way in which a delivery fails, and what to do about it. */
export function problemsTable(): string {
  const rows = Object.entries(deliveryProblems).map(
    ([name, { reason, mayRetry, remedy }]) =>
      `| \`${name}\` | \`${reason}\` | ${mayRetry ? 'yes' : 'no'} | ${remedy} |`,
  )
  return [
    '| `problem` | `error.reason` | try again? | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

/** Every environment variable, as the server reads it: a list, because a table would not fit on a phone. */
export function configurationList(): string {
  return Object.entries(variables)
    .map(([name, { fallback, isSecret, description }]) => {
      const notes = [fallback ? `default \`${fallback}\`` : '', isSecret ? 'secret' : ''].filter(Boolean)
      return `- **\`${name}\`**${notes.length > 0 ? ` (${notes.join(', ')})` : ''}: ${description.replaceAll('<', '&lt;')}`
    })
    .join('\n')
}
