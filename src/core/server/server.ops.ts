import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { WorkspaceRef } from '../../kernel/context.ts'
import { query } from '../../kernel/operation.ts'
import { product } from '../../kernel/product.ts'
import type { ServiceTick } from '../../kernel/service-ticks.ts'
import { reportSettings, type SettingReport } from '../../kernel/settings-report.ts'
import type { DatabaseFacts, DatabaseKind } from '../../kernel/storage.ts'
import type { UnknownRoute } from '../../kernel/unknown-routes.ts'
import { type ApiUrl, apiUrls } from './server.rules.ts'

export interface ServerDescription {
  readonly product: string
  readonly version: string
  readonly apiVersion: string
  readonly database: DatabaseKind
  readonly databaseLocation: string
  readonly startedAt: Instant
  readonly now: Instant
  readonly workspace: WorkspaceRef
  readonly isAuthenticationRequired: boolean
  readonly isAnonymousAllowed: boolean
  readonly apiUrls: readonly ApiUrl[]
  readonly unknownRoutes: readonly UnknownRoute[]
  /** How many follow the logs. */
  readonly subscribers: number
  readonly openSockets: number
  readonly services: readonly ServiceTick[]
  readonly retention: Retention
}

/** After how many days something is deleted; 0 keeps it for ever. */
export interface Retention {
  readonly runsDays: number
  readonly eventsDays: number
  readonly logsDays: number
}

/** What this server is, and what it has been asked for in vain. */
export const describeServer = query('server.describe', {
  input: z.object({}),
  needs: 'server:read',
  async run({ house, workspace, clock }): Promise<ServerDescription> {
    const { settings, storage, endpoint } = house
    return {
      product: product.title,
      version: product.version,
      apiVersion: product.restApiVersion,
      database: storage.kind,
      databaseLocation: storage.location,
      startedAt: house.startedAt,
      now: clock.now(),
      workspace,
      isAuthenticationRequired: settings.authString !== undefined,
      isAnonymousAllowed: settings.allowAnonymous && settings.authString === undefined,
      apiUrls: apiUrls({ host: settings.host, ...endpoint }),
      unknownRoutes: house.unknownRoutes.list(workspace.id),
      subscribers: house.events.followers + house.logs.followers,
      openSockets: endpoint.openSockets,
      services: house.serviceTicks.list(),
      retention: {
        runsDays: settings.retentionRunsDays,
        eventsDays: settings.retentionEventsDays,
        logsDays: settings.retentionLogsDays,
      },
    }
  },
})

/** What it was started with, secrets masked. */
export const listSettings = query('server.list-settings', {
  input: z.object({}),
  needs: 'server:read',
  run: async ({ house }): Promise<readonly SettingReport[]> => reportSettings(house.settings),
})

/** What its database says of itself. */
export const describeDatabase = query('server.describe-database', {
  input: z.object({}),
  needs: 'server:read',
  run: ({ house }): Promise<DatabaseFacts> => house.storage.describe(),
})
