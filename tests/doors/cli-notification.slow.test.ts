import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { notificationCommands } from '../../src/doors/cli/notification.ts'
import { askServer } from '../../src/gateways/server-api.ts'
import { isAppError } from '../../src/kernel/errors.ts'
import { type CommandResult, runCommand } from '../support/command-line.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { graphql } from './ask.ts'

// Some of them wait for processes of their own.
vi.setConfig({ testTimeout: 120_000 })

/** Ports below 1024, of services that nobody has. */
const [NOBODY_LISTENS, NOT_ALLOWED] = [9, 13]

const authString = 'ada:lovelace'
const credentials = { authorization: `Basic ${Buffer.from(authString).toString('base64')}` }

let server: TestServer
let receiver: Receiver
let home: string
beforeAll(async () => {
  receiver = await openReceiver()
  home = mkdtempSync(join(tmpdir(), 'castellan-cli-'))
  server = await startServer({
    env: { CASTELLAN_SERVER_API_AUTH_STRING: authString, CASTELLAN_EGRESS_ALLOW: `127.0.0.1:${receiver.port},127.0.0.1:${NOBODY_LISTENS}` },
    args: ['--no-ui'],
  })
  await graphql(`${server.url}/graphql`, 'mutation { createFlow(input: { name: "etl" }) { flow { id } } }', {}, credentials)
})
afterAll(async () => {
  await server?.dispose()
  await receiver?.close()
  rmSync(home, { recursive: true, force: true })
})

const settings = () => ({ CASTELLAN_HOME: home, CASTELLAN_API_URL: server.apiUrl, CASTELLAN_API_AUTH_STRING: authString })

/** In a process of its own. */
const runAlone = (words: readonly string[], input = '', environment: Record<string, string> = settings()) =>
  runCommand(['notification', ...words], environment, input)

/** The same in this process, against the same server: a process takes a second to start. */
async function run(words: readonly string[]): Promise<CommandResult> {
  const result = { code: 0, out: '', err: '' }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(text => Boolean((result.out += text)))
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(text => Boolean((result.err += text)))
  const ask = <Data>(document: string, variables?: object) => askServer<Data>({ apiUrl: server.apiUrl, authString }, document, variables)
  const program = new Command().exitOverride()
  notificationCommands(program, { ask })
  for (const group of program.commands) for (const command of group.commands) command.exitOverride()
  try {
    await program.parseAsync(['notification', ...words], { from: 'user' })
    return { ...result, code: Number(process.exitCode ?? 0) }
  } catch (error) {
    if (isAppError(error)) result.err += `${error.message}\n`
    else if (!(error instanceof CommanderError)) throw error
    return { ...result, code: 1 }
  } finally {
    process.exitCode = undefined
    out.mockRestore()
    err.mockRestore()
  }
}

async function json(words: readonly string[]): Promise<any> {
  const { out, err } = await run([...words, '--json'])
  return out === '' ? err : JSON.parse(out)
}

const names = async (): Promise<string[]> => (await json(['ls'])).map(({ name }: { name: string }) => name)

const hook = (path: string) => `json://127.0.0.1:${receiver.port}/${path}`

const file = (text: string): string => {
  const path = join(home, 'policies.yaml')
  writeFileSync(path, text)
  return path
}

