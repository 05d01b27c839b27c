import {
  type ApiUrl,
  describeDatabase,
  describeServer,
  listSettings,
  type Retention,
  type ServerDescription,
} from '../../core/server/index.ts'
import type { WorkspaceRef } from '../../kernel/context.ts'
import type { ServiceTick } from '../../kernel/service-ticks.ts'
import type { SettingReport } from '../../kernel/settings-report.ts'
import type { DatabaseFacts, DatabaseKind } from '../../kernel/storage.ts'
import type { UnknownRoute } from '../../kernel/unknown-routes.ts'
import { asks, builder } from './builder.ts'
import { eventCursor, logCursor } from './cursors.ts'

const DatabaseKindRef = builder.enumType('DatabaseKind', {
  description: 'What keeps the data.',
  values: {
    SQLITE_FILE: { value: 'sqlite-file', description: 'One file, one server.' },
    SQLITE_MEMORY: { value: 'sqlite-memory', description: 'Gone when the server stops.' },
    POSTGRES: { value: 'postgres', description: 'One database, any number of servers.' },
  } satisfies Record<string, { value: DatabaseKind; description: string }>,
})

const ApiUrlKind = builder.enumType('ApiUrlKind', {
  description: 'From where an address is used.',
  values: {
    HOST: { description: 'From this machine.' },
    CONTAINER: { description: 'From a container on this machine.' },
    LAN: { description: 'From another machine of the network.' },
  },
})

const ApiUrlRef = builder.objectRef<ApiUrl>('ApiUrl').implement({
  description: 'A value for PREFECT_API_URL.',
  fields: t => ({
    kind: t.field({ type: ApiUrlKind, description: 'From where.', resolve: address => address.kind }),
    url: t.exposeString('url', { description: 'The value.' }),
    isReachable: t.exposeBoolean('isReachable', { description: 'Whether it works as the server is bound now.' }),
    reason: t.exposeString('reason', { description: 'Why, or what to change.' }),
  }),
})

const UnknownRouteRef = builder.objectRef<UnknownRoute>('UnknownRoute').implement({
  description: 'Something a client asked for that this server does not have. Counted since it started.',
  fields: t => ({
    method: t.exposeString('method', { description: 'HTTP method.' }),
    path: t.exposeString('path', { description: 'Path, ids folded to {id}.' }),
    count: t.exposeInt('count', { description: 'How often.' }),
    lastAskedAt: t.expose('lastAskedAt', { type: 'DateTime', description: 'When last.' }),
    userAgent: t.exposeString('userAgent', { nullable: true, description: 'By what.' }),
  }),
})

const Workspace = builder.objectRef<WorkspaceRef>('Workspace').implement({
  description: 'An isolated room; everything else is in one.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    slug: t.exposeString('slug', { description: 'Its name in addresses.' }),
    name: t.exposeString('name', { description: 'Its name for people.' }),
  }),
})

const Service = builder.objectRef<ServiceTick>('Service').implement({
  description: 'A background service of this server.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    every: t.field({
      type: 'Duration',
      description: 'How long it rests between two times.',
      resolve: tick => tick.everyMilliseconds * 1000,
    }),
    lastTickAt: t.expose('lastTickAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last came to an end; null while it has not.',
    }),
    failure: t.exposeString('failure', { nullable: true, description: 'Why it failed the last time; null when it did not.' }),
  }),
})

const RetentionRef = builder.objectRef<Retention>('Retention').implement({
  description: 'After how many days something is deleted; 0 keeps it for ever.',
  fields: t => ({
    runsDays: t.exposeFloat('runsDays', { description: 'Runs that have ended, with their states and inputs.' }),
    eventsDays: t.exposeFloat('eventsDays', { description: 'Events.' }),
    logsDays: t.exposeFloat('logsDays', { description: 'Log lines.' }),
  }),
})

const DatabaseFactsRef = builder.objectRef<DatabaseFacts>('DatabaseFacts').implement({
  description: 'What there is to say about a database as it is now.',
  fields: t => ({
    sizeBytes: t.exposeFloat('sizeBytes', { description: 'How large it is, on disk or in memory.' }),
    revision: t.exposeString('revision', { description: 'The newest revision of its schema.' }),
    serverCount: t.exposeInt('serverCount', { description: 'How many servers use it, this one included.' }),
  }),
})

