import { type ApiUrl, describeServer, type ServerDescription } from '../../core/server/index.ts'
import type { WorkspaceRef } from '../../kernel/context.ts'
import type { DatabaseKind } from '../../kernel/storage.ts'
import type { UnknownRoute } from '../../kernel/unknown-routes.ts'
import { asks, builder } from './builder.ts'
import { eventCursor } from './cursors.ts'

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

const Server = builder.objectRef<ServerDescription>('Server').implement({
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
    subscribers: t.exposeInt('subscribers', { description: 'How many follow the logs now.' }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the event log stands.',
      resolve: (_server, _args, { ctx }) => eventCursor(ctx),
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