test('a policy is made with its channels, listed, paused, resumed and deleted, by its name or the beginning of its id', async () => {
  expect((await run(['ls'])).out).toMatch(/^There are no notification policies\. Make one: castellan notification create /)
  const secret = join(home, 'channel')
  writeFileSync(secret, `${hook('S3cret')}\n`)
  const words = [
    '-n',
    'nightly',
    '-s',
    'failed',
    '-s',
    'Late',
    '-t',
    'a',
    '-t',
    'b',
    '-f',
    'etl',
    '--group-by',
    'flow',
    '--group-wait',
    '5',
  ]
  const made = await run(['create', ...words, '-c', `hook=@${secret}`, '-c', '{"slackWebhook": {"url": "https://hooks.slack.com/S3cret"}}'])
  expect(made).toMatchObject({ code: 0, err: '' })
  expect(made.out).toMatch(
    /^Created nightly \([0-9a-f-]{36}\)\.\nIf a run of the etl flow with a or b tag enters a failed or late state, send a notification to hook and slack-webhook, at most one for each flow in 5 minutes\.\n$/,
  )
  const [policy] = await json(['ls'])
  expect(policy).toMatchObject({
    stateTypes: ['FAILED'],
    stateNames: ['Late'],
    groupBy: 'FLOW',
    groupWaitSeconds: 5,
    repeatIntervalSeconds: 300,
    isActive: true,
  })
  expect((await run(['pause', 'nightly'])).out).toBe(`Paused nightly (${policy.id}).\n`)
  expect((await run(['ls'])).out).toMatch(
    /^NAME +STATE +LAST SENT +ID +WHAT IT DOES\nnightly +paused +never +[0-9a-f]{8}-[0-9a-f]{4} +If a run/,
  )
  expect(await json(['resume', policy.id.slice(0, 13)])).toMatchObject([{ name: 'nightly', isActive: true }])
  expect(await runAlone(['delete', 'nightly'])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/Delete nightly .*pass -y to agree/),
  })
  expect((await run(['delete', 'nightly', '--yes'])).out).toBe(`Deleted nightly (${policy.id}).\n`)
  expect(await names()).toEqual([])
})

test('a test is really sent, what was answered is printed, and a refusal ends with 1', async () => {
  await run(['create', '-n', 'tested', '-c', `tested=${hook('tested')}`, '--subject', 'Mind {{ flow_name }}'])
  const mistyped = await run(['create', '-n', 'mistyped', '-c', 'tested', '-s', 'faild', '-s', 'Late'])
  expect(mistyped.out).toMatch(
    /a faild or late state, send .*\nNote: faild is no state that every flow knows\. It matches where a flow names a state so itself\.\n$/,
  )
  await run(['delete', 'mistyped', '-y'])
  const sent = await run(['test', 'tested'])
  expect(sent).toMatchObject({ code: 0, out: expect.stringMatching(/\ntested +delivered +200 +\d+ ms +ok\n$/) })
  expect(receiver.received.at(-1)).toMatchObject({ url: '/tested', body: expect.stringContaining('Test: Mind daily-etl') })
  receiver.behave((_request, response) => void response.writeHead(403).end('no, thank you'))
  expect(await run(['test', 'tested'])).toMatchObject({
    code: 1,
    out: expect.stringMatching(/tested +refused +403 +\d+ ms +.*no, thank you\n$/),
  })
  const failed = await run(['test', 'tested', '--json'])
  expect([failed.code, JSON.parse(failed.out)]).toMatchObject([1, [{ outcome: 'FAILED', status: 403 }]])
  receiver.behave((_request, response) => void response.end('ok'))
  const elsewhere = await run(['test', '-c', `unsaved=${hook('unsaved')}`, '-c', 'tested', '--subject', 'Hear {{ flow_name }}'])
  expect(elsewhere.out).toMatch(
    /^All 2 channels took the test\.\n\n.*\nunsaved +delivered +200 +\d+ ms +ok\ntested +delivered +200 +\d+ ms +ok\n$/s,
  )
  await run(['test', 'tested', '-c', hook('instead')])
  expect(receiver.received.slice(-3).map(({ url, body }) => [url, JSON.parse(body).title ?? JSON.parse(body).subject])).toEqual([
    [expect.stringMatching(/unsaved|tested/), 'Test: Hear daily-etl'],
    [expect.stringMatching(/unsaved|tested/), 'Test: Hear daily-etl'],
    ['/instead', 'Test: Mind daily-etl'],
  ])
  expect(await json(['test', '-c', 'unsaved'])).toMatch(/^channels\.0: is no channel here\. There are: /)
  await run(['delete', 'tested', '-y'])
})