const Setting = builder.objectRef<SettingReport>('Setting').implement({
  description: 'A setting as it is in force, told as it would be written in the environment.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Its name in the environment and in profiles.' }),
    peerName: t.exposeString('peerName', { nullable: true, description: 'The name by which Prefect’s server has it, which works too.' }),
    description: t.exposeString('description', { description: 'What it does, its unit and its default.' }),
    isSecret: t.exposeBoolean('isSecret', { description: 'Whether its value is masked.' }),
    value: t.exposeString('value', { nullable: true, description: 'Its value, masked if it is a secret; null where there is none.' }),
    defaultValue: t.exposeString('defaultValue', { nullable: true, description: 'What it is when nothing is said; null for nothing.' }),
    isChanged: t.exposeBoolean('isChanged', { description: 'Whether its value is another than the default.' }),
    source: t.exposeString('source', {
      description: 'Where its value comes from: an environment name, an option of the command line, a profile, or `default`.',
    }),
  }),
})

export const Server = builder.objectRef<ServerDescription>('Server').implement({
  description: 'This server.',
  fields: t => ({
    product: t.exposeString('product', { description: 'Its product’s name.' }),
    version: t.exposeString('version', { description: 'Its version.' }),
    apiVersion: t.exposeString('apiVersion', { description: 'Version of the REST API it speaks.' }),
    database: t.field({ type: DatabaseKindRef, description: 'What keeps the data.', resolve: server => server.database }),
    databaseLocation: t.exposeString('databaseLocation', { description: 'Where; without a password.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it was started.' }),
    now: t.expose('now', { type: 'DateTime', description: 'Its clock, for timers.' }),
    workspace: t.field({ type: Workspace, description: 'The workspace that was asked.', resolve: server => server.workspace }),
    isAuthenticationRequired: t.exposeBoolean('isAuthenticationRequired', { description: 'Whether callers must say who they are.' }),
    isAnonymousAllowed: t.exposeBoolean('isAnonymousAllowed', {
      description: 'Whether it was opened to the network without authentication.',
    }),
    apiUrls: t.field({ type: [ApiUrlRef], description: 'PREFECT_API_URL in its three forms.', resolve: server => [...server.apiUrls] }),
    unknownRoutes: t.field({
      type: [UnknownRouteRef],
      description: 'What clients asked for in vain, newest first.',
      resolve: server => [...server.unknownRoutes],
    }),
    databaseFacts: t.field({
      type: DatabaseFactsRef,
      nullable: true,
      description: 'What the database says of itself; null with an error when it does not answer.',
      extensions: asks(describeDatabase),
      resolve: (_server, _args, { ctx }) => describeDatabase(ctx, {}),
    }),
    settings: t.field({
      type: [Setting],
      description: 'Everything it was started with.',
      extensions: asks(listSettings),
      resolve: async (_server, _args, { ctx }) => [...(await listSettings(ctx, {}))],
    }),
    services: t.field({ type: [Service], description: 'What this server does by itself.', resolve: ({ services }) => [...services] }),
    retention: t.field({ type: RetentionRef, description: 'How long things are kept.', resolve: server => server.retention }),
    openSockets: t.exposeInt('openSockets', { description: 'How many sockets are open: pages, clients and their event streams.' }),
    subscribers: t.exposeInt('subscribers', { description: 'How many follow the logs now.' }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the event log stands.',
      resolve: (_server, _args, { ctx }) => eventCursor(ctx),
    }),
    logCursor: t.field({
      type: 'Cursor',
      description: 'Where the log lines stand.',
      resolve: (_server, _args, { ctx }) => logCursor(ctx),
    }),
  }),
})

builder.queryFields(t => ({
  server: t.field({
    type: Server,
    description: 'This server.',
    extensions: asks(describeServer),
    resolve: (_root, _args, { ctx }) => describeServer(ctx, {}),
  }),
}))
