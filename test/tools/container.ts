/**
 * Does what the Dockerfile says, without a container engine. Each step runs in a folder that serves as its root, with
 * Node.js 24 and this machine's Debian files. Then the image starts as compose.yaml starts it: as its user, with a
 * read-only root and the volume. It needs root and Linux mounts.
 *
 *   tsx test/tools/container.ts
 */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { folder, inRoot, newStage, run, type Stage, uidOf } from './chroot.ts'

// Exact versions, as in `package.json`. They are installed for this run only.
const packages = { 'dockerfile-ast': '0.7.1', 'dockerfile-utils': '0.16.3', dclint: '3.1.0' }

const root = fileURLToPath(new URL('../../', import.meta.url))
const say = (text: string) => process.stdout.write(`${text}\n`)

interface Instruction {
  getKeyword(): string
  getArgumentsContent(): string | null
  /** Missing from instructions that cannot have flags. */
  getFlags?(): { getName(): string; getValue(): string | null }[]
}

/** Returns the words of an instruction in its exec form. */
const words = (json: string) => JSON.parse(json.slice(json.indexOf('['))) as string[]

/** Returns what `COPY . .` copies: all files that git knows and .dockerignore allows. */
function contextFiles(): string[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const allowed = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
  return files
    .split('\n')
    .filter((file) => allowed.some((path) => file === path || file.startsWith(`${path}/`)))
}

function copy(text: string, flags: Map<string, string>, stage: Stage, stages: Map<string, Stage>): void {
  const [from = '', to = ''] = text.split(/\s+/)
  const target = join(stage.root, resolve(stage.workdir, to))
  const source = stages.get(flags.get('from') ?? '')
  if (source) {
    cpSync(join(source.root, from), target, { recursive: true, verbatimSymlinks: true })
  } else {
    assert.equal(from, '.')
    for (const file of contextFiles()) cpSync(join(root, file), join(target, file))
  }
  if (flags.has('chmod')) execFileSync('chmod', [flags.get('chmod') ?? '', target])
  const [owner] = flags.get('chown')?.split(':') ?? []
  if (owner) execFileSync('chown', ['-R', `${uidOf(owner)}:${uidOf(owner)}`, target])
}

/** Builds the image, one instruction after another. @throws if it does not know an instruction */
function build(instructions: Instruction[]): Stage {
  const stages = new Map<string, Stage>()
  let stage: Stage | undefined
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword()
    const text = (instruction.getArgumentsContent() ?? '').replaceAll(/\\\n\s*/g, '')
    const flags = new Map(
      (instruction.getFlags?.() ?? []).map((flag) => [flag.getName(), flag.getValue() ?? '']),
    )
    say(`  ${keyword} ${text}`)
    if (keyword === 'FROM') {
      const [image = '', , name = 'image'] = text.split(' ')
      stage = newStage(image, name)
      stages.set(name, stage)
      continue
    }
    if (stage === undefined) throw new Error('the Dockerfile begins with FROM')
    const now = stage
    const instructionsKnown: Record<string, () => void> = {
      WORKDIR: () => {
        now.workdir = resolve(now.workdir, text)
        mkdirSync(join(now.root, now.workdir), { recursive: true })
      },
      ENV: () => {
        for (const [, name = '', value = ''] of text.matchAll(/(\w+)=(\S+)/g))
          now.environment[name] = value.replace(
            /\$\{?(\w+)\}?/g,
            (_, known: string) => now.environment[known] ?? '',
          )
      },
      USER: () => {
        now.user = text
      },
      RUN: () => void run(now, ['/bin/sh', '-c', text]),
      COPY: () => copy(text, flags, now, stages),
      HEALTHCHECK: () => {
        now.healthcheck = words(text)
      },
      ENTRYPOINT: () => {
        now.entrypoint = words(text)
      },
      CMD: () => {
        now.command = words(text)
      },
      VOLUME: () => void now.volumes.push(text),
      LABEL: () => {},
      EXPOSE: () => {},
      STOPSIGNAL: () => assert.equal(text, 'SIGTERM'),
    }
    const carryOut = instructionsKnown[keyword]
    assert.ok(carryOut, `this script does not know ${keyword}`)
    carryOut()
  }
  if (stage === undefined) throw new Error('the Dockerfile has no stage')
  return stage
}

/** Starts the image as compose.yaml does, checks its health as Docker would, and stops it. */
async function tryImage(image: Stage): Promise<void> {
  for (const volume of image.volumes) {
    // A new volume gets the image's content at that path, with its owner and mode.
    mkdirSync(join(`${image.root}.volume`, volume, '..'), { recursive: true })
    execFileSync('cp', ['-a', join(image.root, volume), join(`${image.root}.volume`, volume)])
  }
  const port = '3917'
  const environment = {
    OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one',
    PORT: port,
    HOST: '127.0.0.1',
  }
  const { file, args, options } = inRoot(image, [...image.entrypoint, ...image.command], {
    isReadOnly: true,
    environment,
  })
  const server = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    let printed = ''
    for await (const chunk of server.stdout) {
      printed += chunk
      if (/"msg":"listening"/.test(printed)) break
    }
    assert.match(printed, /"msg":"listening"/)
    server.stdout.resume()
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
    assert.match(status, /^Uid:\t1000\t1000/m, 'it does not run as the user of the image')
    run(image, image.healthcheck, { isReadOnly: true, environment })
    assert.throws(() => run(image, ['touch', '/app/x'], { isReadOnly: true, environment }))
    const key = run(image, [...image.entrypoint, 'keys', 'create', '--name', 'x', '--json'], {
      isReadOnly: true,
      environment,
    })
    assert.match(key, /risu_key_/)
    const exited = once(server, 'exit')
    server.kill('SIGTERM')
    assert.deepEqual(await exited, [0, null], 'SIGTERM does not reach the server')
    assert.throws(
      () => run(image, image.healthcheck, { isReadOnly: true, environment }),
      'it is healthy without a server',
    )
  } finally {
    server.kill('SIGKILL')
  }
}

/** @throws if a linter finds a fault in the Dockerfile or compose.yaml */
async function lint(dockerfile: string): Promise<void> {
  const tools = (name: string) => join(folder, 'node_modules', name)
  const { validate } = (await import(join(tools('dockerfile-utils'), 'lib/main.js'))) as {
    validate(content: string): { message: string; range: { start: { line: number } } }[]
  }
  assert.deepEqual(validate(dockerfile), [])
  // dclint first checks the file against the schema of the Compose specification.
  execFileSync(join(tools('.bin'), 'dclint'), ['--max-warnings', '0', join(root, 'compose.yaml')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const { services } = parse(readFileSync(join(root, 'compose.yaml'), 'utf8')) as {
    services: Record<string, { read_only?: boolean }>
  }
  assert.equal(services['otp']?.read_only, true)
}

if (process.getuid?.() !== 0) {
  say('The Dockerfile was not tried: that takes root.')
} else {
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund'], { cwd: folder })
    const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')
    await lint(dockerfile)
    say('Dockerfile and compose.yaml have no fault that their linters know. Now the steps of the Dockerfile:')
    const { DockerfileParser } = (await import(join(folder, 'node_modules/dockerfile-ast/lib/main.js'))) as {
      DockerfileParser: { parse(content: string): { getInstructions(): Instruction[] } }
    }
    const image = build(DockerfileParser.parse(dockerfile).getInstructions())
    await tryImage(image)
    say('The image runs as its user on a root that cannot be written, is healthy, and stops at SIGTERM.')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