test('a test says of each channel what really happened: taken, refused by it, never sent and which setting is missing, or not reached', async () => {
  receiver.behave((request, response) =>
    request.url.endsWith('/down') ? void response.writeHead(503).end('later') : void response.writeHead(403).end('no, thank you'),
  )
  const unreached = [`forbidden=json://127.0.0.1:${NOT_ALLOWED}/x`, `absent=json://127.0.0.1:${NOBODY_LISTENS}/x`]
  const channels = [`closed=${hook('closed')}`, `broken=${hook('down')}`, ...unreached].flatMap(channel => ['-c', channel])
  const none = await run(['test', ...channels])
  expect(none.code).toBe(1)
  expect(none.out.replaceAll(/ +/g, ' ').replaceAll(/\d+ ms/g, 'N ms')).toBe(`None of 4 channels took the test.

CHANNEL OUTCOME STATUS TOOK ANSWER
closed refused 403 N ms It answered 403. no, thank you
broken failed 503 N ms It answered 503. later
forbidden not sent - N ms 127.0.0.1 is a loopback address. To allow it, set CASTELLAN_EGRESS_ALLOW=127.0.0.1:${NOT_ALLOWED} (behind a comma, if others stand there) and restart the server.
absent not reached - N ms The connection was refused: nobody listens there.
`)
  const one = await run(['test', '-c', `closed=${hook('closed')}`])
  expect(one).toMatchObject({ code: 1, out: expect.stringMatching(/^The channel did not take the test\.\n/) })
  receiver.behave((request, response) =>
    request.url.endsWith('/open') ? void response.end('ok') : void response.writeHead(403).end('no, thank you'),
  )
  const some = await run(['test', '-c', `closed=${hook('closed')}`, '-c', `open=${hook('open')}`])
  expect(some).toMatchObject({ code: 1, out: expect.stringMatching(/^1 of 2 channels took the test\.\n/) })
  receiver.behave((_request, response) => void response.end('ok'))
})

test('policies are exported, planned and applied as they were planned: 0 nothing to do, 2 changes, 1 a mistake', async () => {
  await run(['create', '-n', 'kept', '-c', 'tested', '-s', 'crashed'])
  const exported = (await run(['export'])).out
  expect(exported).toMatch(/\n {2}- name: kept\n {4}stateTypes:\n {6}- CRASHED\n {4}channels:\n {6}- custom-webhook\/tested\n$/)
  expect(await runAlone(['plan', '-'], exported)).toMatchObject({ code: 0, out: 'Nothing to do: 1 unchanged.\n' })

  const path = file(`${exported.replace('CRASHED', 'FAILED')}  - { name: new, channels: [tested], tags: [x] }\n`)
  const planned = await runAlone(['plan', path])
  expect(planned.code).toBe(2)
  const fingerprint = /--plan ([0-9a-f]{16})\n$/.exec(planned.out)![1]!
  expect(planned.out).toBe(`~ kept  line 6
    stateTypes: [CRASHED] → [FAILED]

+ new  line 11
    tags: [x]
    channels: [custom-webhook/tested]

1 to create, 1 to change.

Apply it: castellan notification apply ${path} --plan ${fingerprint}
`)
  expect(await runAlone(['apply', path])).toMatchObject({ code: 1, err: expect.stringContaining('pass -y to agree') })
  await run(['pause', 'kept'])
  expect(await run(['apply', path, '--plan', fingerprint])).toMatchObject({ code: 1, err: expect.stringMatching(/^This is not the plan/) })
  expect(await names()).toEqual(['kept'])
  await run(['resume', 'kept'])
  expect(await run(['apply', path, '--plan', fingerprint])).toEqual({ code: 0, err: '', out: 'Applied: 1 to create, 1 to change.\n' })
  expect(await run(['apply', path, '-y'])).toMatchObject({ code: 0, out: 'Nothing to do: 2 unchanged.\n' })
  expect(await names()).toEqual(['new', 'kept'])

  const pruned = await runAlone(['apply', '-', '--prune', '--yes'], exported)
  expect(pruned).toMatchObject({
    code: 0,
    out: expect.stringMatching(/- new\n {4}tags: \[x\]\n.*1 to change, 1 to delete\.\nApplied\.\n$/s),
  })
  expect((await run(['export'])).out).toBe(exported)
})

test('a file that cannot be used is told where, in the form of compilers, and for programs', async () => {
  const path = file('policies:\n  - channels: [nobody]\n    stateTypes: [FAILED]\n')
  for (const command of ['plan', 'apply'])
    expect(await run([command, path])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^\S+policies\.yaml:2:16: policies\[0\]\.channels\[0\] is no channel here\. There are: .*\n$/),
    })
  expect(await json(['plan', path])).toMatchObject({ fingerprint: null, problems: [{ line: 2, column: 16 }] })
  expect((await run(['plan', join(home, 'none')])).err).toMatch(/none cannot be read: ENOENT/)
})

test.each([
  [['pause', 'nobody'], /^There is no notification policy nobody\. `castellan notification ls` lists those there are\.\n$/],
  [['create', '-s', 'failed'], /required option '-c, --channel <channel>' not specified/],
  [['create', '-c', 'tested', '-f', 'none'], /^There is no flow none\.\n$/],
  [['create', '-c', 'tested', '-d', 'none'], /^There is no deployment none\. Write flow\/name\.\n$/],
  [['create', '-c', 'nobody'], /^channels\.0: is no channel here\. There are: custom-webhook\/hook, /],
  [['create', '-c', '{"slackWebhook": S3cret'], /^A channel that begins with \{ must be JSON/],
  [['create', '-c', 'telegram://S3cret'], /^url: is of no form that is known for telegram:\/\//],
  [['create', '-c', '@/nowhere/S3cret'], /cannot be read: ENOENT/],
  [['create', '-c', 'tested', '--message', '{{ nobody }}'], /^messageTemplate: names nobody, which is no variable\. There are: /],
  [['test'], /^Name a policy, or a channel with --channel: nothing says where the test is to go\.\n$/],
  [['test', '-c', 'tested', '--message', '{{ nobody }}'], /^messageTemplate: names nobody, which is no variable\. There are: /],
  [['test', 'tested', '--run', '01a22a09'], /The whole id of a flow run is expected/],
  [['create', '-c', 'tested', '--window', '1.5'], /A whole number is expected/],
  [['create', '-c', 'tested', '--group-by', 'moon'], /Allowed choices are none, flow, deployment, tag/],
])('%j is refused with 1 and what is wrong', async (words, message) => {
  const { code, out, err } = await run(words)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(message)
})

test('of several that could be meant each is listed', async () => {
  for (const _ of [1, 2]) await run(['create', '-n', 'twin', '-c', 'tested'])
  const { code, err } = await run(['pause', 'twin'])
  expect(code).toBe(1)
  expect(err).toMatch(/^twin could be any of these; say which by its id:\n( {2}[0-9a-f-]{36} {2}If a run of any flow .*\n){2}$/)
})

test.each([
  [{ CASTELLAN_API_URL: 'http://127.0.0.1:9/api' }, /^Nothing answers at http:\/\/127\.0\.0\.1:9\/graphql\. Start a server there/],
  [{ CASTELLAN_API_URL: 'http://127.0.0.1:9' }, /^CASTELLAN_API_URL is http:\/\/127\.0\.0\.1:9, which is not the address of an API/],
  [{ CASTELLAN_API_AUTH_STRING: 'ada:wrong' }, /asks who you are, and does not know that user and password\. Say it: /],
])('a server that cannot be spoken with is told with what to do: %j', async (environment, message) => {
  expect(await runAlone(['ls'], '', { ...settings(), ...environment })).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(message),
  })
})

test('what answers and is no server of ours is told, and the address may be a workspace', async () => {
  const elsewhere = { CASTELLAN_API_URL: `http://127.0.0.1:${receiver.port}/api` }
  expect((await runAlone(['ls'], '', { ...settings(), ...elsewhere })).err).toMatch(/^What answers at .* is no Castellan: HTTP 200\.\n$/)
  const missing = { CASTELLAN_API_URL: `${server.apiUrl}/workspaces/none` }
  expect((await runAlone(['ls'], '', { ...settings(), ...missing })).err).toMatch(/Workspace none not found/)
  const sdk = { PREFECT_API_URL: server.apiUrl, PREFECT_API_AUTH_STRING: authString }
  const bySdk = await runAlone(['ls'], '', { CASTELLAN_HOME: home, ...sdk })
  expect(bySdk).toMatchObject({ code: 0, out: expect.stringContaining('twin') })
})
