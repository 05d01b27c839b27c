/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** From where an address is used. */
export type ApiUrlKind =
  /** From a container on this machine. */
  | 'CONTAINER'
  /** From this machine. */
  | 'HOST'
  /** From another machine of the network. */
  | 'LAN';

/** What has become of an artifact. */
export type ArtifactChangeKind =
  /** It was made. */
  | 'CREATED'
  /** It was deleted by itself. */
  | 'DELETED'
  /** A run was deleted, or several for their age, and all artifacts of theirs: read the list again. */
  | 'RUNS_DELETED'
  /** Its data, description or metadata changed: progress, mostly. */
  | 'UPDATED';

/** Which artifacts are meant. Parts are joined by "and"; the same filter serves lists and subscriptions. */
export type ArtifactFilter = {
  /** Made in any of these flow runs. */
  flowRunIds?: Array<string> | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Only the latest version of each key, or only all others. */
  isLatest?: boolean | null | undefined;
  /** Whose key contains this, in either case. */
  keyContains?: string | null | undefined;
  /** Versions of any of these keys. */
  keys?: Array<string> | null | undefined;
  /** Made by any of these task runs. */
  taskRunIds?: Array<string> | null | undefined;
  /** Of any of these kinds. */
  types?: Array<string> | null | undefined;
};

/** Which blocks are meant. Parts are joined by "and". */
export type BlockDocumentFilter = {
  /** Of any of these types. */
  blockTypeIds?: Array<string> | null | undefined;
  /** Of the type of any of these slugs. */
  blockTypeSlugs?: Array<string> | null | undefined;
  /** That can do all of this, e.g. `["notify"]` for those that a notification can be sent through. */
  capabilities?: Array<string> | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Only those that programs have made for themselves, or only the others. Default: both. */
  isAnonymous?: boolean | null | undefined;
  /** Whose name contains this, in either case. */
  nameContains?: string | null | undefined;
  /** Named exactly one of these. */
  names?: Array<string> | null | undefined;
};

/** A channel of one kind, by its fields or by an Apprise URL. */
export type ChannelInput =
  {   /** Sends an HTTP request of your own making. {{subject}}, {{body}}, {{name}} and the names of its secrets are filled in wherever they stand. */
  customWebhook: CustomWebhookInput; discordWebhook?: never; mattermostWebhook?: never; msTeamsWebhook?: never; opsgenieWebhook?: never; pagerDutyWebhook?: never; sendgridEmail?: never; slackWebhook?: never; smtpEmail?: never; twilioSms?: never; url?: never; }
  |  { customWebhook?: never;   /** Posts to a Discord channel through one of its webhooks. */
  discordWebhook: DiscordWebhookInput; mattermostWebhook?: never; msTeamsWebhook?: never; opsgenieWebhook?: never; pagerDutyWebhook?: never; sendgridEmail?: never; slackWebhook?: never; smtpEmail?: never; twilioSms?: never; url?: never; }
  |  { customWebhook?: never; discordWebhook?: never;   /** Posts to channels of a Mattermost server through an incoming webhook. */
  mattermostWebhook: MattermostWebhookInput; msTeamsWebhook?: never; opsgenieWebhook?: never; pagerDutyWebhook?: never; sendgridEmail?: never; slackWebhook?: never; smtpEmail?: never; twilioSms?: never; url?: never; }
  |  { customWebhook?: never; discordWebhook?: never; mattermostWebhook?: never;   /** Posts a card to a Microsoft Teams channel through a workflow that is triggered by a webhook. */
  msTeamsWebhook: MsTeamsWebhookInput; opsgenieWebhook?: never; pagerDutyWebhook?: never; sendgridEmail?: never; slackWebhook?: never; smtpEmail?: never; twilioSms?: never; url?: never; }
  |  { customWebhook?: never; discordWebhook?: never; mattermostWebhook?: never; msTeamsWebhook?: never;   /** Opens alerts in Opsgenie, and closes them. */
  opsgenieWebhook: OpsgenieWebhookInput; pagerDutyWebhook?: never; sendgridEmail?: never; slackWebhook?: never; smtpEmail?: never; twilioSms?: never; url?: never; }
  |  { customWebhook?: never; discordWebhook?: never; mattermostWebhook?: never; msTeamsWebhook?: never; opsgenieWebhook?: never;   /** Triggers incidents in PagerDuty, and resolves them. */
  pagerDutyWebhook: PagerDutyWebhookInput; sendgridEmail?: never; slackWebhook?: never; smtpEmail?: never; twilioSms?: never; url?: never; }
  |  { customWebhook?: never; discordWebhook?: never; mattermostWebhook?: never; msTeamsWebhook?: never; opsgenieWebhook?: never; pagerDutyWebhook?: never;   /** Sends email through a SendGrid account: one to each recipient. */
  sendgridEmail: SendgridEmailInput; slackWebhook?: never; smtpEmail?: never; twilioSms?: never; url?: never; }
  |  { customWebhook?: never; discordWebhook?: never; mattermostWebhook?: never; msTeamsWebhook?: never; opsgenieWebhook?: never; pagerDutyWebhook?: never; sendgridEmail?: never;   /** Posts to a Slack channel through an incoming webhook, or to anything else that takes the same messages. */
  slackWebhook: SlackWebhookInput; smtpEmail?: never; twilioSms?: never; url?: never; }
  |  { customWebhook?: never; discordWebhook?: never; mattermostWebhook?: never; msTeamsWebhook?: never; opsgenieWebhook?: never; pagerDutyWebhook?: never; sendgridEmail?: never; slackWebhook?: never;   /** Sends email through a mail server. */
  smtpEmail: SmtpEmailInput; twilioSms?: never; url?: never; }
  |  { customWebhook?: never; discordWebhook?: never; mattermostWebhook?: never; msTeamsWebhook?: never; opsgenieWebhook?: never; pagerDutyWebhook?: never; sendgridEmail?: never; slackWebhook?: never; smtpEmail?: never;   /** Sends text messages through a Twilio account. */
  twilioSms: TwilioSmsInput; url?: never; }
  |  { customWebhook?: never; discordWebhook?: never; mattermostWebhook?: never; msTeamsWebhook?: never; opsgenieWebhook?: never; pagerDutyWebhook?: never; sendgridEmail?: never; slackWebhook?: never; smtpEmail?: never; twilioSms?: never;   /** An Apprise URL, such as slack://token_a/token_b/token_c: `channelKinds` lists the forms. */
  url: string; };

/** A block to be saved. */
export type CreateBlockDocumentInput = {
  /** The schema to save it with. Default: the newest of its type. */
  blockSchemaId?: string | null | undefined;
  /** Its type, by slug. Needed unless a schema is named. */
  blockTypeSlug?: string | null | undefined;
  /** What it holds, secrets in the open; another block as `{"$ref": {"block_document_id": …}}`. */
  data: unknown;
  /** Whether it is to have no name of its own. Default: false. */
  isAnonymous?: boolean | null | undefined;
  /** Lowercase letters, digits and dashes; unique among blocks of its type. Needed unless anonymous. */
  name?: string | null | undefined;
};

/** A run to be made of a deployment. */
export type CreateFlowRunFromDeploymentInput = {
  /** Of which deployment. */
  deploymentId: string;
  /** A second run of this flow with the same key is the first. */
  idempotencyKey?: string | null | undefined;
  /** Default: coined. */
  name?: string | null | undefined;
  /** An object, put over the deployment’s parameters. */
  parameters?: unknown;
  /** Its first state. Default: SCHEDULED now. */
  state?: StateInput | null | undefined;
  /** Besides the deployment’s. */
  tags?: Array<string> | null | undefined;
};

/** A notification policy to be made. */
export type CreateNotificationPolicyInput = {
  /** Block documents of the channels that are told, 1 to 10; or `channels`. */
  channelIds?: Array<string> | null | undefined;
  /** The channels that are told, 1 to 10, by name or made here; or `channelIds`. */
  channels?: Array<NotificationChannelInput> | null | undefined;
  /** Only of runs of any of these deployments. Default: of all. */
  deploymentIds?: Array<string> | null | undefined;
  /** Only of runs of any of these flows. Default: of all. */
  flowIds?: Array<string> | null | undefined;
  /** Which runs are gathered into digests. Default: NONE. */
  groupBy?: NotificationGrouping | null | undefined;
  /** How long further runs of a group are gathered for one digest, in seconds. Default: 30. */
  groupWaitSeconds?: number | null | undefined;
  /** Whether it works at once. Default: true. */
  isActive?: boolean | null | undefined;
  /** Most messages in a window, 1 to 10000. Default: no limit. */
  maxPerWindow?: number | null | undefined;
  /** Template of the message. INVALID with the list of variables when it names one that is unknown. Default: the built-in one. */
  messageTemplate?: string | null | undefined;
  /** A name, if it needs one. Default: none. */
  name?: string | null | undefined;
  /** The least time between two messages about a group, in seconds. Default: 300. */
  repeatIntervalSeconds?: number | null | undefined;
  /** Whether to tell, when the flow next completes, those who were told of its trouble: this resolves the incident at PagerDuty and Opsgenie. Default: false. */
  resolveOnCompletion?: boolean | null | undefined;
  /** Entering a state of any of these names, exactly. Default: none. */
  stateNames?: Array<string> | null | undefined;
  /** Or of any of these types. Default: none; without names and types, any state. */
  stateTypes?: Array<StateType> | null | undefined;
  /** Template of the subject: Liquid, or names in single braces. Default: the built-in one. */
  subjectTemplate?: string | null | undefined;
  /** Only of runs that carry any of these tags. Default: of all. */
  tags?: Array<string> | null | undefined;
  /** Length of that window, in seconds. Default: 3600. */
  windowSeconds?: number | null | undefined;
};

/** A view to be made. */
export type CreateSavedViewInput = {
  /** Whether the list opens on it, and no longer on another. Default: false. */
  isDefault?: boolean | null | undefined;
  /** Of which list. */
  list: ViewedList;
  /** Unique among the views of the list, 1 to 100 characters. */
  name: string;
  /** What stands behind the `?` of the list’s address, at most 2000 characters. */
  query: string;
};

/** A variable to be made. */
export type CreateVariableInput = {
  /** Letters, digits, underscores and hyphens; unique in the workspace. */
  name: string;
  /** Default: none. */
  tags?: Array<string> | null | undefined;
  /** At most 5000 characters of JSON. Default: null. */
  value?: unknown;
};

/** Custom Webhook. Sends an HTTP request of your own making. {{subject}}, {{body}}, {{name}} and the names of its secrets are filled in wherever they stand. */
export type CustomWebhookInput = {
  /** Whether addresses of a private network may be reached, if the server’s settings allow them. Off: never. */
  allowPrivateUrls?: boolean | null | undefined;
  /** Cookies of the request. */
  cookies?: unknown;
  /** Body of the request, as a form; a text is sent as it is. Not together with json_data. */
  formData?: unknown;
  /** Headers of the request. */
  headers?: unknown;
  /** Body of the request, as JSON. */
  jsonData?: unknown;
  /** HTTP method. */
  method?: string | null | undefined;
  /** Name of the webhook; it stands for {{name}}. */
  name: string;
  /** Query parameters, added to those in the URL. */
  params?: unknown;
  /** Values by name; signing_secret signs the requests. */
  secrets?: unknown;
  /** How long to wait for an answer, in seconds; never longer than 45. */
  timeout?: number | null | undefined;
  /** Address of the request, beginning with http:// or https://. */
  url: string;
};

/** What keeps the data. */
export type DatabaseKind =
  /** One database, any number of servers. */
  | 'POSTGRES'
  /** One file, one server. */
  | 'SQLITE_FILE'
  /** Gone when the server stops. */
  | 'SQLITE_MEMORY';

/** Runs to be deleted: ids, a filter, or both. INVALID with neither. */
export type DeleteFlowRunsInput = {
  /** Delete nothing, and say how many it would be. */
  dryRun?: boolean | null | undefined;
  /** Those that fulfil it. */
  filter?: FlowRunFilter | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
};

/** A variable to be deleted. */
export type DeleteVariableInput = {
  /** Which variable. */
  name: string;
};

/** Which deployments are meant. Parts are joined by "and". */
export type DeploymentFilter = {
  /** Of any of these flows. */
  flowIds?: Array<string> | null | undefined;
  /** Of a flow named exactly one of these. */
  flowNames?: Array<string> | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Whether their schedules rest. */
  isPaused?: boolean | null | undefined;
  /** Whose name contains this, in either case. */
  nameContains?: string | null | undefined;
  /** Named exactly one of these. */
  names?: Array<string> | null | undefined;
  /** Carrying all of these. */
  tags?: Array<string> | null | undefined;
};

/** Discord Webhook. Posts to a Discord channel through one of its webhooks. */
export type DiscordWebhookInput = {
  /** Whether avatar_url replaces the webhook’s own picture. */
  avatar?: boolean | null | undefined;
  /** Address of the picture to post with. */
  avatarUrl?: string | null | undefined;
  /** Name to post under. Left out: the webhook’s own. */
  botname?: string | null | undefined;
  /** Accepted because the SDK sends it; it has no effect, since messages show no pictures. */
  includeImage?: boolean | null | undefined;
  /** Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message. */
  notifyType?: string | null | undefined;
  /** Whether Discord reads the message aloud. */
  tts?: boolean | null | undefined;
  /** Id of the webhook: in its address, the first part after /api/webhooks/. */
  webhookId: string;
  /** Token of the webhook: in its address, the part after the id. */
  webhookToken: string;
};

/** Which events are meant. Parts are joined by "and"; names and prefixes are alternatives to each other. */
export type EventFilter = {
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Whose name begins with one of these. */
  namePrefixes?: Array<string> | null | undefined;
  /** Named exactly one of these. */
  names?: Array<string> | null | undefined;
  /** Then or later. */
  occurredAfter?: string | null | undefined;
  /** Then or earlier. */
  occurredBefore?: string | null | undefined;
  /** About a resource whose id begins with one of these. */
  resourceIdPrefixes?: Array<string> | null | undefined;
  /** About one of these resources. */
  resourceIds?: Array<string> | null | undefined;
};

/** Which flows are meant. Parts are joined by "and". */
export type FlowFilter = {
  /** Whose id begins so: 8 to 32 hexadecimal digits, with or without hyphens. */
  idPrefix?: string | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Whose name contains this, in either case. */
  nameContains?: string | null | undefined;
  /** Named exactly one of these. */
  names?: Array<string> | null | undefined;
  /** Carrying all of these. */
  tags?: Array<string> | null | undefined;
};

/** How flows are ordered. */
export type FlowOrder =
  /** Newest first. */
  | 'CREATED_DESC'
  /** By name. */
  | 'NAME_ASC';

/** Which runs: ids, a filter, or both. INVALID with neither. */
export type FlowRunActionInput = {
  /** Do nothing, and say with how many it would be done and why not with the others. */
  dryRun?: boolean | null | undefined;
  /** Those that fulfil it. */
  filter?: FlowRunFilter | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** What to say about it in the states it brings. */
  message?: string | null | undefined;
};

/** Which runs are counted where counts come from roll-ups. Parts are joined by "and". */
export type FlowRunCountFilter = {
  /** Of any of these flows. */
  flowIds?: Array<string> | null | undefined;
  /** Subflows only, or none of them. */
  isSubflow?: boolean | null | undefined;
  /** Carrying this tag. */
  tag?: string | null | undefined;
};

/** Which runs are meant. Parts are joined by "and"; the same filter serves lists and subscriptions. */
export type FlowRunFilter = {
  /** Made from any of these deployments. */
  deploymentIds?: Array<string> | null | undefined;
  /** Expected to start then or later. */
  expectedStartTimeAfter?: string | null | undefined;
  /** Expected to start then or earlier. */
  expectedStartTimeBefore?: string | null | undefined;
  /** Of any of these flows. */
  flowIds?: Array<string> | null | undefined;
  /** Of a flow named exactly one of these. */
  flowNames?: Array<string> | null | undefined;
  /** Whose id begins so: 8 to 32 hexadecimal digits, with or without hyphens. */
  idPrefix?: string | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Subflows only, or none of them. */
  isSubflow?: boolean | null | undefined;
  /** Whose name contains this, in either case. */
  nameContains?: string | null | undefined;
  /** Subflows of any of these flow runs. */
  parentFlowRunIds?: Array<string> | null | undefined;
  /** Subflows of any of these task runs. */
  parentTaskRunIds?: Array<string> | null | undefined;
  /** In a state named exactly one of these. */
  stateNames?: Array<string> | null | undefined;
  /** In a state of any of these kinds; of a change: entering one. */
  stateTypes?: Array<StateType> | null | undefined;
  /** In a state of any of these kinds or names: `["FAILED", "Late"]`; of a change: entering one. */
  states?: Array<string> | null | undefined;
  /** Carrying all of these. */
  tags?: Array<string> | null | undefined;
};

/** How runs are ordered. */
export type FlowRunOrder =
  /** Oldest first. */
  | 'EXPECTED_START_TIME_ASC'
  /** Newest first. */
  | 'EXPECTED_START_TIME_DESC';

/** Why something may have been missed. */
export type GapReason =
  /** What follows the cursor was older than retention and is gone. */
  | 'EXPIRED'
  /** The cursor belongs to another history: the database was reset or restored. */
  | 'RESET'
  /** The client read too slowly for too long. */
  | 'SLOW_CONSUMER';

/** Which lines are meant. Parts are joined by "and". */
export type LogFilter = {
  /** Of any of these flow runs. */
  flowRunIds?: Array<string> | null | undefined;
  /** Of this level or graver. */
  levelAtLeast?: number | null | undefined;
  /** Of this level or lighter. */
  levelAtMost?: number | null | undefined;
  /** Of any of these loggers. */
  names?: Array<string> | null | undefined;
  /** Of any of these task runs. */
  taskRunIds?: Array<string> | null | undefined;
  /** Containing this, in either case. */
  textContains?: string | null | undefined;
  /** Logged then or later. */
  timestampAfter?: string | null | undefined;
  /** Logged then or earlier. */
  timestampBefore?: string | null | undefined;
};

/** Mattermost Webhook. Posts to channels of a Mattermost server through an incoming webhook. */
export type MattermostWebhookInput = {
  /** Name to post under. Left out: the webhook’s own. */
  botname?: string | null | undefined;
  /** Names of the channels. Left out: the webhook’s own channel. */
  channels?: Array<string> | null | undefined;
  /** Host name of the Mattermost server. */
  hostname: string;
  /** Accepted because the SDK sends it; it has no effect, since messages show no pictures. */
  includeImage?: boolean | null | undefined;
  /** Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message. */
  notifyType?: string | null | undefined;
  /** Path in front of /hooks/ in the webhook’s address, if there is any. */
  path?: string | null | undefined;
  /** Port of the Mattermost server. */
  port?: number | null | undefined;
  /** Whether to use https instead of http. */
  secure?: boolean | null | undefined;
  /** Token of the webhook: the last part of its address. */
  token: string;
};

/** Microsoft Teams Webhook. Posts a card to a Microsoft Teams channel through a workflow that is triggered by a webhook. */
export type MsTeamsWebhookInput = {
  /** Whether addresses of a private network may be reached, if the server’s settings allow them. Off: never. */
  allowPrivateUrls?: boolean | null | undefined;
  /** Accepted because the SDK sends it; it has no effect, since messages show no pictures. */
  includeImage?: boolean | null | undefined;
  /** Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message. */
  notifyType?: string | null | undefined;
  /** Address of the workflow, as Teams shows it. */
  url: string;
  /** Whether long lines are wrapped. */
  wrap?: boolean | null | undefined;
};

/** A channel that is made together with a policy: both are there then, or neither. */
export type NewNotificationChannelInput = {
  /** Its kind, with its fields. */
  channel: ChannelInput;
  /** Lowercase letters, digits and dashes; unique among channels of its kind. Default: its kind, with a number behind it where that is taken. */
  name?: string | null | undefined;
};

/** How an attempt to send ended. */
export type NotificationAttemptOutcome =
  /** The channel has taken it. */
  | 'DELIVERED'
  /** It was refused, and would be again. */
  | 'FAILED'
  /** It did not work; later it may. */
  | 'RETRY';

/** A channel that a policy tells: one that is there, or a new one. */
export type NotificationChannelInput =
  {   /** A new one. */
  create: NewNotificationChannelInput; id?: never; reference?: never; }
  |  { create?: never;   /** Block document of a channel that is there. */
  id: string; reference?: never; }
  |  { create?: never; id?: never;   /** The name of one that is there: slack-webhook/alerts, or alerts where only one channel has that name. */
  reference: string; };

/** Which deliveries are meant. Parts are joined by "and"; the same filter serves the list and its subscription. */
export type NotificationDeliveryFilter = {
  /** To any of these channels. */
  channelIds?: Array<string> | null | undefined;
  /** Queued at this time or later. */
  createdAfter?: string | null | undefined;
  /** Queued at this time or earlier. */
  createdBefore?: string | null | undefined;
  /** Folded into any of these digests. */
  digestIds?: Array<string> | null | undefined;
  /** About any of these runs. */
  flowRunIds?: Array<string> | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Of any of these kinds. */
  kinds?: Array<NotificationDeliveryKind> | null | undefined;
  /** Of any of these policies. */
  policyIds?: Array<string> | null | undefined;
  /** In any of these statuses. */
  statuses?: Array<NotificationDeliveryStatus> | null | undefined;
};

/** What a delivery tells. */
export type NotificationDeliveryKind =
  /** One run entered a state. */
  | 'ALERT'
  /** Several runs did, which were held back. */
  | 'DIGEST'
  /** The flow has completed: the trouble is over. */
  | 'RESOLVE';

/** How far a delivery has come. */
export type NotificationDeliveryStatus =
  /** It was not sent: its policy or its channel was deleted before, or the trouble whose end it tells began anew. The reason says which. */
  | 'CANCELLED'
  /** It was given up: refused for good, or tried too often. It can be redelivered. */
  | 'DEAD'
  /** The channel has taken it. */
  | 'DELIVERED'
  /** It was told in a digest. */
  | 'FOLDED'
  /** It waits to be told in a digest. */
  | 'HELD'
  /** It was not sent, since its policy or its group was muted. */
  | 'MUTED'
  /** It waits to be sent, for the first time or again. */
  | 'PENDING'
  /** It is being sent. */
  | 'SENDING';

/** Which runs are gathered, so that a storm becomes one message and a digest. */
export type NotificationGrouping =
  /** Those of the same deployment. */
  | 'DEPLOYMENT'
  /** Those of the same flow. */
  | 'FLOW'
  /** None: each run has its own message. */
  | 'NONE'
  /** Those with the same tag: of several, the first that the policy names, else the first in the alphabet. */
  | 'TAG';

/** A notification policy that is still being thought of. */
export type NotificationPolicyDraft = {
  /** Block documents of the channels that are told, at most 10; or `channels`. Default: none yet. */
  channelIds?: Array<string> | null | undefined;
  /** The channels that are told, at most 10; or `channelIds`. A new one is not saved; what could not be saved is refused. */
  channels?: Array<NotificationChannelInput> | null | undefined;
  /** Only of runs of any of these deployments. Default: of all. */
  deploymentIds?: Array<string> | null | undefined;
  /** Only of runs of any of these flows. Default: of all. */
  flowIds?: Array<string> | null | undefined;
  /** Which runs are gathered into digests. Default: NONE. */
  groupBy?: NotificationGrouping | null | undefined;
  /** How long further runs of a group are gathered for one digest, in seconds. Default: 30. */
  groupWaitSeconds?: number | null | undefined;
  /** Most messages in a window, 1 to 10000. Default: no limit. */
  maxPerWindow?: number | null | undefined;
  /** Template of the message. INVALID with the list of variables when it names one that is unknown. Default: the built-in one. */
  messageTemplate?: string | null | undefined;
  /** A name, if it needs one. Default: none. */
  name?: string | null | undefined;
  /** The least time between two messages about a group, in seconds. Default: 300. */
  repeatIntervalSeconds?: number | null | undefined;
  /** Whether to tell, when the flow next completes, those who were told of its trouble: this resolves the incident at PagerDuty and Opsgenie. Default: false. */
  resolveOnCompletion?: boolean | null | undefined;
  /** Entering a state of any of these names, exactly. Default: none. */
  stateNames?: Array<string> | null | undefined;
  /** Or of any of these types. Default: none; without names and types, any state. */
  stateTypes?: Array<StateType> | null | undefined;
  /** Template of the subject: Liquid, or names in single braces. Default: the built-in one. */
  subjectTemplate?: string | null | undefined;
  /** Only of runs that carry any of these tags. Default: of all. */
  tags?: Array<string> | null | undefined;
  /** Length of that window, in seconds. Default: 3600. */
  windowSeconds?: number | null | undefined;
};

/** What a stretch of a sentence is. */
export type NotificationSentencePartKind =
  /** The name of a channel. */
  | 'CHANNEL'
  /** The name of a deployment. */
  | 'DEPLOYMENT'
  /** The name of a flow. */
  | 'FLOW'
  /** A state, in words. */
  | 'STATE'
  /** A tag. */
  | 'TAG'
  /** Plain words. */
  | 'TEXT';

/** Opsgenie Webhook. Opens alerts in Opsgenie, and closes them. */
export type OpsgenieWebhookInput = {
  /** Alias of the alert: while an alert with this alias is open, it is not opened again. A dedup key of the message takes precedence. */
  alias?: string | null | undefined;
  /** API key of an API integration in Opsgenie. */
  apikey: string;
  /** Whether up to 50 responders share one alert. Off: each has an alert of their own. */
  batch?: boolean | null | undefined;
  /** Further details of the alert, by name. */
  details?: unknown;
  /** What the alert is about. */
  entity?: string | null | undefined;
  /** Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message. */
  notifyType?: string | null | undefined;
  /** Priority, from 1 (highest) to 5. */
  priority?: number | null | undefined;
  /** Region of the account: us or eu. */
  regionName?: string | null | undefined;
  /** Tags of the alert. */
  tags?: Array<string> | null | undefined;
  /** Escalations to start. */
  targetEscalation?: Array<string> | null | undefined;
  /** Schedules: whoever is on call is alerted. */
  targetSchedule?: Array<string> | null | undefined;
  /** Teams to alert. */
  targetTeam?: Array<string> | null | undefined;
  /** Users to alert. */
  targetUser?: Array<string> | null | undefined;
};

/** What became of a proposed state. */
export type OrchestrationStatus =
  /** Nothing was written, and proposing again is of no use. */
  | 'ABORT'
  /** Written as proposed. */
  | 'ACCEPT'
  /** Not as proposed: another state was written, or the run stays in its own. */
  | 'REJECT'
  /** Nothing was written: propose again after `delaySeconds`. */
  | 'WAIT';

/** Pager Duty Webhook. Triggers incidents in PagerDuty, and resolves them. */
export type PagerDutyWebhookInput = {
  /** Key for the REST API of the PagerDuty account. */
  apiKey: string;
  /** Class of the event. */
  classId?: string | null | undefined;
  /** A link to show with every incident. */
  clickableUrl?: string | null | undefined;
  /** The affected part of that system. */
  component?: string | null | undefined;
  /** Further details of the incident, by name. */
  customDetails?: unknown;
  /** Group of systems that it belongs to. */
  group?: string | null | undefined;
  /** Accepted because the SDK sends it; it has no effect, since messages show no pictures. */
  includeImage?: boolean | null | undefined;
  /** Integration key of the service’s Events API v2 integration. */
  integrationKey: string;
  /** Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message. */
  notifyType?: string | null | undefined;
  /** Region of the account: us or eu. */
  regionName?: string | null | undefined;
  /** The affected system. */
  source?: string | null | undefined;
};

/** A paused run to be let on. */
export type ResumeFlowRunInput = {
  /** Which run. */
  flowRunId: string;
  /** An object: the answer, where the pause asks for input. */
  runInput?: unknown;
};

/** A notification that is really sent, to see whether it arrives. */
export type SendTestNotificationInput = {
  /** Block documents of the channels, 1 to 10; or `channels`. */
  channelIds?: Array<string> | null | undefined;
  /** The channels, 1 to 10; or `channelIds`. A new one is tried as it is and not saved; what could not be saved is refused. */
  channels?: Array<NotificationChannelInput> | null | undefined;
  /** About this run. Default: a made-up one. */
  flowRunId?: string | null | undefined;
  /** Template of the message. Default: the built-in one. */
  messageTemplate?: string | null | undefined;
  /** Template of the subject. Default: the built-in one. */
  subjectTemplate?: string | null | undefined;
};

/** Sendgrid Email. Sends email through a SendGrid account: one to each recipient. */
export type SendgridEmailInput = {
  /** API key of the SendGrid account. */
  apiKey: string;
  /** Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message. */
  notifyType?: string | null | undefined;
  /** Sender: an address that SendGrid has verified. */
  senderEmail: string;
  /** Recipients. */
  toEmails: Array<string>;
};

/** Slack Webhook. Posts to a Slack channel through an incoming webhook, or to anything else that takes the same messages. */
export type SlackWebhookInput = {
  /** Whether addresses of a private network may be reached, if the server’s settings allow them. Off: never. */
  allowPrivateUrls?: boolean | null | undefined;
  /** Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message. */
  notifyType?: string | null | undefined;
  /** Address of the incoming webhook: https://hooks.slack.com/services/… as Slack shows it. */
  url: string;
};

/** SMTP Email. Sends email through a mail server. */
export type SmtpEmailInput = {
  /** Sender: name@example.org, or Name <name@example.org>. */
  fromEmail: string;
  /** Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message. */
  notifyType?: string | null | undefined;
  /** Password that goes with the user name. */
  password?: string | null | undefined;
  /** Port of the mail server. Left out: 465 for SSL, 587 for STARTTLS, 25 for INSECURE. */
  smtpPort?: number | null | undefined;
  /** Host name of the mail server. */
  smtpServer: string;
  /** SSL: encrypted from the start. STARTTLS: switches to encryption before anything is sent, and sends nothing without it. INSECURE: no encryption. */
  smtpType?: string | null | undefined;
  /** Recipients, each as name@example.org or Name <name@example.org>. */
  toEmails: Array<string>;
  /** User name to sign in with. Left out: no sign-in. */
  username?: string | null | undefined;
  /** Whether the certificate of the mail server is checked. */
  verify?: boolean | null | undefined;
};

/** A state to bring a run to. */
export type StateInput = {
  /** A result record. */
  data?: unknown;
  /** What to say about it. */
  message?: string | null | undefined;
  /** Its name. Default: the type, capitalised. */
  name?: string | null | undefined;
  /** For SCHEDULED: when. Default: now. */
  scheduledTime?: string | null | undefined;
  /** More of the SDK’s details, by its own keys. */
  stateDetails?: unknown;
  /** Its kind. */
  type: StateType;
};

/** The kind of a state. Names are finer: a SCHEDULED run may be Late or AwaitingRetry. */
export type StateType =
  /** Ended because somebody cancelled it. */
  | 'CANCELLED'
  /** Asked to stop, and not yet stopped. */
  | 'CANCELLING'
  /** Ended well. */
  | 'COMPLETED'
  /** Ended because its process or infrastructure did. */
  | 'CRASHED'
  /** Ended with an error of the flow. */
  | 'FAILED'
  /** Held until somebody resumes it. */
  | 'PAUSED'
  /** Being prepared. */
  | 'PENDING'
  /** Running. */
  | 'RUNNING'
  /** Will run at its scheduled time. */
  | 'SCHEDULED';

/** Which runs, and which tags. INVALID with neither ids nor a filter. */
export type TagFlowRunsInput = {
  /** Tags they shall carry. Default: none. */
  add?: Array<string> | null | undefined;
  /** Do nothing, and say with how many it would be done and why not with the others. */
  dryRun?: boolean | null | undefined;
  /** Those that fulfil it. */
  filter?: FlowRunFilter | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Tags they shall not. Default: none. */
  remove?: Array<string> | null | undefined;
};

/** Which task runs are meant. Parts are joined by "and"; the same filter serves lists and subscriptions. */
export type TaskRunFilter = {
  /** Expected to start then or later. */
  expectedStartTimeAfter?: string | null | undefined;
  /** Expected to start then or earlier. */
  expectedStartTimeBefore?: string | null | undefined;
  /** In any of these flow runs. */
  flowRunIds?: Array<string> | null | undefined;
  /** Whose id begins so: 8 to 32 hexadecimal digits, with or without hyphens. */
  idPrefix?: string | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Only those that stand for a subflow, or none of them. Says nothing of changes. */
  isSubflow?: boolean | null | undefined;
  /** Whose name contains this, in either case. */
  nameContains?: string | null | undefined;
  /** In a state named exactly one of these. */
  stateNames?: Array<string> | null | undefined;
  /** In a state of any of these kinds; of a change: entering one. */
  stateTypes?: Array<StateType> | null | undefined;
  /** In a state of any of these kinds or names; of a change: entering one. */
  states?: Array<string> | null | undefined;
  /** Carrying all of these. */
  tags?: Array<string> | null | undefined;
  /** Calls of any of these tasks. */
  taskKeys?: Array<string> | null | undefined;
};

/** Twilio SMS. Sends text messages through a Twilio account. */
export type TwilioSmsInput = {
  /** SID of the Twilio account; it begins with AC. */
  accountSid: string;
  /** Auth token of the Twilio account. */
  authToken: string;
  /** Number to send from, with its country code: +12025550123. */
  fromPhoneNumber: string;
  /** Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message. */
  notifyType?: string | null | undefined;
  /** Numbers to send to, with their country codes. */
  toPhoneNumbers: Array<string>;
};

/** What is to change; what is left out stays. */
export type UpdateBlockDocumentInput = {
  /** Another schema of its type. */
  blockSchemaId?: string | null | undefined;
  /** Other data, field by field. A secret that is sent as `********` stays as it is. */
  data?: unknown;
  /** Which block. */
  id: string;
  /** Whether fields that are left out go. Default: false. */
  isReplaced?: boolean | null | undefined;
};

/** A change of a run. What is left out stays. */
export type UpdateFlowRunInput = {
  /** Which run. */
  flowRunId: string;
  /** An object: other job variables. CONFLICT when the run is not scheduled. */
  jobVariables?: unknown;
  /** An object: other labels. */
  labels?: unknown;
  /** Another name. */
  name?: string | null | undefined;
  /** An object: other parameters, for the next time it is started. */
  parameters?: unknown;
  /** Other tags. */
  tags?: Array<string> | null | undefined;
};

/** What is to change of a notification policy; what is left out stays. */
export type UpdateNotificationPolicyInput = {
  /** Other channels, 1 to 10, by their block documents; or `channels`. */
  channelIds?: Array<string> | null | undefined;
  /** Other channels, 1 to 10, by name or made here; or `channelIds`. */
  channels?: Array<NotificationChannelInput> | null | undefined;
  /** Other deployments. */
  deploymentIds?: Array<string> | null | undefined;
  /** Other flows. */
  flowIds?: Array<string> | null | undefined;
  /** Other runs to be gathered. */
  groupBy?: NotificationGrouping | null | undefined;
  /** Another time of gathering, in seconds. */
  groupWaitSeconds?: number | null | undefined;
  /** Which policy. */
  id: string;
  /** Another limit of messages in a window; null: none. */
  maxPerWindow?: number | null | undefined;
  /** Another template of the message; null: the built-in one. */
  messageTemplate?: string | null | undefined;
  /** Another name; null: none. */
  name?: string | null | undefined;
  /** Another least time between two messages about a group, in seconds. */
  repeatIntervalSeconds?: number | null | undefined;
  /** Whether to tell when the flow next completes. */
  resolveOnCompletion?: boolean | null | undefined;
  /** Other names of states. */
  stateNames?: Array<string> | null | undefined;
  /** Other types of states. */
  stateTypes?: Array<StateType> | null | undefined;
  /** Another template of the subject; null: the built-in one. */
  subjectTemplate?: string | null | undefined;
  /** Other tags. */
  tags?: Array<string> | null | undefined;
  /** Another length of the window, in seconds. */
  windowSeconds?: number | null | undefined;
};

/** What is to change; what is left out stays. */
export type UpdateSavedViewInput = {
  /** Which view. */
  id: string;
  /** Whether the list opens on it. */
  isDefault?: boolean | null | undefined;
  /** Another name. */
  name?: string | null | undefined;
  /** Something else that is asked. */
  query?: string | null | undefined;
};

/** What is to change; what is left out stays. */
export type UpdateVariableInput = {
  /** Which variable. */
  name: string;
  /** Another name. */
  newName?: string | null | undefined;
  /** Other tags. */
  tags?: Array<string> | null | undefined;
  /** Another value. */
  value?: unknown;
};

/** Which variables are meant. Parts are joined by "and". */
export type VariableFilter = {
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Whose name contains this, in either case. */
  nameContains?: string | null | undefined;
  /** Named exactly one of these. */
  names?: Array<string> | null | undefined;
  /** Carrying all of these. */
  tags?: Array<string> | null | undefined;
};

/** A list that has views. */
export type ViewedList =
  /** The feed of events. */
  | 'EVENTS'
  /** The list of flow runs. */
  | 'FLOW_RUNS';

export type BellQueryVariables = Exact<{ [key: string]: never; }>;


export type BellQuery = { failed: { eventCursor: string, nodes: Array<{ id: string, settledAt: string | null }> }, sent: { nodes: Array<{ id: string, settledAt: string | null }> } };

export type BellRingsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type BellRingsSubscription = { notificationDeliveryChanged: { cursor: string, changes: Array<{ notificationDelivery: { id: string, status: NotificationDeliveryStatus, settledAt: string | null } }>, gap: { reason: GapReason } | null } };

export type LiveCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type LiveCountsQuery = { liveCounts: { runningFlowRunCount: number, failingPolicyCount: number, eventCursor: string } };

export type LiveCountsChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type LiveCountsChangedSubscription = { liveCountsChanged: { cursor: string, liveCounts: { runningFlowRunCount: number, failingPolicyCount: number }, gap: { reason: GapReason } | null } };

export type FoundViewFragment = { id: string, list: ViewedList, name: string, query: string };

export type PaletteSearchQueryVariables = Exact<{
  runs: FlowRunFilter;
  flows: FlowFilter;
}>;


export type PaletteSearchQuery = { flowRuns: { nodes: Array<{ id: string, name: string, stateType: StateType | null, stateName: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, flow: { id: string, name: string } }> }, flows: { nodes: Array<{ id: string, name: string }> }, runViews: Array<{ id: string, list: ViewedList, name: string, query: string }>, eventViews: Array<{ id: string, list: ViewedList, name: string, query: string }> };

export type PaletteIdsQueryVariables = Exact<{
  idPrefix: string;
}>;


export type PaletteIdsQuery = { flowRuns: { nodes: Array<{ id: string, name: string, stateType: StateType | null, stateName: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, flow: { id: string, name: string } }> }, taskRuns: { nodes: Array<{ id: string, name: string, stateType: StateType | null, stateName: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, flowRun: { id: string, name: string } | null }> }, flows: { nodes: Array<{ id: string, name: string }> } };

export type PaletteRunsOfFlowsQueryVariables = Exact<{
  flowIds: Array<string> | string;
}>;


export type PaletteRunsOfFlowsQuery = { flowRuns: { nodes: Array<{ id: string, name: string, stateType: StateType | null, stateName: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, flow: { id: string, name: string } }> } };

export type FoundRunFragment = { id: string, name: string, stateType: StateType | null, stateName: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, flow: { id: string, name: string } };

export type FoundTaskRunFragment = { id: string, name: string, stateType: StateType | null, stateName: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, flowRun: { id: string, name: string } | null };

export type ServerFactsQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerFactsQuery = { server: { product: string, version: string, now: string, startedAt: string, database: DatabaseKind, isAnonymousAllowed: boolean, workspace: { id: string, slug: string, name: string } } };

export type ArtifactRowFragment = { id: string, key: string | null, type: string | null, progress: number | null, description: string | null, smallData: unknown, dataSize: number, versionCount: number, updated: string, created: string, flowRunId: string | null, flowRun: { id: string, name: string, flow: { id: string, name: string } } | null };

export type ArtifactsQueryVariables = Exact<{
  filter?: ArtifactFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ArtifactsQuery = { artifacts: { eventCursor: string, nodes: Array<{ id: string, key: string | null, type: string | null, progress: number | null, description: string | null, smallData: unknown, dataSize: number, versionCount: number, updated: string, created: string, flowRunId: string | null, flowRun: { id: string, name: string, flow: { id: string, name: string } } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { value: number, isExact: boolean } } };

export type ArtifactChangesSubscriptionVariables = Exact<{
  filter?: ArtifactFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type ArtifactChangesSubscription = { artifactChanged: { cursor: string, changes: Array<{ kind: ArtifactChangeKind, artifactId: string | null }>, gap: { reason: GapReason } | null } };

export type ArtifactWholeFragment = { id: string, key: string | null, isLatest: boolean, versionCount: number, type: string | null, description: string | null, data: unknown, dataSize: number, metadata: unknown, created: string, updated: string, flowRun: { id: string, name: string, flow: { id: string, name: string } } | null, taskRun: { id: string, name: string } | null };

export type ArtifactVersionsQueryVariables = Exact<{
  key: string;
  first: number;
}>;


export type ArtifactVersionsQuery = { artifacts: { eventCursor: string, nodes: Array<{ id: string, isLatest: boolean, type: string | null, created: string, dataSize: number, flowRun: { id: string, name: string } | null }>, totalCount: { value: number, isExact: boolean } } };

export type WholeArtifactQueryVariables = Exact<{
  id: string;
}>;


export type WholeArtifactQuery = { artifacts: { eventCursor: string, nodes: Array<{ id: string, key: string | null, isLatest: boolean, versionCount: number, type: string | null, description: string | null, data: unknown, dataSize: number, metadata: unknown, created: string, updated: string, flowRun: { id: string, name: string, flow: { id: string, name: string } } | null, taskRun: { id: string, name: string } | null }> } };

export type DeleteArtifactMutationVariables = Exact<{
  id: string;
}>;


export type DeleteArtifactMutation = { deleteArtifact: { artifact: { id: string } } };

export type BlockDocumentsQueryVariables = Exact<{
  filter?: BlockDocumentFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type BlockDocumentsQuery = { blockCapabilities: Array<string>, blockDocuments: { eventCursor: string, nodes: Array<{ id: string, name: string, updated: string, blockType: { name: string, slug: string }, blockSchema: { capabilities: Array<string> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { value: number, isExact: boolean } } };

export type BlockCatalogQueryVariables = Exact<{ [key: string]: never; }>;


export type BlockCatalogQuery = { blockCapabilities: Array<string>, blockTypes: { nodes: Array<{ id: string, name: string, slug: string, description: string | null, capabilities: Array<string>, documentCount: number }> } };

export type BlockTypeToFillQueryVariables = Exact<{
  slug: string;
}>;


export type BlockTypeToFillQuery = { blockType: { id: string, name: string, slug: string, description: string | null, documentationUrl: string | null, capabilities: Array<string>, schema: { id: string, fields: unknown } | null } | null };

export type BlockDocumentsOfTypeQueryVariables = Exact<{
  slug: string;
}>;


export type BlockDocumentsOfTypeQuery = { blockDocuments: { nodes: Array<{ id: string, name: string }> } };

export type BlockQueryVariables = Exact<{
  id: string;
}>;


export type BlockQuery = { blockDocument: { id: string, name: string, isAnonymous: boolean, data: unknown, created: string, updated: string, blockType: { name: string, slug: string, description: string | null, documentationUrl: string | null }, blockSchema: { id: string, fields: unknown, capabilities: Array<string> }, usedBy: Array<{ field: string, documentId: string, name: string | null, blockTypeName: string | null }> } | null, notificationPolicies: { eventCursor: string, nodes: Array<{ id: string, sentence: Array<{ text: string }> }> } };

export type BlockEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type BlockEventsSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string }>, gap: { reason: GapReason } | null } };

export type CreateBlockMutationVariables = Exact<{
  input: CreateBlockDocumentInput;
}>;


export type CreateBlockMutation = { createBlockDocument: { blockDocument: { id: string, name: string } } };

export type UpdateBlockMutationVariables = Exact<{
  input: UpdateBlockDocumentInput;
}>;


export type UpdateBlockMutation = { updateBlockDocument: { blockDocument: { id: string } } };

export type DeleteBlockMutationVariables = Exact<{
  id: string;
}>;


export type DeleteBlockMutation = { deleteBlockDocument: { blockDocument: { id: string } } };

export type DashboardRunFragment = { id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null };

export type DashboardFrameFragment = { start: string, end: string, bucketSize: number, averageLateness: number | null, buckets: Array<{ start: string, lateCount: number, counts: Array<{ type: StateType, count: number }> }>, previous: { counts: Array<{ type: StateType, count: number }> }, current: { lateCount: number, counts: Array<{ type: StateType, count: number }> }, taskRuns: { counts: Array<{ type: StateType, count: number }>, previous: Array<{ type: StateType, count: number }>, current: Array<{ type: StateType, count: number }>, activity: { bucketCount: number, counts: Array<{ bucket: number, type: StateType, count: number }> } } | null, failingFlows: Array<{ failedCount: number, crashedCount: number, flow: { id: string, name: string } | null, activity: { bucketCount: number, counts: Array<{ bucket: number, type: StateType, count: number }> }, newestFailure: { id: string, name: string, stateType: StateType | null, stateName: string | null, state: { message: string | null } | null } | null }>, running: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null }>, usualDurations: Array<{ flowId: string, duration: number }>, upcoming: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null }>, newest: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null }> };

export type DashboardEventFragment = { id: string, event: string, occurred: string, resource: unknown };

export type DashboardQueryVariables = Exact<{
  start: string;
  end: string;
  bucketSize: number;
  filter?: FlowRunCountFilter | null | undefined;
  most: number;
  events?: EventFilter | null | undefined;
  firstEvents: number;
}>;


export type DashboardQuery = { dashboard: { eventCursor: string, start: string, end: string, bucketSize: number, averageLateness: number | null, buckets: Array<{ start: string, lateCount: number, counts: Array<{ type: StateType, count: number }> }>, previous: { counts: Array<{ type: StateType, count: number }> }, current: { lateCount: number, counts: Array<{ type: StateType, count: number }> }, taskRuns: { counts: Array<{ type: StateType, count: number }>, previous: Array<{ type: StateType, count: number }>, current: Array<{ type: StateType, count: number }>, activity: { bucketCount: number, counts: Array<{ bucket: number, type: StateType, count: number }> } } | null, failingFlows: Array<{ failedCount: number, crashedCount: number, flow: { id: string, name: string } | null, activity: { bucketCount: number, counts: Array<{ bucket: number, type: StateType, count: number }> }, newestFailure: { id: string, name: string, stateType: StateType | null, stateName: string | null, state: { message: string | null } | null } | null }>, running: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null }>, usualDurations: Array<{ flowId: string, duration: number }>, upcoming: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null }>, newest: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null }> }, events: { eventCursor: string, nodes: Array<{ id: string, event: string, occurred: string, resource: unknown }> } };

export type DashboardChangedSubscriptionVariables = Exact<{
  start: string;
  end: string;
  bucketSize: number;
  filter?: FlowRunCountFilter | null | undefined;
  most: number;
  after?: string | null | undefined;
}>;


export type DashboardChangedSubscription = { dashboardChanged: { cursor: string, dashboard: { start: string, end: string, bucketSize: number, averageLateness: number | null, buckets: Array<{ start: string, lateCount: number, counts: Array<{ type: StateType, count: number }> }>, previous: { counts: Array<{ type: StateType, count: number }> }, current: { lateCount: number, counts: Array<{ type: StateType, count: number }> }, taskRuns: { counts: Array<{ type: StateType, count: number }>, previous: Array<{ type: StateType, count: number }>, current: Array<{ type: StateType, count: number }>, activity: { bucketCount: number, counts: Array<{ bucket: number, type: StateType, count: number }> } } | null, failingFlows: Array<{ failedCount: number, crashedCount: number, flow: { id: string, name: string } | null, activity: { bucketCount: number, counts: Array<{ bucket: number, type: StateType, count: number }> }, newestFailure: { id: string, name: string, stateType: StateType | null, stateName: string | null, state: { message: string | null } | null } | null }>, running: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null }>, usualDurations: Array<{ flowId: string, duration: number }>, upcoming: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null }>, newest: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, tags: Array<string>, startTime: string | null, endTime: string | null, totalRunTime: number, expectedStartTime: string | null, nextScheduledStartTime: string | null, flow: { id: string, name: string }, deployment: { name: string } | null }> }, gap: { reason: GapReason } | null } };

export type DashboardEventsSubscriptionVariables = Exact<{
  events?: EventFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type DashboardEventsSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string, event: string, occurred: string, resource: unknown }>, gap: { reason: GapReason } | null } };

export type FirstRunQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstRunQuery = { server: { version: string, startedAt: string, now: string, database: DatabaseKind, apiUrls: Array<{ kind: ApiUrlKind, url: string, isReachable: boolean, reason: string }> } };

export type EventHistoryQueryVariables = Exact<{
  start: string;
  spanSize: number;
  spanCount: number;
  filter?: EventFilter | null | undefined;
}>;


export type EventHistoryQuery = { eventHistory: { counts: Array<number>, eventCursor: string } | null };

export type EventsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type EventsQuery = { events: { eventCursor: string, nodes: Array<{ id: string, event: string, occurred: string, resource: unknown, related: unknown }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type EventRowFragment = { id: string, event: string, occurred: string, resource: unknown, related: unknown };

export type EventQueryVariables = Exact<{
  id: string;
}>;


export type EventQuery = { events: { nodes: Array<{ id: string, event: string, occurred: string, resource: unknown, related: unknown }> } };

export type EventDetailQueryVariables = Exact<{
  id: string;
}>;


export type EventDetailQuery = { events: { nodes: Array<{ id: string, received: string, payload: unknown, follows: string | null }> } };

export type EventsOccurredSubscriptionVariables = Exact<{
  filter?: EventFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type EventsOccurredSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string, event: string, occurred: string, resource: unknown, related: unknown }>, gap: { reason: GapReason } | null } };

export type LogLineFragment = { id: string, name: string, level: number, message: string, timestamp: string, taskRunId: string | null, cursor: string };

export type LogOutlineQueryVariables = Exact<{
  flowRunId?: string | null | undefined;
  taskRunId?: string | null | undefined;
  names?: Array<string> | string | null | undefined;
}>;


export type LogOutlineQuery = { logOutline: { logCursor: string, pieces: Array<{ after: string | null, start: string, counts: { debug: number, info: number, warning: number, error: number, critical: number } }>, end: Array<{ id: string, name: string, level: number, message: string, timestamp: string, taskRunId: string | null, cursor: string }> } };

export type LogLinesQueryVariables = Exact<{
  filter: LogFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type LogLinesQuery = { logs: { nodes: Array<{ id: string, name: string, level: number, message: string, timestamp: string, taskRunId: string | null, cursor: string }> } };

export type LogEndQueryVariables = Exact<{
  filter: LogFilter;
  first: number;
}>;


export type LogEndQuery = { logs: { nodes: Array<{ id: string, name: string, level: number, message: string, timestamp: string, taskRunId: string | null, cursor: string }> } };

export type LogMatchesQueryVariables = Exact<{
  flowRunId?: string | null | undefined;
  taskRunId?: string | null | undefined;
  names?: Array<string> | string | null | undefined;
  textContains: string;
  levelAtLeast?: number | null | undefined;
}>;


export type LogMatchesQuery = { logMatches: { lineCount: number, count: number, numbers: Array<number> } };

export type LogFacetsQueryVariables = Exact<{
  flowRunId: string;
}>;


export type LogFacetsQuery = { logFacets: { loggers: Array<{ name: string, count: number }>, taskRuns: Array<{ taskRunId: string, count: number }> } };

export type LogLineNumberQueryVariables = Exact<{
  flowRunId: string;
  line: string;
}>;


export type LogLineNumberQuery = { logLineNumber: number };

export type LogAppendedSubscriptionVariables = Exact<{
  filter: LogFilter;
  after?: string | null | undefined;
}>;


export type LogAppendedSubscription = { logAppended: { cursor: string, logs: Array<{ id: string, name: string, level: number, message: string, timestamp: string, taskRunId: string | null, cursor: string }>, gap: { reason: GapReason } | null } };

export type RunTaskFragment = { id: string, name: string, taskKey: string, subflowRunId: string | null, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, runCount: number, startTime: string | null, endTime: string | null, totalRunTime: number, parents: Array<string>, attempts: Array<{ start: string, end: string | null, endType: StateType | null, endName: string | null }> };

export type RunTasksPartFragment = { isWhole: boolean, endCursor: string | null, totalCount: number, stateCounts: Array<{ type: StateType, count: number }>, nodes: Array<{ id: string, name: string, taskKey: string, subflowRunId: string | null, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, runCount: number, startTime: string | null, endTime: string | null, totalRunTime: number, parents: Array<string>, attempts: Array<{ start: string, end: string | null, endType: StateType | null, endName: string | null }> }> };

export type RunArtifactFragment = { id: string, key: string | null, type: string | null, description: string | null, data: unknown, taskRunId: string | null, created: string };

export type FlowRunTasksQueryVariables = Exact<{
  id: string;
  most: number;
}>;


export type FlowRunTasksQuery = { server: { eventCursor: string }, flowRunGraph: { isWhole: boolean, endCursor: string | null, totalCount: number, stateCounts: Array<{ type: StateType, count: number }>, nodes: Array<{ id: string, name: string, taskKey: string, subflowRunId: string | null, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, runCount: number, startTime: string | null, endTime: string | null, totalRunTime: number, parents: Array<string>, attempts: Array<{ start: string, end: string | null, endType: StateType | null, endName: string | null }> }> }, artifacts: { nodes: Array<{ id: string, key: string | null, type: string | null, description: string | null, data: unknown, taskRunId: string | null, created: string }>, pageInfo: { endCursor: string | null, hasNextPage: boolean }, totalCount: { value: number, isExact: boolean } } };

export type FlowRunTasksPartQueryVariables = Exact<{
  id: string;
  most: number;
  after?: string | null | undefined;
}>;


export type FlowRunTasksPartQuery = { flowRunGraph: { isWhole: boolean, endCursor: string | null, totalCount: number, stateCounts: Array<{ type: StateType, count: number }>, nodes: Array<{ id: string, name: string, taskKey: string, subflowRunId: string | null, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, runCount: number, startTime: string | null, endTime: string | null, totalRunTime: number, parents: Array<string>, attempts: Array<{ start: string, end: string | null, endType: StateType | null, endName: string | null }> }> } };

export type FlowRunTaskCountsQueryVariables = Exact<{
  id: string;
}>;


export type FlowRunTaskCountsQuery = { flowRun: { taskRunStateCounts: Array<{ type: StateType, count: number }> } | null };

export type FlowRunArtifactsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FlowRunArtifactsQuery = { artifacts: { nodes: Array<{ id: string, key: string | null, type: string | null, description: string | null, data: unknown, taskRunId: string | null, created: string }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type FlowRunTaskRowsQueryVariables = Exact<{
  filter: TaskRunFilter;
  first: number;
  after?: string | null | undefined;
  withCount: boolean;
}>;


export type FlowRunTaskRowsQuery = { taskRuns: { nodes: Array<{ id: string, name: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, runCount: number, startTime: string | null, endTime: string | null, totalRunTime: number, subflowRun: { id: string, name: string } | null }>, pageInfo: { endCursor: string | null, hasNextPage: boolean }, totalCount?: { value: number, isExact: boolean } } };

export type FlowRunTasksChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FlowRunTasksChangedSubscription = { taskRunStateChanged: { cursor: string, changes: Array<{ state: { type: StateType, name: string, timestamp: string }, taskRun: { id: string, name: string, taskKey: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, runCount: number, startTime: string | null, endTime: string | null, totalRunTime: number, parentIds: Array<string>, subflowRun: { id: string, name: string } | null } }>, gap: { reason: GapReason } | null } };

export type FlowRunRowFragment = { id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, flow: { id: string, name: string } };

export type FlowRunFactsFragment = { created: string, flowVersion: string | null, runCount: number, parentTaskRunId: string | null, parameters: unknown, labels: unknown, idempotencyKey: string | null, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, deployment: { id: string, name: string } | null, whyNotRunning:
    | { __typename: 'Cancelling', since: string, by: string }
    | { __typename: 'Late', scheduledTime: string }
    | { __typename: 'Paused', since: string, until: string | null, by: string, keyset: unknown }
    | { __typename: 'PendingInfrastructure', since: string }
    | { __typename: 'PendingTask' }
    | { __typename: 'Resuming', since: string }
    | { __typename: 'Suspended', since: string, until: string | null, by: string, keyset: unknown }
    | { __typename: 'WaitingForFirstState', since: string }
    | { __typename: 'WaitingForFlowRun', until: string | null }
    | { __typename: 'WaitingForRetry', attempt: number, mostAttempts: number | null, retryAt: string }
    | { __typename: 'WaitingForTaskWorker', taskKey: string, since: string }
    | { __typename: 'WaitingForTime', scheduledTime: string }
   | null, states: Array<{ id: string, type: StateType, name: string, timestamp: string, message: string | null, actorName: string }>, flow: { id: string, name: string } };

export type RunStateFragment = { id: string, type: StateType, name: string, timestamp: string, message: string | null, actorName: string };

export type FlowRunDetailQueryVariables = Exact<{
  id: string;
}>;


export type FlowRunDetailQuery = { flowRuns: { eventCursor: string, nodes: Array<{ created: string, flowVersion: string | null, runCount: number, parentTaskRunId: string | null, parameters: unknown, labels: unknown, idempotencyKey: string | null, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, deployment: { id: string, name: string } | null, whyNotRunning:
        | { __typename: 'Cancelling', since: string, by: string }
        | { __typename: 'Late', scheduledTime: string }
        | { __typename: 'Paused', since: string, until: string | null, by: string, keyset: unknown }
        | { __typename: 'PendingInfrastructure', since: string }
        | { __typename: 'PendingTask' }
        | { __typename: 'Resuming', since: string }
        | { __typename: 'Suspended', since: string, until: string | null, by: string, keyset: unknown }
        | { __typename: 'WaitingForFirstState', since: string }
        | { __typename: 'WaitingForFlowRun', until: string | null }
        | { __typename: 'WaitingForRetry', attempt: number, mostAttempts: number | null, retryAt: string }
        | { __typename: 'WaitingForTaskWorker', taskKey: string, since: string }
        | { __typename: 'WaitingForTime', scheduledTime: string }
       | null, states: Array<{ id: string, type: StateType, name: string, timestamp: string, message: string | null, actorName: string }>, flow: { id: string, name: string } }> } };

export type FlowRunDetailChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FlowRunDetailChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ flowRun: { runCount: number, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, whyNotRunning:
          | { __typename: 'Cancelling', since: string, by: string }
          | { __typename: 'Late', scheduledTime: string }
          | { __typename: 'Paused', since: string, until: string | null, by: string, keyset: unknown }
          | { __typename: 'PendingInfrastructure', since: string }
          | { __typename: 'PendingTask' }
          | { __typename: 'Resuming', since: string }
          | { __typename: 'Suspended', since: string, until: string | null, by: string, keyset: unknown }
          | { __typename: 'WaitingForFirstState', since: string }
          | { __typename: 'WaitingForFlowRun', until: string | null }
          | { __typename: 'WaitingForRetry', attempt: number, mostAttempts: number | null, retryAt: string }
          | { __typename: 'WaitingForTaskWorker', taskKey: string, since: string }
          | { __typename: 'WaitingForTime', scheduledTime: string }
         | null, flow: { id: string, name: string } }, state: { id: string, type: StateType, name: string, timestamp: string, message: string | null, actorName: string } }>, gap: { reason: GapReason } | null } };

export type RunInputsQueryVariables = Exact<{
  id: string;
}>;


export type RunInputsQuery = { pauseQuestion: { schema: unknown, description: string | null } | null, flowRunInputs: Array<{ id: string, key: string, value: string, sender: string | null, created: string }> };

export type PauseQuestionQueryVariables = Exact<{
  id: string;
}>;


export type PauseQuestionQuery = { pauseQuestion: { schema: unknown, description: string | null } | null };

export type RunActionOutcomeFragment = { refusals: Array<{ reason: string }>, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null }> };

export type RetryRunMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type RetryRunMutation = { action: { refusals: Array<{ reason: string }>, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null }> } };

export type CancelRunMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type CancelRunMutation = { action: { refusals: Array<{ reason: string }>, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null }> } };

export type PauseRunMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type PauseRunMutation = { action: { refusals: Array<{ reason: string }>, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null }> } };

export type SuspendRunMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type SuspendRunMutation = { action: { refusals: Array<{ reason: string }>, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null }> } };

export type ResumeRunMutationVariables = Exact<{
  input: ResumeFlowRunInput;
}>;


export type ResumeRunMutation = { resumeFlowRun: { status: OrchestrationStatus, reason: string | null } };

export type ChangeRunMutationVariables = Exact<{
  input: UpdateFlowRunInput;
}>;


export type ChangeRunMutation = { updateFlowRun: { flowRun: { created: string, flowVersion: string | null, runCount: number, parentTaskRunId: string | null, parameters: unknown, labels: unknown, idempotencyKey: string | null, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, deployment: { id: string, name: string } | null, whyNotRunning:
        | { __typename: 'Cancelling', since: string, by: string }
        | { __typename: 'Late', scheduledTime: string }
        | { __typename: 'Paused', since: string, until: string | null, by: string, keyset: unknown }
        | { __typename: 'PendingInfrastructure', since: string }
        | { __typename: 'PendingTask' }
        | { __typename: 'Resuming', since: string }
        | { __typename: 'Suspended', since: string, until: string | null, by: string, keyset: unknown }
        | { __typename: 'WaitingForFirstState', since: string }
        | { __typename: 'WaitingForFlowRun', until: string | null }
        | { __typename: 'WaitingForRetry', attempt: number, mostAttempts: number | null, retryAt: string }
        | { __typename: 'WaitingForTaskWorker', taskKey: string, since: string }
        | { __typename: 'WaitingForTime', scheduledTime: string }
       | null, states: Array<{ id: string, type: StateType, name: string, timestamp: string, message: string | null, actorName: string }>, flow: { id: string, name: string } } } };

export type DeleteRunMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type DeleteRunMutation = { deleteFlowRuns: { deletedIds: Array<string> } };

export type CopyRunMutationVariables = Exact<{
  input: CreateFlowRunFromDeploymentInput;
}>;


export type CopyRunMutation = { createFlowRunFromDeployment: { flowRun: { id: string, name: string } } };

export type ListedFlowRunFragment = { runCount: number, parameters?: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, state: { message: string | null } | null, deployment: { id: string, name: string } | null, flow: { id: string, name: string } };

export type FlowRunListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: FlowRunFilter | null | undefined;
  orderBy: FlowRunOrder;
  standing?: FlowRunFilter | null | undefined;
  withParameters: boolean;
  withCounts: boolean;
}>;


export type FlowRunListQuery = { flowRuns: { eventCursor: string, nodes: Array<{ runCount: number, parameters?: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, state: { message: string | null } | null, deployment: { id: string, name: string } | null, flow: { id: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount?: { value: number, isExact: boolean } }, standing?: { totalCount: { value: number, isExact: boolean } } };

export type FlowRunCursorQueryVariables = Exact<{
  id: string;
  orderBy: FlowRunOrder;
}>;


export type FlowRunCursorQuery = { flowRuns: { pageInfo: { endCursor: string | null } } };

export type FlowRunsAgainQueryVariables = Exact<{
  ids: Array<string> | string;
  withParameters: boolean;
}>;


export type FlowRunsAgainQuery = { flowRuns: { nodes: Array<{ runCount: number, parameters?: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, state: { message: string | null } | null, deployment: { id: string, name: string } | null, flow: { id: string, name: string } }> } };

export type FlowRunIdsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: FlowRunFilter | null | undefined;
}>;


export type FlowRunIdsQuery = { flowRuns: { nodes: Array<{ id: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FlowRunListChangedSubscriptionVariables = Exact<{
  filter?: FlowRunFilter | null | undefined;
  after?: string | null | undefined;
  withParameters: boolean;
}>;


export type FlowRunListChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ flowRun: { runCount: number, parameters?: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, state: { message: string | null } | null, deployment: { id: string, name: string } | null, flow: { id: string, name: string } }, state: { type: StateType, name: string }, previousState: { type: StateType, name: string } | null }>, gap: { reason: GapReason } | null } };

export type FlowRunListEditedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FlowRunListEditedSubscription = { eventOccurred: { cursor: string, events: Array<{ event: string, resource: unknown }>, gap: { reason: GapReason } | null } };

export type DurationPointFragment = { id: string, name: string, flowName: string, version: number, stateType: StateType | null, stateName: string | null, startTime: string, duration: number };

export type FlowRunListDurationsQueryVariables = Exact<{
  filter?: FlowRunFilter | null | undefined;
  standing?: FlowRunFilter | null | undefined;
  withStanding: boolean;
}>;


export type FlowRunListDurationsQuery = { matching: Array<{ id: string, name: string, flowName: string, version: number, stateType: StateType | null, stateName: string | null, startTime: string, duration: number }>, standing?: Array<{ id: string, name: string, flowName: string, version: number, stateType: StateType | null, stateName: string | null, startTime: string, duration: number }> };

export type FlowChoicesQueryVariables = Exact<{
  nameContains?: string | null | undefined;
  first: number;
}>;


export type FlowChoicesQuery = { flows: { nodes: Array<{ id: string, name: string }> } };

export type DeploymentChoicesQueryVariables = Exact<{
  filter?: DeploymentFilter | null | undefined;
  first: number;
}>;


export type DeploymentChoicesQuery = { deployments: { nodes: Array<{ id: string, name: string, flow: { name: string } }> } };

export type FlowRunActionAnswerFragment = { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> };

export type RetryFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type RetryFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type CancelFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type CancelFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type PauseFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type PauseFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type SuspendFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type SuspendFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type ResumeFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type ResumeFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type TagFlowRunsMutationVariables = Exact<{
  input: TagFlowRunsInput;
}>;


export type TagFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type DeleteFlowRunsMutationVariables = Exact<{
  input: DeleteFlowRunsInput;
}>;


export type DeleteFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, deletedIds: Array<string> } };

type Why_Cancelling_Fragment = { __typename: 'Cancelling', since: string, by: string };

type Why_Late_Fragment = { __typename: 'Late', scheduledTime: string };

type Why_Paused_Fragment = { __typename: 'Paused', since: string, until: string | null, by: string, keyset: unknown };

type Why_PendingInfrastructure_Fragment = { __typename: 'PendingInfrastructure', since: string };

type Why_PendingTask_Fragment = { __typename: 'PendingTask' };

type Why_Resuming_Fragment = { __typename: 'Resuming', since: string };

type Why_Suspended_Fragment = { __typename: 'Suspended', since: string, until: string | null, by: string, keyset: unknown };

type Why_WaitingForFirstState_Fragment = { __typename: 'WaitingForFirstState', since: string };

type Why_WaitingForFlowRun_Fragment = { __typename: 'WaitingForFlowRun', until: string | null };

type Why_WaitingForRetry_Fragment = { __typename: 'WaitingForRetry', attempt: number, mostAttempts: number | null, retryAt: string };

type Why_WaitingForTaskWorker_Fragment = { __typename: 'WaitingForTaskWorker', taskKey: string, since: string };

type Why_WaitingForTime_Fragment = { __typename: 'WaitingForTime', scheduledTime: string };

export type WhyFragment =
  | Why_Cancelling_Fragment
  | Why_Late_Fragment
  | Why_Paused_Fragment
  | Why_PendingInfrastructure_Fragment
  | Why_PendingTask_Fragment
  | Why_Resuming_Fragment
  | Why_Suspended_Fragment
  | Why_WaitingForFirstState_Fragment
  | Why_WaitingForFlowRun_Fragment
  | Why_WaitingForRetry_Fragment
  | Why_WaitingForTaskWorker_Fragment
  | Why_WaitingForTime_Fragment
;

export type FlowPageQueryVariables = Exact<{
  id: string;
  start: string;
  end: string;
  bucketSize: number;
  first: number;
  soon: string;
}>;


export type FlowPageQuery = { flow: { id: string, name: string, tags: Array<string>, created: string, activity: { runningCount: number, eventCursor: string, counts: Array<{ bucket: number, type: StateType, count: number }> } } | null, flowRunDurations: Array<{ id: string, name: string, stateType: StateType | null, startTime: string, duration: number }>, flowRuns: { nodes: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, flow: { id: string, name: string } }> }, deployments: { nodes: Array<{ id: string, name: string, version: string | null, isPaused: boolean, tags: Array<string>, updated: string }>, totalCount: { value: number } } };

export type FlowRunPointFragment = { id: string, name: string, stateType: StateType | null, startTime: string, duration: number };

export type FlowPageChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FlowPageChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ flowRun: { id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, flow: { id: string, name: string } }, state: { type: StateType }, previousState: { type: StateType } | null }>, gap: { reason: GapReason } | null } };

export type DeleteFlowMutationVariables = Exact<{
  id: string;
  dryRun: boolean;
}>;


export type DeleteFlowMutation = { deleteFlows: { deletedIds: Array<string>, flowRunCount: number, deploymentCount: number } };

export type FlowsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: FlowFilter | null | undefined;
  orderBy: FlowOrder;
  start: string;
  end: string;
  bucketSize: number;
}>;


export type FlowsQuery = { flows: { eventCursor: string, nodes: Array<{ id: string, name: string, tags: Array<string>, activity: { runningCount: number, eventCursor: string, counts: Array<{ bucket: number, type: StateType, count: number }> }, lastRun: { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { value: number, isExact: boolean } }, known: { totalCount: { value: number, isExact: boolean } } };

export type FlowRowFragment = { id: string, name: string, tags: Array<string>, activity: { runningCount: number, eventCursor: string, counts: Array<{ bucket: number, type: StateType, count: number }> }, lastRun: { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null } | null };

export type FlowActivityFragment = { runningCount: number, eventCursor: string, counts: Array<{ bucket: number, type: StateType, count: number }> };

export type FlowLastRunFragment = { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null };

export type FlowRunChangeFragment = { flowRun: { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null }, state: { type: StateType }, previousState: { type: StateType } | null };

export type FlowsRunsChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FlowsRunsChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ flowRun: { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null }, state: { type: StateType }, previousState: { type: StateType } | null }>, gap: { reason: GapReason } | null } };

export type FlowsChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FlowsChangedSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string }>, gap: { reason: GapReason } | null } };

export type NotificationDeliveriesQueryVariables = Exact<{
  filter?: NotificationDeliveryFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type NotificationDeliveriesQuery = { notificationDeliveries: { eventCursor: string, nodes: Array<{ id: string, policyId: string, kind: NotificationDeliveryKind, status: NotificationDeliveryStatus, flowRunId: string, flowRunName: string, flowName: string, runCount: number, channelId: string, attemptCount: number, reason: string | null, lastError: string | null, nextAttemptAt: string | null, created: string, settledAt: string | null, attempts: Array<{ outcome: NotificationAttemptOutcome }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { value: number, isExact: boolean } }, channels: { nodes: Array<{ id: string, name: string, isAnonymous: boolean, blockType: { name: string } }> } };

export type NotificationDeliverySummaryQueryVariables = Exact<{
  filter?: NotificationDeliveryFilter | null | undefined;
}>;


export type NotificationDeliverySummaryQuery = { notificationDeliverySummary: { deliveredCount: number, firstTryRate: number | null, failedCount: number, waitingCount: number, heldBackCount: number, eventCursor: string } };

export type NotificationDeliveryEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type NotificationDeliveryEventsSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string }>, gap: { reason: GapReason } | null } };

export type NotificationDeliveryDetailQueryVariables = Exact<{
  id: string;
}>;


export type NotificationDeliveryDetailQuery = { notificationDelivery: { id: string, subject: string | null, body: string | null, reason: string | null, policy: { sentence: Array<{ kind: NotificationSentencePartKind, text: string, stateType: StateType | null, stateName: string | null }> } | null, attempts: Array<{ ordinal: number, startedAt: string, outcome: NotificationAttemptOutcome, status: number | null, latencyMilliseconds: number, excerpt: string | null, error: string | null }> } | null };

export type NotificationDeliveryChangesSubscriptionVariables = Exact<{
  filter?: NotificationDeliveryFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type NotificationDeliveryChangesSubscription = { notificationDeliveryChanged: { cursor: string, changes: Array<{ notificationDelivery: { id: string, policyId: string, kind: NotificationDeliveryKind, status: NotificationDeliveryStatus, flowRunId: string, flowRunName: string, flowName: string, runCount: number, channelId: string, attemptCount: number, reason: string | null, lastError: string | null, nextAttemptAt: string | null, created: string, settledAt: string | null, attempts: Array<{ outcome: NotificationAttemptOutcome }> } }>, gap: { reason: GapReason } | null } };

export type DeliveryRowFragment = { id: string, policyId: string, kind: NotificationDeliveryKind, status: NotificationDeliveryStatus, flowRunId: string, flowRunName: string, flowName: string, runCount: number, channelId: string, attemptCount: number, reason: string | null, lastError: string | null, nextAttemptAt: string | null, created: string, settledAt: string | null, attempts: Array<{ outcome: NotificationAttemptOutcome }> };

export type RedeliverNotificationMutationVariables = Exact<{
  id: string;
}>;


export type RedeliverNotificationMutation = { redeliverNotification: { notificationDelivery: { id: string } } };

export type PolicyPreviewQueryVariables = Exact<{
  draft: NotificationPolicyDraft;
  start: string;
  end: string;
  flowRunId?: string | null | undefined;
}>;


export type PolicyPreviewQuery = { previewNotificationPolicy: { since: string, matchCount: number, messageCount: number, examples: Array<{ flowRunId: string, flowRunName: string, flowName: string, stateType: StateType, stateName: string, occurredAt: string }>, sentence: Array<{ kind: NotificationSentencePartKind, text: string, stateType: StateType | null, stateName: string | null }>, message: { subject: string, body: string, failure: string | null }, channelForms: Array<{ channelId: string | null, channelName: string | null, error: string | null, recipients: Array<string>, fields: Array<{ name: string, text: string, isHtml: boolean }> }> } };

export type SendTestNotificationMutationVariables = Exact<{
  input: SendTestNotificationInput;
}>;


export type SendTestNotificationMutation = { sendTestNotification: { answers: Array<{ channelId: string | null, channelName: string | null, outcome: NotificationAttemptOutcome, status: number | null, latencyMilliseconds: number, excerpt: string | null, error: string | null }> } };

export type NotificationPoliciesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type NotificationPoliciesQuery = { notificationPolicies: { eventCursor: string, nodes: Array<{ id: string, name: string | null, isActive: boolean, stateNames: Array<string>, stateTypes: Array<StateType>, tags: Array<string>, channelIds: Array<string>, lastSentAt: string | null, lastError: string | null, subjectTemplate: string | null, messageTemplate: string | null, groupBy: NotificationGrouping, groupWaitSeconds: number, repeatIntervalSeconds: number, maxPerWindow: number | null, windowSeconds: number, resolveOnCompletion: boolean, mutedUntil: string | null, created: string, updated: string, sentence: Array<{ kind: NotificationSentencePartKind, text: string, stateType: StateType | null, stateName: string | null }>, flows: Array<{ id: string, name: string }>, deployments: Array<{ id: string, name: string }>, lastSevenDays: Array<{ sent: number, failed: number }> }>, pageInfo: { hasNextPage: boolean } }, channels: { nodes: Array<{ id: string, name: string, isAnonymous: boolean, blockType: { name: string } }> } };

export type NotificationPolicyQueryVariables = Exact<{
  id: string;
}>;


export type NotificationPolicyQuery = { notificationPolicy: { id: string, name: string | null, isActive: boolean, stateNames: Array<string>, stateTypes: Array<StateType>, tags: Array<string>, channelIds: Array<string>, lastSentAt: string | null, lastError: string | null, subjectTemplate: string | null, messageTemplate: string | null, groupBy: NotificationGrouping, groupWaitSeconds: number, repeatIntervalSeconds: number, maxPerWindow: number | null, windowSeconds: number, resolveOnCompletion: boolean, mutedUntil: string | null, created: string, updated: string, sentence: Array<{ kind: NotificationSentencePartKind, text: string, stateType: StateType | null, stateName: string | null }>, flows: Array<{ id: string, name: string }>, deployments: Array<{ id: string, name: string }>, lastSevenDays: Array<{ sent: number, failed: number }> } | null, channels: { nodes: Array<{ id: string, name: string, isAnonymous: boolean, blockType: { name: string } }> } };

export type PolicyWizardQueryVariables = Exact<{
  id: string;
  isNew: boolean;
}>;


export type PolicyWizardQuery = { notificationPolicy?: { id: string, name: string | null, isActive: boolean, stateNames: Array<string>, stateTypes: Array<StateType>, tags: Array<string>, channelIds: Array<string>, lastSentAt: string | null, lastError: string | null, subjectTemplate: string | null, messageTemplate: string | null, groupBy: NotificationGrouping, groupWaitSeconds: number, repeatIntervalSeconds: number, maxPerWindow: number | null, windowSeconds: number, resolveOnCompletion: boolean, mutedUntil: string | null, created: string, updated: string, sentence: Array<{ kind: NotificationSentencePartKind, text: string, stateType: StateType | null, stateName: string | null }>, flows: Array<{ id: string, name: string }>, deployments: Array<{ id: string, name: string }>, lastSevenDays: Array<{ sent: number, failed: number }> } | null, channelKinds: Array<{ slug: string, title: string, description: string, schema: unknown }>, notificationTemplates: { subject: string, message: string, variables: Array<{ name: string, description: string }> }, channels: { nodes: Array<{ id: string, name: string, isAnonymous: boolean, blockType: { name: string } }> } };

export type KnownChannelsFragment = { channels: { nodes: Array<{ id: string, name: string, isAnonymous: boolean, blockType: { name: string } }> } };

export type SentencePartFragment = { kind: NotificationSentencePartKind, text: string, stateType: StateType | null, stateName: string | null };

export type ShownPolicyFragment = { id: string, name: string | null, isActive: boolean, stateNames: Array<string>, stateTypes: Array<StateType>, tags: Array<string>, channelIds: Array<string>, lastSentAt: string | null, lastError: string | null, subjectTemplate: string | null, messageTemplate: string | null, groupBy: NotificationGrouping, groupWaitSeconds: number, repeatIntervalSeconds: number, maxPerWindow: number | null, windowSeconds: number, resolveOnCompletion: boolean, mutedUntil: string | null, created: string, updated: string, sentence: Array<{ kind: NotificationSentencePartKind, text: string, stateType: StateType | null, stateName: string | null }>, flows: Array<{ id: string, name: string }>, deployments: Array<{ id: string, name: string }>, lastSevenDays: Array<{ sent: number, failed: number }> };

export type NotificationPolicyEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type NotificationPolicyEventsSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string }>, gap: { reason: GapReason } | null } };

export type CreateNotificationPolicyMutationVariables = Exact<{
  input: CreateNotificationPolicyInput;
}>;


export type CreateNotificationPolicyMutation = { createNotificationPolicy: { notificationPolicy: { id: string } } };

export type UpdateNotificationPolicyMutationVariables = Exact<{
  input: UpdateNotificationPolicyInput;
}>;


export type UpdateNotificationPolicyMutation = { updateNotificationPolicy: { notificationPolicy: { id: string } } };

export type PauseNotificationPolicyMutationVariables = Exact<{
  id: string;
}>;


export type PauseNotificationPolicyMutation = { pauseNotificationPolicy: { notificationPolicy: { id: string } } };

export type ResumeNotificationPolicyMutationVariables = Exact<{
  id: string;
}>;


export type ResumeNotificationPolicyMutation = { resumeNotificationPolicy: { notificationPolicy: { id: string } } };

export type MuteNotificationPolicyMutationVariables = Exact<{
  id: string;
  until?: string | null | undefined;
}>;


export type MuteNotificationPolicyMutation = { muteNotificationPolicy: { notificationPolicy: { id: string } } };

export type DeleteNotificationPolicyMutationVariables = Exact<{
  id: string;
}>;


export type DeleteNotificationPolicyMutation = { deleteNotificationPolicy: { notificationPolicy: { id: string } } };

export type FindFlowsQueryVariables = Exact<{
  name: string;
}>;


export type FindFlowsQuery = { flows: { nodes: Array<{ id: string, name: string }> } };

export type FindDeploymentsQueryVariables = Exact<{
  name: string;
}>;


export type FindDeploymentsQuery = { deployments: { nodes: Array<{ id: string, name: string, flow: { name: string } }> } };

export type SeenTagsQueryVariables = Exact<{ [key: string]: never; }>;


export type SeenTagsQuery = { flowRuns: { nodes: Array<{ tags: Array<string> }> } };

export type SavedViewLineFragment = { id: string, list: ViewedList, name: string, query: string, isDefault: boolean };

export type SavedViewsQueryVariables = Exact<{
  list: ViewedList;
}>;


export type SavedViewsQuery = { server: { eventCursor: string }, savedViews: Array<{ id: string, list: ViewedList, name: string, query: string, isDefault: boolean }> };

export type SavedViewEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type SavedViewEventsSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string }>, gap: { reason: GapReason } | null } };

export type CreateSavedViewMutationVariables = Exact<{
  input: CreateSavedViewInput;
}>;


export type CreateSavedViewMutation = { createSavedView: { savedView: { id: string } } };

export type UpdateSavedViewMutationVariables = Exact<{
  input: UpdateSavedViewInput;
}>;


export type UpdateSavedViewMutation = { updateSavedView: { savedView: { id: string } } };

export type DeleteSavedViewMutationVariables = Exact<{
  id: string;
}>;


export type DeleteSavedViewMutation = { deleteSavedView: { savedView: { id: string } } };

export type ServerLinesFragment = { product: string, version: string, apiVersion: string, database: DatabaseKind, databaseLocation: string, startedAt: string, isAuthenticationRequired: boolean, isAnonymousAllowed: boolean, subscribers: number, openSockets: number, workspace: { id: string, slug: string, name: string }, apiUrls: Array<{ kind: ApiUrlKind, url: string, isReachable: boolean, reason: string }>, unknownRoutes: Array<{ method: string, path: string, count: number, lastAskedAt: string, userAgent: string | null }>, databaseFacts: { sizeBytes: number, revision: string, serverCount: number } | null, services: Array<{ name: string, every: number, lastTickAt: string | null, failure: string | null }>, retention: { runsDays: number, eventsDays: number, logsDays: number } };

export type ServerPageQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerPageQuery = { server: { product: string, version: string, apiVersion: string, database: DatabaseKind, databaseLocation: string, startedAt: string, isAuthenticationRequired: boolean, isAnonymousAllowed: boolean, subscribers: number, openSockets: number, workspace: { id: string, slug: string, name: string }, apiUrls: Array<{ kind: ApiUrlKind, url: string, isReachable: boolean, reason: string }>, unknownRoutes: Array<{ method: string, path: string, count: number, lastAskedAt: string, userAgent: string | null }>, databaseFacts: { sizeBytes: number, revision: string, serverCount: number } | null, services: Array<{ name: string, every: number, lastTickAt: string | null, failure: string | null }>, retention: { runsDays: number, eventsDays: number, logsDays: number } } };

export type ServerChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ServerChangedSubscription = { serverChanged: { product: string, version: string, apiVersion: string, database: DatabaseKind, databaseLocation: string, startedAt: string, isAuthenticationRequired: boolean, isAnonymousAllowed: boolean, subscribers: number, openSockets: number, workspace: { id: string, slug: string, name: string }, apiUrls: Array<{ kind: ApiUrlKind, url: string, isReachable: boolean, reason: string }>, unknownRoutes: Array<{ method: string, path: string, count: number, lastAskedAt: string, userAgent: string | null }>, databaseFacts: { sizeBytes: number, revision: string, serverCount: number } | null, services: Array<{ name: string, every: number, lastTickAt: string | null, failure: string | null }>, retention: { runsDays: number, eventsDays: number, logsDays: number } } };

export type ServerSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerSettingsQuery = { server: { settings: Array<{ name: string, peerName: string | null, description: string, isSecret: boolean, value: string | null, defaultValue: string | null, isChanged: boolean, source: string }> } };

export type TaskRunFactsFragment = { id: string, name: string, created: string, taskKey: string, taskVersion: string | null, dynamicKey: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, runCount: number, tags: Array<string>, cacheKey: string | null, cacheExpiration: string | null, taskInputs: unknown, parents: Array<{ id: string, name: string, stateType: StateType | null, stateName: string | null }>, whyNotRunning:
    | { __typename: 'Cancelling', since: string, by: string }
    | { __typename: 'Late', scheduledTime: string }
    | { __typename: 'Paused', since: string, until: string | null, by: string, keyset: unknown }
    | { __typename: 'PendingInfrastructure', since: string }
    | { __typename: 'PendingTask' }
    | { __typename: 'Resuming', since: string }
    | { __typename: 'Suspended', since: string, until: string | null, by: string, keyset: unknown }
    | { __typename: 'WaitingForFirstState', since: string }
    | { __typename: 'WaitingForFlowRun', until: string | null }
    | { __typename: 'WaitingForRetry', attempt: number, mostAttempts: number | null, retryAt: string }
    | { __typename: 'WaitingForTaskWorker', taskKey: string, since: string }
    | { __typename: 'WaitingForTime', scheduledTime: string }
   | null, flowRun: { id: string, name: string, flow: { name: string } } | null, subflowRun: { id: string, name: string } | null, states: Array<{ id: string, type: StateType, name: string, timestamp: string, message: string | null, actorName: string }> };

export type TaskRunDetailQueryVariables = Exact<{
  id: string;
}>;


export type TaskRunDetailQuery = { taskRuns: { eventCursor: string, nodes: Array<{ id: string, name: string, created: string, taskKey: string, taskVersion: string | null, dynamicKey: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, runCount: number, tags: Array<string>, cacheKey: string | null, cacheExpiration: string | null, taskInputs: unknown, parents: Array<{ id: string, name: string, stateType: StateType | null, stateName: string | null }>, whyNotRunning:
        | { __typename: 'Cancelling', since: string, by: string }
        | { __typename: 'Late', scheduledTime: string }
        | { __typename: 'Paused', since: string, until: string | null, by: string, keyset: unknown }
        | { __typename: 'PendingInfrastructure', since: string }
        | { __typename: 'PendingTask' }
        | { __typename: 'Resuming', since: string }
        | { __typename: 'Suspended', since: string, until: string | null, by: string, keyset: unknown }
        | { __typename: 'WaitingForFirstState', since: string }
        | { __typename: 'WaitingForFlowRun', until: string | null }
        | { __typename: 'WaitingForRetry', attempt: number, mostAttempts: number | null, retryAt: string }
        | { __typename: 'WaitingForTaskWorker', taskKey: string, since: string }
        | { __typename: 'WaitingForTime', scheduledTime: string }
       | null, flowRun: { id: string, name: string, flow: { name: string } } | null, subflowRun: { id: string, name: string } | null, states: Array<{ id: string, type: StateType, name: string, timestamp: string, message: string | null, actorName: string }> }> } };

export type TaskRunDetailChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type TaskRunDetailChangedSubscription = { taskRunStateChanged: { cursor: string, changes: Array<{ taskRun: { id: string } }>, gap: { reason: GapReason } | null } };

export type VariablesQueryVariables = Exact<{
  filter?: VariableFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type VariablesQuery = { variables: { eventCursor: string, nodes: Array<{ id: string, name: string, value: unknown, tags: Array<string>, updated: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { value: number, isExact: boolean } } };

export type VariableEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type VariableEventsSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string }>, gap: { reason: GapReason } | null } };

export type CreateVariableMutationVariables = Exact<{
  input: CreateVariableInput;
}>;


export type CreateVariableMutation = { createVariable: { variable: { id: string } } };

export type UpdateVariableMutationVariables = Exact<{
  input: UpdateVariableInput;
}>;


export type UpdateVariableMutation = { updateVariable: { variable: { id: string } } };

export type DeleteVariableMutationVariables = Exact<{
  input: DeleteVariableInput;
}>;


export type DeleteVariableMutation = { deleteVariable: { variable: { id: string } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FoundViewFragmentDoc = new TypedDocumentString(`
    fragment FoundView on SavedView {
  id
  list
  name
  query
}
    `, {"fragmentName":"FoundView"}) as unknown as TypedDocumentString<FoundViewFragment, unknown>;
export const FoundRunFragmentDoc = new TypedDocumentString(`
    fragment FoundRun on FlowRun {
  id
  name
  stateType
  stateName
  expectedStartTime
  startTime
  endTime
  flow {
    id
    name
  }
}
    `, {"fragmentName":"FoundRun"}) as unknown as TypedDocumentString<FoundRunFragment, unknown>;
export const FoundTaskRunFragmentDoc = new TypedDocumentString(`
    fragment FoundTaskRun on TaskRun {
  id
  name
  stateType
  stateName
  expectedStartTime
  startTime
  endTime
  flowRun {
    id
    name
  }
}
    `, {"fragmentName":"FoundTaskRun"}) as unknown as TypedDocumentString<FoundTaskRunFragment, unknown>;
export const ArtifactRowFragmentDoc = new TypedDocumentString(`
    fragment ArtifactRow on Artifact {
  id
  key
  type
  progress
  description
  smallData
  dataSize
  versionCount
  updated
  created
  flowRunId
  flowRun {
    id
    name
    flow {
      id
      name
    }
  }
}
    `, {"fragmentName":"ArtifactRow"}) as unknown as TypedDocumentString<ArtifactRowFragment, unknown>;
export const ArtifactWholeFragmentDoc = new TypedDocumentString(`
    fragment ArtifactWhole on Artifact {
  id
  key
  isLatest
  versionCount
  type
  description
  data
  dataSize
  metadata
  created
  updated
  flowRun {
    id
    name
    flow {
      id
      name
    }
  }
  taskRun {
    id
    name
  }
}
    `, {"fragmentName":"ArtifactWhole"}) as unknown as TypedDocumentString<ArtifactWholeFragment, unknown>;
export const DashboardRunFragmentDoc = new TypedDocumentString(`
    fragment DashboardRun on FlowRun {
  id
  name
  version
  stateType
  stateName
  tags
  startTime
  endTime
  totalRunTime
  expectedStartTime
  nextScheduledStartTime
  flow {
    id
    name
  }
  deployment {
    name
  }
}
    `, {"fragmentName":"DashboardRun"}) as unknown as TypedDocumentString<DashboardRunFragment, unknown>;
export const DashboardFrameFragmentDoc = new TypedDocumentString(`
    fragment DashboardFrame on Dashboard {
  start
  end
  bucketSize
  buckets {
    start
    counts {
      type
      count
    }
    lateCount
  }
  previous {
    counts {
      type
      count
    }
  }
  current {
    counts {
      type
      count
    }
    lateCount
  }
  taskRuns {
    counts {
      type
      count
    }
    previous {
      type
      count
    }
    current {
      type
      count
    }
    activity {
      bucketCount
      counts {
        bucket
        type
        count
      }
    }
  }
  averageLateness
  failingFlows {
    flow {
      id
      name
    }
    failedCount
    crashedCount
    activity {
      bucketCount
      counts {
        bucket
        type
        count
      }
    }
    newestFailure {
      id
      name
      stateType
      stateName
      state {
        message
      }
    }
  }
  running {
    ...DashboardRun
  }
  usualDurations {
    flowId
    duration
  }
  upcoming {
    ...DashboardRun
  }
  newest {
    ...DashboardRun
  }
}
    fragment DashboardRun on FlowRun {
  id
  name
  version
  stateType
  stateName
  tags
  startTime
  endTime
  totalRunTime
  expectedStartTime
  nextScheduledStartTime
  flow {
    id
    name
  }
  deployment {
    name
  }
}`, {"fragmentName":"DashboardFrame"}) as unknown as TypedDocumentString<DashboardFrameFragment, unknown>;
export const DashboardEventFragmentDoc = new TypedDocumentString(`
    fragment DashboardEvent on Event {
  id
  event
  occurred
  resource
}
    `, {"fragmentName":"DashboardEvent"}) as unknown as TypedDocumentString<DashboardEventFragment, unknown>;
export const EventRowFragmentDoc = new TypedDocumentString(`
    fragment EventRow on Event {
  id
  event
  occurred
  resource
  related
}
    `, {"fragmentName":"EventRow"}) as unknown as TypedDocumentString<EventRowFragment, unknown>;
export const LogLineFragmentDoc = new TypedDocumentString(`
    fragment LogLine on Log {
  id
  name
  level
  message
  timestamp
  taskRunId
  cursor
}
    `, {"fragmentName":"LogLine"}) as unknown as TypedDocumentString<LogLineFragment, unknown>;
export const RunTaskFragmentDoc = new TypedDocumentString(`
    fragment RunTask on RunGraphNode {
  id
  name
  taskKey
  subflowRunId
  stateType
  stateName
  stateTimestamp
  runCount
  startTime
  endTime
  totalRunTime
  parents
  attempts {
    start
    end
    endType
    endName
  }
}
    `, {"fragmentName":"RunTask"}) as unknown as TypedDocumentString<RunTaskFragment, unknown>;
export const RunTasksPartFragmentDoc = new TypedDocumentString(`
    fragment RunTasksPart on RunGraph {
  isWhole
  endCursor
  totalCount
  stateCounts {
    type
    count
  }
  nodes {
    ...RunTask
  }
}
    fragment RunTask on RunGraphNode {
  id
  name
  taskKey
  subflowRunId
  stateType
  stateName
  stateTimestamp
  runCount
  startTime
  endTime
  totalRunTime
  parents
  attempts {
    start
    end
    endType
    endName
  }
}`, {"fragmentName":"RunTasksPart"}) as unknown as TypedDocumentString<RunTasksPartFragment, unknown>;
export const RunArtifactFragmentDoc = new TypedDocumentString(`
    fragment RunArtifact on Artifact {
  id
  key
  type
  description
  data
  taskRunId
  created
}
    `, {"fragmentName":"RunArtifact"}) as unknown as TypedDocumentString<RunArtifactFragment, unknown>;
export const FlowRunRowFragmentDoc = new TypedDocumentString(`
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
    `, {"fragmentName":"FlowRunRow"}) as unknown as TypedDocumentString<FlowRunRowFragment, unknown>;
export const WhyFragmentDoc = new TypedDocumentString(`
    fragment Why on WhyNotRunning {
  __typename
  ... on WaitingForFirstState {
    since
  }
  ... on WaitingForTime {
    scheduledTime
  }
  ... on Late {
    scheduledTime
  }
  ... on WaitingForRetry {
    attempt
    mostAttempts
    retryAt: until
  }
  ... on WaitingForTaskWorker {
    taskKey
    since
  }
  ... on Resuming {
    since
  }
  ... on PendingInfrastructure {
    since
  }
  ... on WaitingForFlowRun {
    until
  }
  ... on Paused {
    since
    until
    by
    keyset
  }
  ... on Suspended {
    since
    until
    by
    keyset
  }
  ... on Cancelling {
    since
    by
  }
}
    `, {"fragmentName":"Why"}) as unknown as TypedDocumentString<WhyFragment, unknown>;
export const RunStateFragmentDoc = new TypedDocumentString(`
    fragment RunState on State {
  id
  type
  name
  timestamp
  message
  actorName
}
    `, {"fragmentName":"RunState"}) as unknown as TypedDocumentString<RunStateFragment, unknown>;
export const FlowRunFactsFragmentDoc = new TypedDocumentString(`
    fragment FlowRunFacts on FlowRun {
  ...FlowRunRow
  created
  flowVersion
  deployment {
    id
    name
  }
  runCount
  parentTaskRunId
  parameters
  labels
  idempotencyKey
  whyNotRunning {
    ...Why
  }
  states {
    ...RunState
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
fragment RunState on State {
  id
  type
  name
  timestamp
  message
  actorName
}
fragment Why on WhyNotRunning {
  __typename
  ... on WaitingForFirstState {
    since
  }
  ... on WaitingForTime {
    scheduledTime
  }
  ... on Late {
    scheduledTime
  }
  ... on WaitingForRetry {
    attempt
    mostAttempts
    retryAt: until
  }
  ... on WaitingForTaskWorker {
    taskKey
    since
  }
  ... on Resuming {
    since
  }
  ... on PendingInfrastructure {
    since
  }
  ... on WaitingForFlowRun {
    until
  }
  ... on Paused {
    since
    until
    by
    keyset
  }
  ... on Suspended {
    since
    until
    by
    keyset
  }
  ... on Cancelling {
    since
    by
  }
}`, {"fragmentName":"FlowRunFacts"}) as unknown as TypedDocumentString<FlowRunFactsFragment, unknown>;
export const RunActionOutcomeFragmentDoc = new TypedDocumentString(`
    fragment RunActionOutcome on FlowRunActionPayload {
  refusals {
    reason
  }
  results {
    status
    reason
    caveat
  }
}
    `, {"fragmentName":"RunActionOutcome"}) as unknown as TypedDocumentString<RunActionOutcomeFragment, unknown>;
export const ListedFlowRunFragmentDoc = new TypedDocumentString(`
    fragment ListedFlowRun on FlowRun {
  ...FlowRunRow
  runCount
  state {
    message
  }
  deployment {
    id
    name
  }
  parameters @include(if: $withParameters)
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}`, {"fragmentName":"ListedFlowRun"}) as unknown as TypedDocumentString<ListedFlowRunFragment, unknown>;
export const DurationPointFragmentDoc = new TypedDocumentString(`
    fragment DurationPoint on FlowRunDuration {
  id
  name
  flowName
  version
  stateType
  stateName
  startTime
  duration
}
    `, {"fragmentName":"DurationPoint"}) as unknown as TypedDocumentString<DurationPointFragment, unknown>;
export const FlowRunActionAnswerFragmentDoc = new TypedDocumentString(`
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}
    `, {"fragmentName":"FlowRunActionAnswer"}) as unknown as TypedDocumentString<FlowRunActionAnswerFragment, unknown>;
export const FlowRunPointFragmentDoc = new TypedDocumentString(`
    fragment FlowRunPoint on FlowRunDuration {
  id
  name
  stateType
  startTime
  duration
}
    `, {"fragmentName":"FlowRunPoint"}) as unknown as TypedDocumentString<FlowRunPointFragment, unknown>;
export const FlowActivityFragmentDoc = new TypedDocumentString(`
    fragment FlowActivity on FlowActivity {
  counts {
    bucket
    type
    count
  }
  runningCount
  eventCursor
}
    `, {"fragmentName":"FlowActivity"}) as unknown as TypedDocumentString<FlowActivityFragment, unknown>;
export const FlowLastRunFragmentDoc = new TypedDocumentString(`
    fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}
    `, {"fragmentName":"FlowLastRun"}) as unknown as TypedDocumentString<FlowLastRunFragment, unknown>;
export const FlowRowFragmentDoc = new TypedDocumentString(`
    fragment FlowRow on Flow {
  id
  name
  tags
  activity(start: $start, end: $end, bucketSize: $bucketSize) {
    ...FlowActivity
  }
  lastRun {
    ...FlowLastRun
  }
}
    fragment FlowActivity on FlowActivity {
  counts {
    bucket
    type
    count
  }
  runningCount
  eventCursor
}
fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}`, {"fragmentName":"FlowRow"}) as unknown as TypedDocumentString<FlowRowFragment, unknown>;
export const FlowRunChangeFragmentDoc = new TypedDocumentString(`
    fragment FlowRunChange on FlowRunStateChange {
  flowRun {
    ...FlowLastRun
  }
  state {
    type
  }
  previousState {
    type
  }
}
    fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}`, {"fragmentName":"FlowRunChange"}) as unknown as TypedDocumentString<FlowRunChangeFragment, unknown>;
export const DeliveryRowFragmentDoc = new TypedDocumentString(`
    fragment DeliveryRow on NotificationDelivery {
  id
  policyId
  kind
  status
  flowRunId
  flowRunName
  flowName
  runCount
  channelId
  attemptCount
  attempts {
    outcome
  }
  reason
  lastError
  nextAttemptAt
  created
  settledAt
}
    `, {"fragmentName":"DeliveryRow"}) as unknown as TypedDocumentString<DeliveryRowFragment, unknown>;
export const KnownChannelsFragmentDoc = new TypedDocumentString(`
    fragment KnownChannels on Query {
  channels: blockDocuments(filter: { capabilities: ["notify"] }, first: 200) {
    nodes {
      id
      name
      isAnonymous
      blockType {
        name
      }
    }
  }
}
    `, {"fragmentName":"KnownChannels"}) as unknown as TypedDocumentString<KnownChannelsFragment, unknown>;
export const SentencePartFragmentDoc = new TypedDocumentString(`
    fragment SentencePart on NotificationSentencePart {
  kind
  text
  stateType
  stateName
}
    `, {"fragmentName":"SentencePart"}) as unknown as TypedDocumentString<SentencePartFragment, unknown>;
export const ShownPolicyFragmentDoc = new TypedDocumentString(`
    fragment ShownPolicy on NotificationPolicy {
  id
  name
  sentence {
    ...SentencePart
  }
  isActive
  stateNames
  stateTypes
  tags
  flows {
    id
    name
  }
  deployments {
    id
    name
  }
  channelIds
  lastSentAt
  lastError
  lastSevenDays {
    sent
    failed
  }
  subjectTemplate
  messageTemplate
  groupBy
  groupWaitSeconds
  repeatIntervalSeconds
  maxPerWindow
  windowSeconds
  resolveOnCompletion
  mutedUntil
  created
  updated
}
    fragment SentencePart on NotificationSentencePart {
  kind
  text
  stateType
  stateName
}`, {"fragmentName":"ShownPolicy"}) as unknown as TypedDocumentString<ShownPolicyFragment, unknown>;
export const SavedViewLineFragmentDoc = new TypedDocumentString(`
    fragment SavedViewLine on SavedView {
  id
  list
  name
  query
  isDefault
}
    `, {"fragmentName":"SavedViewLine"}) as unknown as TypedDocumentString<SavedViewLineFragment, unknown>;
export const ServerLinesFragmentDoc = new TypedDocumentString(`
    fragment ServerLines on Server {
  product
  version
  apiVersion
  database
  databaseLocation
  startedAt
  workspace {
    id
    slug
    name
  }
  isAuthenticationRequired
  isAnonymousAllowed
  apiUrls {
    kind
    url
    isReachable
    reason
  }
  unknownRoutes {
    method
    path
    count
    lastAskedAt
    userAgent
  }
  subscribers
  openSockets
  databaseFacts {
    sizeBytes
    revision
    serverCount
  }
  services {
    name
    every
    lastTickAt
    failure
  }
  retention {
    runsDays
    eventsDays
    logsDays
  }
}
    `, {"fragmentName":"ServerLines"}) as unknown as TypedDocumentString<ServerLinesFragment, unknown>;
export const TaskRunFactsFragmentDoc = new TypedDocumentString(`
    fragment TaskRunFacts on TaskRun {
  id
  name
  created
  taskKey
  taskVersion
  dynamicKey
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  runCount
  tags
  cacheKey
  cacheExpiration
  parents {
    id
    name
    stateType
    stateName
  }
  taskInputs
  whyNotRunning {
    ...Why
  }
  flowRun {
    id
    name
    flow {
      name
    }
  }
  subflowRun {
    id
    name
  }
  states {
    ...RunState
  }
}
    fragment RunState on State {
  id
  type
  name
  timestamp
  message
  actorName
}
fragment Why on WhyNotRunning {
  __typename
  ... on WaitingForFirstState {
    since
  }
  ... on WaitingForTime {
    scheduledTime
  }
  ... on Late {
    scheduledTime
  }
  ... on WaitingForRetry {
    attempt
    mostAttempts
    retryAt: until
  }
  ... on WaitingForTaskWorker {
    taskKey
    since
  }
  ... on Resuming {
    since
  }
  ... on PendingInfrastructure {
    since
  }
  ... on WaitingForFlowRun {
    until
  }
  ... on Paused {
    since
    until
    by
    keyset
  }
  ... on Suspended {
    since
    until
    by
    keyset
  }
  ... on Cancelling {
    since
    by
  }
}`, {"fragmentName":"TaskRunFacts"}) as unknown as TypedDocumentString<TaskRunFactsFragment, unknown>;
export const BellDocument = new TypedDocumentString(`
    query Bell {
  failed: notificationDeliveries(filter: { statuses: [DEAD] }, first: 50) {
    nodes {
      id
      settledAt
    }
    eventCursor
  }
  sent: notificationDeliveries(filter: { statuses: [DELIVERED] }, first: 100) {
    nodes {
      id
      settledAt
    }
  }
}
    `) as unknown as TypedDocumentString<BellQuery, BellQueryVariables>;
export const BellRingsDocument = new TypedDocumentString(`
    subscription BellRings($after: Cursor) {
  notificationDeliveryChanged(
    filter: { statuses: [DEAD, DELIVERED] }
    after: $after
  ) {
    cursor
    changes {
      notificationDelivery {
        id
        status
        settledAt
      }
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<BellRingsSubscription, BellRingsSubscriptionVariables>;
export const LiveCountsDocument = new TypedDocumentString(`
    query LiveCounts {
  liveCounts {
    runningFlowRunCount
    failingPolicyCount
    eventCursor
  }
}
    `) as unknown as TypedDocumentString<LiveCountsQuery, LiveCountsQueryVariables>;
export const LiveCountsChangedDocument = new TypedDocumentString(`
    subscription LiveCountsChanged($after: Cursor) {
  liveCountsChanged(after: $after) {
    cursor
    liveCounts {
      runningFlowRunCount
      failingPolicyCount
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<LiveCountsChangedSubscription, LiveCountsChangedSubscriptionVariables>;
export const PaletteSearchDocument = new TypedDocumentString(`
    query PaletteSearch($runs: FlowRunFilter!, $flows: FlowFilter!) {
  flowRuns(first: 6, filter: $runs, orderBy: EXPECTED_START_TIME_DESC) {
    nodes {
      ...FoundRun
    }
  }
  flows(first: 4, filter: $flows) {
    nodes {
      id
      name
    }
  }
  runViews: savedViews(list: FLOW_RUNS) {
    ...FoundView
  }
  eventViews: savedViews(list: EVENTS) {
    ...FoundView
  }
}
    fragment FoundView on SavedView {
  id
  list
  name
  query
}
fragment FoundRun on FlowRun {
  id
  name
  stateType
  stateName
  expectedStartTime
  startTime
  endTime
  flow {
    id
    name
  }
}`) as unknown as TypedDocumentString<PaletteSearchQuery, PaletteSearchQueryVariables>;
export const PaletteIdsDocument = new TypedDocumentString(`
    query PaletteIds($idPrefix: String!) {
  flowRuns(
    first: 6
    filter: { idPrefix: $idPrefix }
    orderBy: EXPECTED_START_TIME_DESC
  ) {
    nodes {
      ...FoundRun
    }
  }
  taskRuns(
    first: 6
    filter: { idPrefix: $idPrefix }
    orderBy: EXPECTED_START_TIME_DESC
  ) {
    nodes {
      ...FoundTaskRun
    }
  }
  flows(first: 4, filter: { idPrefix: $idPrefix }) {
    nodes {
      id
      name
    }
  }
}
    fragment FoundRun on FlowRun {
  id
  name
  stateType
  stateName
  expectedStartTime
  startTime
  endTime
  flow {
    id
    name
  }
}
fragment FoundTaskRun on TaskRun {
  id
  name
  stateType
  stateName
  expectedStartTime
  startTime
  endTime
  flowRun {
    id
    name
  }
}`) as unknown as TypedDocumentString<PaletteIdsQuery, PaletteIdsQueryVariables>;
export const PaletteRunsOfFlowsDocument = new TypedDocumentString(`
    query PaletteRunsOfFlows($flowIds: [UUID!]!) {
  flowRuns(
    first: 4
    filter: { flowIds: $flowIds }
    orderBy: EXPECTED_START_TIME_DESC
  ) {
    nodes {
      ...FoundRun
    }
  }
}
    fragment FoundRun on FlowRun {
  id
  name
  stateType
  stateName
  expectedStartTime
  startTime
  endTime
  flow {
    id
    name
  }
}`) as unknown as TypedDocumentString<PaletteRunsOfFlowsQuery, PaletteRunsOfFlowsQueryVariables>;
export const ServerFactsDocument = new TypedDocumentString(`
    query ServerFacts {
  server {
    product
    version
    now
    startedAt
    database
    isAnonymousAllowed
    workspace {
      id
      slug
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ServerFactsQuery, ServerFactsQueryVariables>;
export const ArtifactsDocument = new TypedDocumentString(`
    query Artifacts($filter: ArtifactFilter, $first: Int!, $after: Cursor) {
  artifacts(filter: $filter, orderBy: UPDATED_DESC, first: $first, after: $after) {
    nodes {
      ...ArtifactRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount {
      value
      isExact
    }
    eventCursor
  }
}
    fragment ArtifactRow on Artifact {
  id
  key
  type
  progress
  description
  smallData
  dataSize
  versionCount
  updated
  created
  flowRunId
  flowRun {
    id
    name
    flow {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<ArtifactsQuery, ArtifactsQueryVariables>;
export const ArtifactChangesDocument = new TypedDocumentString(`
    subscription ArtifactChanges($filter: ArtifactFilter, $after: Cursor) {
  artifactChanged(filter: $filter, after: $after, delivery: LATEST_PER_OBJECT) {
    cursor
    changes {
      kind
      artifactId
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<ArtifactChangesSubscription, ArtifactChangesSubscriptionVariables>;
export const ArtifactVersionsDocument = new TypedDocumentString(`
    query ArtifactVersions($key: String!, $first: Int!) {
  artifacts(filter: { keys: [$key] }, first: $first) {
    nodes {
      id
      isLatest
      type
      created
      dataSize
      flowRun {
        id
        name
      }
    }
    totalCount {
      value
      isExact
    }
    eventCursor
  }
}
    `) as unknown as TypedDocumentString<ArtifactVersionsQuery, ArtifactVersionsQueryVariables>;
export const WholeArtifactDocument = new TypedDocumentString(`
    query WholeArtifact($id: UUID!) {
  artifacts(filter: { ids: [$id] }, first: 1) {
    nodes {
      ...ArtifactWhole
    }
    eventCursor
  }
}
    fragment ArtifactWhole on Artifact {
  id
  key
  isLatest
  versionCount
  type
  description
  data
  dataSize
  metadata
  created
  updated
  flowRun {
    id
    name
    flow {
      id
      name
    }
  }
  taskRun {
    id
    name
  }
}`) as unknown as TypedDocumentString<WholeArtifactQuery, WholeArtifactQueryVariables>;
export const DeleteArtifactDocument = new TypedDocumentString(`
    mutation DeleteArtifact($id: UUID!) {
  deleteArtifact(input: { id: $id }) {
    artifact {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteArtifactMutation, DeleteArtifactMutationVariables>;
export const BlockDocumentsDocument = new TypedDocumentString(`
    query BlockDocuments($filter: BlockDocumentFilter, $first: Int!, $after: Cursor) {
  blockDocuments(
    filter: $filter
    first: $first
    after: $after
    orderBy: BLOCK_TYPE_AND_NAME_ASC
  ) {
    nodes {
      id
      name
      updated
      blockType {
        name
        slug
      }
      blockSchema {
        capabilities
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount {
      value
      isExact
    }
    eventCursor
  }
  blockCapabilities
}
    `) as unknown as TypedDocumentString<BlockDocumentsQuery, BlockDocumentsQueryVariables>;
export const BlockCatalogDocument = new TypedDocumentString(`
    query BlockCatalog {
  blockCapabilities
  blockTypes(first: 200) {
    nodes {
      id
      name
      slug
      description
      capabilities
      documentCount
    }
  }
}
    `) as unknown as TypedDocumentString<BlockCatalogQuery, BlockCatalogQueryVariables>;
export const BlockTypeToFillDocument = new TypedDocumentString(`
    query BlockTypeToFill($slug: String!) {
  blockType(slug: $slug) {
    id
    name
    slug
    description
    documentationUrl
    capabilities
    schema {
      id
      fields
    }
  }
}
    `) as unknown as TypedDocumentString<BlockTypeToFillQuery, BlockTypeToFillQueryVariables>;
export const BlockDocumentsOfTypeDocument = new TypedDocumentString(`
    query BlockDocumentsOfType($slug: String!) {
  blockDocuments(
    filter: { blockTypeSlugs: [$slug], isAnonymous: false }
    first: 200
  ) {
    nodes {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<BlockDocumentsOfTypeQuery, BlockDocumentsOfTypeQueryVariables>;
export const BlockDocument = new TypedDocumentString(`
    query Block($id: UUID!) {
  blockDocument(id: $id) {
    id
    name
    isAnonymous
    data
    created
    updated
    blockType {
      name
      slug
      description
      documentationUrl
    }
    blockSchema {
      id
      fields
      capabilities
    }
    usedBy {
      field
      documentId
      name
      blockTypeName
    }
  }
  notificationPolicies(filter: { channelIds: [$id] }, first: 50) {
    nodes {
      id
      sentence {
        text
      }
    }
    eventCursor
  }
}
    `) as unknown as TypedDocumentString<BlockQuery, BlockQueryVariables>;
export const BlockEventsDocument = new TypedDocumentString(`
    subscription BlockEvents($after: Cursor) {
  eventOccurred(
    filter: { resourceIdPrefixes: ["prefect.block-document.", "prefect.block-type."] }
    after: $after
  ) {
    cursor
    events {
      id
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<BlockEventsSubscription, BlockEventsSubscriptionVariables>;
export const CreateBlockDocument = new TypedDocumentString(`
    mutation CreateBlock($input: CreateBlockDocumentInput!) {
  createBlockDocument(input: $input) {
    blockDocument {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<CreateBlockMutation, CreateBlockMutationVariables>;
export const UpdateBlockDocument = new TypedDocumentString(`
    mutation UpdateBlock($input: UpdateBlockDocumentInput!) {
  updateBlockDocument(input: $input) {
    blockDocument {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateBlockMutation, UpdateBlockMutationVariables>;
export const DeleteBlockDocument = new TypedDocumentString(`
    mutation DeleteBlock($id: UUID!) {
  deleteBlockDocument(input: { id: $id }) {
    blockDocument {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteBlockMutation, DeleteBlockMutationVariables>;
export const DashboardDocument = new TypedDocumentString(`
    query Dashboard($start: DateTime!, $end: DateTime!, $bucketSize: Duration!, $filter: FlowRunCountFilter, $most: Int!, $events: EventFilter, $firstEvents: Int!) {
  dashboard(
    start: $start
    end: $end
    bucketSize: $bucketSize
    filter: $filter
    most: $most
  ) {
    ...DashboardFrame
    eventCursor
  }
  events(first: $firstEvents, filter: $events) {
    nodes {
      ...DashboardEvent
    }
    eventCursor
  }
}
    fragment DashboardRun on FlowRun {
  id
  name
  version
  stateType
  stateName
  tags
  startTime
  endTime
  totalRunTime
  expectedStartTime
  nextScheduledStartTime
  flow {
    id
    name
  }
  deployment {
    name
  }
}
fragment DashboardFrame on Dashboard {
  start
  end
  bucketSize
  buckets {
    start
    counts {
      type
      count
    }
    lateCount
  }
  previous {
    counts {
      type
      count
    }
  }
  current {
    counts {
      type
      count
    }
    lateCount
  }
  taskRuns {
    counts {
      type
      count
    }
    previous {
      type
      count
    }
    current {
      type
      count
    }
    activity {
      bucketCount
      counts {
        bucket
        type
        count
      }
    }
  }
  averageLateness
  failingFlows {
    flow {
      id
      name
    }
    failedCount
    crashedCount
    activity {
      bucketCount
      counts {
        bucket
        type
        count
      }
    }
    newestFailure {
      id
      name
      stateType
      stateName
      state {
        message
      }
    }
  }
  running {
    ...DashboardRun
  }
  usualDurations {
    flowId
    duration
  }
  upcoming {
    ...DashboardRun
  }
  newest {
    ...DashboardRun
  }
}
fragment DashboardEvent on Event {
  id
  event
  occurred
  resource
}`) as unknown as TypedDocumentString<DashboardQuery, DashboardQueryVariables>;
export const DashboardChangedDocument = new TypedDocumentString(`
    subscription DashboardChanged($start: DateTime!, $end: DateTime!, $bucketSize: Duration!, $filter: FlowRunCountFilter, $most: Int!, $after: Cursor) {
  dashboardChanged(
    start: $start
    end: $end
    bucketSize: $bucketSize
    filter: $filter
    most: $most
    after: $after
  ) {
    cursor
    dashboard {
      ...DashboardFrame
    }
    gap {
      reason
    }
  }
}
    fragment DashboardRun on FlowRun {
  id
  name
  version
  stateType
  stateName
  tags
  startTime
  endTime
  totalRunTime
  expectedStartTime
  nextScheduledStartTime
  flow {
    id
    name
  }
  deployment {
    name
  }
}
fragment DashboardFrame on Dashboard {
  start
  end
  bucketSize
  buckets {
    start
    counts {
      type
      count
    }
    lateCount
  }
  previous {
    counts {
      type
      count
    }
  }
  current {
    counts {
      type
      count
    }
    lateCount
  }
  taskRuns {
    counts {
      type
      count
    }
    previous {
      type
      count
    }
    current {
      type
      count
    }
    activity {
      bucketCount
      counts {
        bucket
        type
        count
      }
    }
  }
  averageLateness
  failingFlows {
    flow {
      id
      name
    }
    failedCount
    crashedCount
    activity {
      bucketCount
      counts {
        bucket
        type
        count
      }
    }
    newestFailure {
      id
      name
      stateType
      stateName
      state {
        message
      }
    }
  }
  running {
    ...DashboardRun
  }
  usualDurations {
    flowId
    duration
  }
  upcoming {
    ...DashboardRun
  }
  newest {
    ...DashboardRun
  }
}`) as unknown as TypedDocumentString<DashboardChangedSubscription, DashboardChangedSubscriptionVariables>;
export const DashboardEventsDocument = new TypedDocumentString(`
    subscription DashboardEvents($events: EventFilter, $after: Cursor) {
  eventOccurred(filter: $events, after: $after, delivery: LATEST_PER_OBJECT) {
    cursor
    events {
      ...DashboardEvent
    }
    gap {
      reason
    }
  }
}
    fragment DashboardEvent on Event {
  id
  event
  occurred
  resource
}`) as unknown as TypedDocumentString<DashboardEventsSubscription, DashboardEventsSubscriptionVariables>;
export const FirstRunDocument = new TypedDocumentString(`
    query FirstRun {
  server {
    version
    startedAt
    now
    database
    apiUrls {
      kind
      url
      isReachable
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<FirstRunQuery, FirstRunQueryVariables>;
export const EventHistoryDocument = new TypedDocumentString(`
    query EventHistory($start: DateTime!, $spanSize: Duration!, $spanCount: Int!, $filter: EventFilter) {
  eventHistory(
    start: $start
    spanSize: $spanSize
    spanCount: $spanCount
    filter: $filter
  ) {
    counts
    eventCursor
  }
}
    `) as unknown as TypedDocumentString<EventHistoryQuery, EventHistoryQueryVariables>;
export const EventsDocument = new TypedDocumentString(`
    query Events($first: Int!, $after: Cursor, $filter: EventFilter) {
  events(first: $first, after: $after, filter: $filter) {
    nodes {
      ...EventRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    eventCursor
  }
}
    fragment EventRow on Event {
  id
  event
  occurred
  resource
  related
}`) as unknown as TypedDocumentString<EventsQuery, EventsQueryVariables>;
export const EventDocument = new TypedDocumentString(`
    query Event($id: UUID!) {
  events(first: 1, filter: { ids: [$id] }) {
    nodes {
      ...EventRow
    }
  }
}
    fragment EventRow on Event {
  id
  event
  occurred
  resource
  related
}`) as unknown as TypedDocumentString<EventQuery, EventQueryVariables>;
export const EventDetailDocument = new TypedDocumentString(`
    query EventDetail($id: UUID!) {
  events(first: 1, filter: { ids: [$id] }) {
    nodes {
      id
      received
      payload
      follows
    }
  }
}
    `) as unknown as TypedDocumentString<EventDetailQuery, EventDetailQueryVariables>;
export const EventsOccurredDocument = new TypedDocumentString(`
    subscription EventsOccurred($filter: EventFilter, $after: Cursor) {
  eventOccurred(filter: $filter, after: $after) {
    cursor
    events {
      ...EventRow
    }
    gap {
      reason
    }
  }
}
    fragment EventRow on Event {
  id
  event
  occurred
  resource
  related
}`) as unknown as TypedDocumentString<EventsOccurredSubscription, EventsOccurredSubscriptionVariables>;
export const LogOutlineDocument = new TypedDocumentString(`
    query LogOutline($flowRunId: UUID, $taskRunId: UUID, $names: [String!]) {
  logOutline(flowRunId: $flowRunId, taskRunId: $taskRunId, names: $names) {
    pieces {
      after
      start
      counts {
        debug
        info
        warning
        error
        critical
      }
    }
    end {
      ...LogLine
    }
    logCursor
  }
}
    fragment LogLine on Log {
  id
  name
  level
  message
  timestamp
  taskRunId
  cursor
}`) as unknown as TypedDocumentString<LogOutlineQuery, LogOutlineQueryVariables>;
export const LogLinesDocument = new TypedDocumentString(`
    query LogLines($filter: LogFilter!, $first: Int!, $after: Cursor) {
  logs(first: $first, after: $after, filter: $filter) {
    nodes {
      ...LogLine
    }
  }
}
    fragment LogLine on Log {
  id
  name
  level
  message
  timestamp
  taskRunId
  cursor
}`) as unknown as TypedDocumentString<LogLinesQuery, LogLinesQueryVariables>;
export const LogEndDocument = new TypedDocumentString(`
    query LogEnd($filter: LogFilter!, $first: Int!) {
  logs(first: $first, filter: $filter, orderBy: TIMESTAMP_DESC) {
    nodes {
      ...LogLine
    }
  }
}
    fragment LogLine on Log {
  id
  name
  level
  message
  timestamp
  taskRunId
  cursor
}`) as unknown as TypedDocumentString<LogEndQuery, LogEndQueryVariables>;
export const LogMatchesDocument = new TypedDocumentString(`
    query LogMatches($flowRunId: UUID, $taskRunId: UUID, $names: [String!], $textContains: String!, $levelAtLeast: Int) {
  logMatches(
    flowRunId: $flowRunId
    taskRunId: $taskRunId
    names: $names
    textContains: $textContains
    levelAtLeast: $levelAtLeast
  ) {
    lineCount
    count
    numbers
  }
}
    `) as unknown as TypedDocumentString<LogMatchesQuery, LogMatchesQueryVariables>;
export const LogFacetsDocument = new TypedDocumentString(`
    query LogFacets($flowRunId: UUID!) {
  logFacets(flowRunId: $flowRunId) {
    loggers {
      name
      count
    }
    taskRuns {
      taskRunId
      count
    }
  }
}
    `) as unknown as TypedDocumentString<LogFacetsQuery, LogFacetsQueryVariables>;
export const LogLineNumberDocument = new TypedDocumentString(`
    query LogLineNumber($flowRunId: UUID!, $line: Cursor!) {
  logLineNumber(flowRunId: $flowRunId, line: $line)
}
    `) as unknown as TypedDocumentString<LogLineNumberQuery, LogLineNumberQueryVariables>;
export const LogAppendedDocument = new TypedDocumentString(`
    subscription LogAppended($filter: LogFilter!, $after: Cursor) {
  logAppended(filter: $filter, after: $after) {
    cursor
    logs {
      ...LogLine
    }
    gap {
      reason
    }
  }
}
    fragment LogLine on Log {
  id
  name
  level
  message
  timestamp
  taskRunId
  cursor
}`) as unknown as TypedDocumentString<LogAppendedSubscription, LogAppendedSubscriptionVariables>;
export const FlowRunTasksDocument = new TypedDocumentString(`
    query FlowRunTasks($id: UUID!, $most: Int!) {
  server {
    eventCursor
  }
  flowRunGraph(flowRunId: $id, most: $most) {
    ...RunTasksPart
  }
  artifacts(first: 50, filter: { flowRunIds: [$id] }, orderBy: CREATED_ASC) {
    nodes {
      ...RunArtifact
    }
    pageInfo {
      endCursor
      hasNextPage
    }
    totalCount {
      value
      isExact
    }
  }
}
    fragment RunTask on RunGraphNode {
  id
  name
  taskKey
  subflowRunId
  stateType
  stateName
  stateTimestamp
  runCount
  startTime
  endTime
  totalRunTime
  parents
  attempts {
    start
    end
    endType
    endName
  }
}
fragment RunTasksPart on RunGraph {
  isWhole
  endCursor
  totalCount
  stateCounts {
    type
    count
  }
  nodes {
    ...RunTask
  }
}
fragment RunArtifact on Artifact {
  id
  key
  type
  description
  data
  taskRunId
  created
}`) as unknown as TypedDocumentString<FlowRunTasksQuery, FlowRunTasksQueryVariables>;
export const FlowRunTasksPartDocument = new TypedDocumentString(`
    query FlowRunTasksPart($id: UUID!, $most: Int!, $after: Cursor) {
  flowRunGraph(flowRunId: $id, most: $most, after: $after) {
    ...RunTasksPart
  }
}
    fragment RunTask on RunGraphNode {
  id
  name
  taskKey
  subflowRunId
  stateType
  stateName
  stateTimestamp
  runCount
  startTime
  endTime
  totalRunTime
  parents
  attempts {
    start
    end
    endType
    endName
  }
}
fragment RunTasksPart on RunGraph {
  isWhole
  endCursor
  totalCount
  stateCounts {
    type
    count
  }
  nodes {
    ...RunTask
  }
}`) as unknown as TypedDocumentString<FlowRunTasksPartQuery, FlowRunTasksPartQueryVariables>;
export const FlowRunTaskCountsDocument = new TypedDocumentString(`
    query FlowRunTaskCounts($id: UUID!) {
  flowRun(id: $id) {
    taskRunStateCounts {
      type
      count
    }
  }
}
    `) as unknown as TypedDocumentString<FlowRunTaskCountsQuery, FlowRunTaskCountsQueryVariables>;
export const FlowRunArtifactsDocument = new TypedDocumentString(`
    query FlowRunArtifacts($id: UUID!, $after: Cursor) {
  artifacts(
    first: 50
    after: $after
    filter: { flowRunIds: [$id] }
    orderBy: CREATED_ASC
  ) {
    nodes {
      ...RunArtifact
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment RunArtifact on Artifact {
  id
  key
  type
  description
  data
  taskRunId
  created
}`) as unknown as TypedDocumentString<FlowRunArtifactsQuery, FlowRunArtifactsQueryVariables>;
export const FlowRunTaskRowsDocument = new TypedDocumentString(`
    query FlowRunTaskRows($filter: TaskRunFilter!, $first: Int!, $after: Cursor, $withCount: Boolean!) {
  taskRuns(
    first: $first
    after: $after
    filter: $filter
    orderBy: EXPECTED_START_TIME_ASC
  ) {
    nodes {
      id
      name
      stateType
      stateName
      stateTimestamp
      runCount
      startTime
      endTime
      totalRunTime
      subflowRun {
        id
        name
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
    totalCount @include(if: $withCount) {
      value
      isExact
    }
  }
}
    `) as unknown as TypedDocumentString<FlowRunTaskRowsQuery, FlowRunTaskRowsQueryVariables>;
export const FlowRunTasksChangedDocument = new TypedDocumentString(`
    subscription FlowRunTasksChanged($id: UUID!, $after: Cursor) {
  taskRunStateChanged(filter: { flowRunIds: [$id] }, after: $after) {
    cursor
    changes {
      state {
        type
        name
        timestamp
      }
      taskRun {
        id
        name
        taskKey
        stateType
        stateName
        stateTimestamp
        runCount
        startTime
        endTime
        totalRunTime
        parentIds
        subflowRun {
          id
          name
        }
      }
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<FlowRunTasksChangedSubscription, FlowRunTasksChangedSubscriptionVariables>;
export const FlowRunDetailDocument = new TypedDocumentString(`
    query FlowRunDetail($id: UUID!) {
  flowRuns(first: 1, filter: { ids: [$id] }) {
    nodes {
      ...FlowRunFacts
    }
    eventCursor
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
fragment FlowRunFacts on FlowRun {
  ...FlowRunRow
  created
  flowVersion
  deployment {
    id
    name
  }
  runCount
  parentTaskRunId
  parameters
  labels
  idempotencyKey
  whyNotRunning {
    ...Why
  }
  states {
    ...RunState
  }
}
fragment RunState on State {
  id
  type
  name
  timestamp
  message
  actorName
}
fragment Why on WhyNotRunning {
  __typename
  ... on WaitingForFirstState {
    since
  }
  ... on WaitingForTime {
    scheduledTime
  }
  ... on Late {
    scheduledTime
  }
  ... on WaitingForRetry {
    attempt
    mostAttempts
    retryAt: until
  }
  ... on WaitingForTaskWorker {
    taskKey
    since
  }
  ... on Resuming {
    since
  }
  ... on PendingInfrastructure {
    since
  }
  ... on WaitingForFlowRun {
    until
  }
  ... on Paused {
    since
    until
    by
    keyset
  }
  ... on Suspended {
    since
    until
    by
    keyset
  }
  ... on Cancelling {
    since
    by
  }
}`) as unknown as TypedDocumentString<FlowRunDetailQuery, FlowRunDetailQueryVariables>;
export const FlowRunDetailChangedDocument = new TypedDocumentString(`
    subscription FlowRunDetailChanged($id: UUID!, $after: Cursor) {
  flowRunStateChanged(filter: { ids: [$id] }, after: $after) {
    cursor
    changes {
      flowRun {
        ...FlowRunRow
        runCount
        whyNotRunning {
          ...Why
        }
      }
      state {
        ...RunState
      }
    }
    gap {
      reason
    }
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
fragment RunState on State {
  id
  type
  name
  timestamp
  message
  actorName
}
fragment Why on WhyNotRunning {
  __typename
  ... on WaitingForFirstState {
    since
  }
  ... on WaitingForTime {
    scheduledTime
  }
  ... on Late {
    scheduledTime
  }
  ... on WaitingForRetry {
    attempt
    mostAttempts
    retryAt: until
  }
  ... on WaitingForTaskWorker {
    taskKey
    since
  }
  ... on Resuming {
    since
  }
  ... on PendingInfrastructure {
    since
  }
  ... on WaitingForFlowRun {
    until
  }
  ... on Paused {
    since
    until
    by
    keyset
  }
  ... on Suspended {
    since
    until
    by
    keyset
  }
  ... on Cancelling {
    since
    by
  }
}`) as unknown as TypedDocumentString<FlowRunDetailChangedSubscription, FlowRunDetailChangedSubscriptionVariables>;
export const RunInputsDocument = new TypedDocumentString(`
    query RunInputs($id: UUID!) {
  pauseQuestion(flowRunId: $id) {
    schema
    description
  }
  flowRunInputs(flowRunId: $id) {
    id
    key
    value
    sender
    created
  }
}
    `) as unknown as TypedDocumentString<RunInputsQuery, RunInputsQueryVariables>;
export const PauseQuestionDocument = new TypedDocumentString(`
    query PauseQuestion($id: UUID!) {
  pauseQuestion(flowRunId: $id) {
    schema
    description
  }
}
    `) as unknown as TypedDocumentString<PauseQuestionQuery, PauseQuestionQueryVariables>;
export const RetryRunDocument = new TypedDocumentString(`
    mutation RetryRun($ids: [UUID!]!) {
  action: retryFlowRuns(input: { ids: $ids }) {
    ...RunActionOutcome
  }
}
    fragment RunActionOutcome on FlowRunActionPayload {
  refusals {
    reason
  }
  results {
    status
    reason
    caveat
  }
}`) as unknown as TypedDocumentString<RetryRunMutation, RetryRunMutationVariables>;
export const CancelRunDocument = new TypedDocumentString(`
    mutation CancelRun($ids: [UUID!]!) {
  action: cancelFlowRuns(input: { ids: $ids }) {
    ...RunActionOutcome
  }
}
    fragment RunActionOutcome on FlowRunActionPayload {
  refusals {
    reason
  }
  results {
    status
    reason
    caveat
  }
}`) as unknown as TypedDocumentString<CancelRunMutation, CancelRunMutationVariables>;
export const PauseRunDocument = new TypedDocumentString(`
    mutation PauseRun($ids: [UUID!]!) {
  action: pauseFlowRuns(input: { ids: $ids }) {
    ...RunActionOutcome
  }
}
    fragment RunActionOutcome on FlowRunActionPayload {
  refusals {
    reason
  }
  results {
    status
    reason
    caveat
  }
}`) as unknown as TypedDocumentString<PauseRunMutation, PauseRunMutationVariables>;
export const SuspendRunDocument = new TypedDocumentString(`
    mutation SuspendRun($ids: [UUID!]!) {
  action: suspendFlowRuns(input: { ids: $ids }) {
    ...RunActionOutcome
  }
}
    fragment RunActionOutcome on FlowRunActionPayload {
  refusals {
    reason
  }
  results {
    status
    reason
    caveat
  }
}`) as unknown as TypedDocumentString<SuspendRunMutation, SuspendRunMutationVariables>;
export const ResumeRunDocument = new TypedDocumentString(`
    mutation ResumeRun($input: ResumeFlowRunInput!) {
  resumeFlowRun(input: $input) {
    status
    reason
  }
}
    `) as unknown as TypedDocumentString<ResumeRunMutation, ResumeRunMutationVariables>;
export const ChangeRunDocument = new TypedDocumentString(`
    mutation ChangeRun($input: UpdateFlowRunInput!) {
  updateFlowRun(input: $input) {
    flowRun {
      ...FlowRunFacts
    }
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
fragment FlowRunFacts on FlowRun {
  ...FlowRunRow
  created
  flowVersion
  deployment {
    id
    name
  }
  runCount
  parentTaskRunId
  parameters
  labels
  idempotencyKey
  whyNotRunning {
    ...Why
  }
  states {
    ...RunState
  }
}
fragment RunState on State {
  id
  type
  name
  timestamp
  message
  actorName
}
fragment Why on WhyNotRunning {
  __typename
  ... on WaitingForFirstState {
    since
  }
  ... on WaitingForTime {
    scheduledTime
  }
  ... on Late {
    scheduledTime
  }
  ... on WaitingForRetry {
    attempt
    mostAttempts
    retryAt: until
  }
  ... on WaitingForTaskWorker {
    taskKey
    since
  }
  ... on Resuming {
    since
  }
  ... on PendingInfrastructure {
    since
  }
  ... on WaitingForFlowRun {
    until
  }
  ... on Paused {
    since
    until
    by
    keyset
  }
  ... on Suspended {
    since
    until
    by
    keyset
  }
  ... on Cancelling {
    since
    by
  }
}`) as unknown as TypedDocumentString<ChangeRunMutation, ChangeRunMutationVariables>;
export const DeleteRunDocument = new TypedDocumentString(`
    mutation DeleteRun($ids: [UUID!]!) {
  deleteFlowRuns(input: { ids: $ids }) {
    deletedIds
  }
}
    `) as unknown as TypedDocumentString<DeleteRunMutation, DeleteRunMutationVariables>;
export const CopyRunDocument = new TypedDocumentString(`
    mutation CopyRun($input: CreateFlowRunFromDeploymentInput!) {
  createFlowRunFromDeployment(input: $input) {
    flowRun {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<CopyRunMutation, CopyRunMutationVariables>;
export const FlowRunListDocument = new TypedDocumentString(`
    query FlowRunList($first: Int!, $after: Cursor, $filter: FlowRunFilter, $orderBy: FlowRunOrder!, $standing: FlowRunFilter, $withParameters: Boolean!, $withCounts: Boolean!) {
  flowRuns(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    nodes {
      ...ListedFlowRun
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount @include(if: $withCounts) {
      value
      isExact
    }
    eventCursor
  }
  standing: flowRuns(first: 1, filter: $standing) @include(if: $withCounts) {
    totalCount {
      value
      isExact
    }
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
fragment ListedFlowRun on FlowRun {
  ...FlowRunRow
  runCount
  state {
    message
  }
  deployment {
    id
    name
  }
  parameters @include(if: $withParameters)
}`) as unknown as TypedDocumentString<FlowRunListQuery, FlowRunListQueryVariables>;
export const FlowRunCursorDocument = new TypedDocumentString(`
    query FlowRunCursor($id: UUID!, $orderBy: FlowRunOrder!) {
  flowRuns(first: 1, filter: { ids: [$id] }, orderBy: $orderBy) {
    pageInfo {
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<FlowRunCursorQuery, FlowRunCursorQueryVariables>;
export const FlowRunsAgainDocument = new TypedDocumentString(`
    query FlowRunsAgain($ids: [UUID!]!, $withParameters: Boolean!) {
  flowRuns(first: 200, filter: { ids: $ids }) {
    nodes {
      ...ListedFlowRun
    }
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
fragment ListedFlowRun on FlowRun {
  ...FlowRunRow
  runCount
  state {
    message
  }
  deployment {
    id
    name
  }
  parameters @include(if: $withParameters)
}`) as unknown as TypedDocumentString<FlowRunsAgainQuery, FlowRunsAgainQueryVariables>;
export const FlowRunIdsDocument = new TypedDocumentString(`
    query FlowRunIds($first: Int!, $after: Cursor, $filter: FlowRunFilter) {
  flowRuns(first: $first, after: $after, filter: $filter) {
    nodes {
      id
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<FlowRunIdsQuery, FlowRunIdsQueryVariables>;
export const FlowRunListChangedDocument = new TypedDocumentString(`
    subscription FlowRunListChanged($filter: FlowRunFilter, $after: Cursor, $withParameters: Boolean!) {
  flowRunStateChanged(filter: $filter, after: $after) {
    cursor
    changes {
      flowRun {
        ...ListedFlowRun
      }
      state {
        type
        name
      }
      previousState {
        type
        name
      }
    }
    gap {
      reason
    }
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
fragment ListedFlowRun on FlowRun {
  ...FlowRunRow
  runCount
  state {
    message
  }
  deployment {
    id
    name
  }
  parameters @include(if: $withParameters)
}`) as unknown as TypedDocumentString<FlowRunListChangedSubscription, FlowRunListChangedSubscriptionVariables>;
export const FlowRunListEditedDocument = new TypedDocumentString(`
    subscription FlowRunListEdited($after: Cursor) {
  eventOccurred(
    filter: { names: ["flow-run.updated", "flow-run.deleted"] }
    after: $after
  ) {
    cursor
    events {
      event
      resource
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<FlowRunListEditedSubscription, FlowRunListEditedSubscriptionVariables>;
export const FlowRunListDurationsDocument = new TypedDocumentString(`
    query FlowRunListDurations($filter: FlowRunFilter, $standing: FlowRunFilter, $withStanding: Boolean!) {
  matching: flowRunDurations(filter: $filter) {
    ...DurationPoint
  }
  standing: flowRunDurations(filter: $standing) @include(if: $withStanding) {
    ...DurationPoint
  }
}
    fragment DurationPoint on FlowRunDuration {
  id
  name
  flowName
  version
  stateType
  stateName
  startTime
  duration
}`) as unknown as TypedDocumentString<FlowRunListDurationsQuery, FlowRunListDurationsQueryVariables>;
export const FlowChoicesDocument = new TypedDocumentString(`
    query FlowChoices($nameContains: String, $first: Int!) {
  flows(first: $first, filter: { nameContains: $nameContains }) {
    nodes {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<FlowChoicesQuery, FlowChoicesQueryVariables>;
export const DeploymentChoicesDocument = new TypedDocumentString(`
    query DeploymentChoices($filter: DeploymentFilter, $first: Int!) {
  deployments(first: $first, filter: $filter) {
    nodes {
      id
      name
      flow {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DeploymentChoicesQuery, DeploymentChoicesQueryVariables>;
export const RetryFlowRunsDocument = new TypedDocumentString(`
    mutation RetryFlowRuns($input: FlowRunActionInput!) {
  answer: retryFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<RetryFlowRunsMutation, RetryFlowRunsMutationVariables>;
export const CancelFlowRunsDocument = new TypedDocumentString(`
    mutation CancelFlowRuns($input: FlowRunActionInput!) {
  answer: cancelFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<CancelFlowRunsMutation, CancelFlowRunsMutationVariables>;
export const PauseFlowRunsDocument = new TypedDocumentString(`
    mutation PauseFlowRuns($input: FlowRunActionInput!) {
  answer: pauseFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<PauseFlowRunsMutation, PauseFlowRunsMutationVariables>;
export const SuspendFlowRunsDocument = new TypedDocumentString(`
    mutation SuspendFlowRuns($input: FlowRunActionInput!) {
  answer: suspendFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<SuspendFlowRunsMutation, SuspendFlowRunsMutationVariables>;
export const ResumeFlowRunsDocument = new TypedDocumentString(`
    mutation ResumeFlowRuns($input: FlowRunActionInput!) {
  answer: resumeFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<ResumeFlowRunsMutation, ResumeFlowRunsMutationVariables>;
export const TagFlowRunsDocument = new TypedDocumentString(`
    mutation TagFlowRuns($input: TagFlowRunsInput!) {
  answer: tagFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<TagFlowRunsMutation, TagFlowRunsMutationVariables>;
export const DeleteFlowRunsDocument = new TypedDocumentString(`
    mutation DeleteFlowRuns($input: DeleteFlowRunsInput!) {
  answer: deleteFlowRuns(input: $input) {
    matchedCount
    isMatchedCountExact
    deletedIds
  }
}
    `) as unknown as TypedDocumentString<DeleteFlowRunsMutation, DeleteFlowRunsMutationVariables>;
export const FlowPageDocument = new TypedDocumentString(`
    query FlowPage($id: UUID!, $start: DateTime!, $end: DateTime!, $bucketSize: Duration!, $first: Int!, $soon: DateTime!) {
  flow(id: $id) {
    id
    name
    tags
    created
    activity(start: $start, end: $end, bucketSize: $bucketSize) {
      ...FlowActivity
    }
  }
  flowRunDurations(
    filter: {
      flowIds: [$id]
      stateTypes: [COMPLETED, FAILED, CRASHED, CANCELLED]
      expectedStartTimeAfter: $start
    }
  ) {
    ...FlowRunPoint
  }
  flowRuns(
    first: $first
    filter: { flowIds: [$id], expectedStartTimeBefore: $soon }
  ) {
    nodes {
      ...FlowRunRow
    }
  }
  deployments(first: 50, filter: { flowIds: [$id] }) {
    nodes {
      id
      name
      version
      isPaused
      tags
      updated
    }
    totalCount {
      value
    }
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
fragment FlowRunPoint on FlowRunDuration {
  id
  name
  stateType
  startTime
  duration
}
fragment FlowActivity on FlowActivity {
  counts {
    bucket
    type
    count
  }
  runningCount
  eventCursor
}`) as unknown as TypedDocumentString<FlowPageQuery, FlowPageQueryVariables>;
export const FlowPageChangedDocument = new TypedDocumentString(`
    subscription FlowPageChanged($id: UUID!, $after: Cursor) {
  flowRunStateChanged(filter: { flowIds: [$id] }, after: $after) {
    cursor
    changes {
      flowRun {
        ...FlowRunRow
      }
      state {
        type
      }
      previousState {
        type
      }
    }
    gap {
      reason
    }
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}`) as unknown as TypedDocumentString<FlowPageChangedSubscription, FlowPageChangedSubscriptionVariables>;
export const DeleteFlowDocument = new TypedDocumentString(`
    mutation DeleteFlow($id: UUID!, $dryRun: Boolean!) {
  deleteFlows(input: { ids: [$id], dryRun: $dryRun }) {
    deletedIds
    flowRunCount
    deploymentCount
  }
}
    `) as unknown as TypedDocumentString<DeleteFlowMutation, DeleteFlowMutationVariables>;
export const FlowsDocument = new TypedDocumentString(`
    query Flows($first: Int!, $after: Cursor, $filter: FlowFilter, $orderBy: FlowOrder!, $start: DateTime!, $end: DateTime!, $bucketSize: Duration!) {
  flows(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    nodes {
      ...FlowRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount {
      value
      isExact
    }
    eventCursor
  }
  known: flows(first: 1) {
    totalCount {
      value
      isExact
    }
  }
}
    fragment FlowRow on Flow {
  id
  name
  tags
  activity(start: $start, end: $end, bucketSize: $bucketSize) {
    ...FlowActivity
  }
  lastRun {
    ...FlowLastRun
  }
}
fragment FlowActivity on FlowActivity {
  counts {
    bucket
    type
    count
  }
  runningCount
  eventCursor
}
fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}`) as unknown as TypedDocumentString<FlowsQuery, FlowsQueryVariables>;
export const FlowsRunsChangedDocument = new TypedDocumentString(`
    subscription FlowsRunsChanged($after: Cursor) {
  flowRunStateChanged(after: $after) {
    cursor
    changes {
      ...FlowRunChange
    }
    gap {
      reason
    }
  }
}
    fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}
fragment FlowRunChange on FlowRunStateChange {
  flowRun {
    ...FlowLastRun
  }
  state {
    type
  }
  previousState {
    type
  }
}`) as unknown as TypedDocumentString<FlowsRunsChangedSubscription, FlowsRunsChangedSubscriptionVariables>;
export const FlowsChangedDocument = new TypedDocumentString(`
    subscription FlowsChanged($after: Cursor) {
  eventOccurred(
    filter: {
      namePrefixes: ["prefect.flow."]
      names: ["flow-run.deleted", "retention.swept"]
    }
    after: $after
  ) {
    cursor
    events {
      id
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<FlowsChangedSubscription, FlowsChangedSubscriptionVariables>;
export const NotificationDeliveriesDocument = new TypedDocumentString(`
    query NotificationDeliveries($filter: NotificationDeliveryFilter, $first: Int!, $after: Cursor) {
  notificationDeliveries(filter: $filter, first: $first, after: $after) {
    nodes {
      ...DeliveryRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount {
      value
      isExact
    }
    eventCursor
  }
  ...KnownChannels
}
    fragment DeliveryRow on NotificationDelivery {
  id
  policyId
  kind
  status
  flowRunId
  flowRunName
  flowName
  runCount
  channelId
  attemptCount
  attempts {
    outcome
  }
  reason
  lastError
  nextAttemptAt
  created
  settledAt
}
fragment KnownChannels on Query {
  channels: blockDocuments(filter: { capabilities: ["notify"] }, first: 200) {
    nodes {
      id
      name
      isAnonymous
      blockType {
        name
      }
    }
  }
}`) as unknown as TypedDocumentString<NotificationDeliveriesQuery, NotificationDeliveriesQueryVariables>;
export const NotificationDeliverySummaryDocument = new TypedDocumentString(`
    query NotificationDeliverySummary($filter: NotificationDeliveryFilter) {
  notificationDeliverySummary(filter: $filter) {
    deliveredCount
    firstTryRate
    failedCount
    waitingCount
    heldBackCount
    eventCursor
  }
}
    `) as unknown as TypedDocumentString<NotificationDeliverySummaryQuery, NotificationDeliverySummaryQueryVariables>;
export const NotificationDeliveryEventsDocument = new TypedDocumentString(`
    subscription NotificationDeliveryEvents($after: Cursor) {
  eventOccurred(
    filter: { resourceIdPrefixes: ["notification-deliveries"] }
    after: $after
  ) {
    cursor
    events {
      id
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<NotificationDeliveryEventsSubscription, NotificationDeliveryEventsSubscriptionVariables>;
export const NotificationDeliveryDetailDocument = new TypedDocumentString(`
    query NotificationDeliveryDetail($id: UUID!) {
  notificationDelivery(id: $id) {
    id
    subject
    body
    reason
    policy {
      sentence {
        ...SentencePart
      }
    }
    attempts {
      ordinal
      startedAt
      outcome
      status
      latencyMilliseconds
      excerpt
      error
    }
  }
}
    fragment SentencePart on NotificationSentencePart {
  kind
  text
  stateType
  stateName
}`) as unknown as TypedDocumentString<NotificationDeliveryDetailQuery, NotificationDeliveryDetailQueryVariables>;
export const NotificationDeliveryChangesDocument = new TypedDocumentString(`
    subscription NotificationDeliveryChanges($filter: NotificationDeliveryFilter, $after: Cursor) {
  notificationDeliveryChanged(filter: $filter, after: $after) {
    cursor
    changes {
      notificationDelivery {
        ...DeliveryRow
      }
    }
    gap {
      reason
    }
  }
}
    fragment DeliveryRow on NotificationDelivery {
  id
  policyId
  kind
  status
  flowRunId
  flowRunName
  flowName
  runCount
  channelId
  attemptCount
  attempts {
    outcome
  }
  reason
  lastError
  nextAttemptAt
  created
  settledAt
}`) as unknown as TypedDocumentString<NotificationDeliveryChangesSubscription, NotificationDeliveryChangesSubscriptionVariables>;
export const RedeliverNotificationDocument = new TypedDocumentString(`
    mutation RedeliverNotification($id: UUID!) {
  redeliverNotification(input: { id: $id }) {
    notificationDelivery {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<RedeliverNotificationMutation, RedeliverNotificationMutationVariables>;
export const PolicyPreviewDocument = new TypedDocumentString(`
    query PolicyPreview($draft: NotificationPolicyDraft!, $start: DateTime!, $end: DateTime!, $flowRunId: UUID) {
  previewNotificationPolicy(
    draft: $draft
    start: $start
    end: $end
    flowRunId: $flowRunId
  ) {
    since
    matchCount
    messageCount
    examples {
      flowRunId
      flowRunName
      flowName
      stateType
      stateName
      occurredAt
    }
    sentence {
      ...SentencePart
    }
    message {
      subject
      body
      failure
    }
    channelForms {
      channelId
      channelName
      error
      recipients
      fields {
        name
        text
        isHtml
      }
    }
  }
}
    fragment SentencePart on NotificationSentencePart {
  kind
  text
  stateType
  stateName
}`) as unknown as TypedDocumentString<PolicyPreviewQuery, PolicyPreviewQueryVariables>;
export const SendTestNotificationDocument = new TypedDocumentString(`
    mutation SendTestNotification($input: SendTestNotificationInput!) {
  sendTestNotification(input: $input) {
    answers {
      channelId
      channelName
      outcome
      status
      latencyMilliseconds
      excerpt
      error
    }
  }
}
    `) as unknown as TypedDocumentString<SendTestNotificationMutation, SendTestNotificationMutationVariables>;
export const NotificationPoliciesDocument = new TypedDocumentString(`
    query NotificationPolicies($first: Int!, $after: Cursor) {
  notificationPolicies(first: $first, after: $after) {
    nodes {
      ...ShownPolicy
    }
    pageInfo {
      hasNextPage
    }
    eventCursor
  }
  ...KnownChannels
}
    fragment KnownChannels on Query {
  channels: blockDocuments(filter: { capabilities: ["notify"] }, first: 200) {
    nodes {
      id
      name
      isAnonymous
      blockType {
        name
      }
    }
  }
}
fragment SentencePart on NotificationSentencePart {
  kind
  text
  stateType
  stateName
}
fragment ShownPolicy on NotificationPolicy {
  id
  name
  sentence {
    ...SentencePart
  }
  isActive
  stateNames
  stateTypes
  tags
  flows {
    id
    name
  }
  deployments {
    id
    name
  }
  channelIds
  lastSentAt
  lastError
  lastSevenDays {
    sent
    failed
  }
  subjectTemplate
  messageTemplate
  groupBy
  groupWaitSeconds
  repeatIntervalSeconds
  maxPerWindow
  windowSeconds
  resolveOnCompletion
  mutedUntil
  created
  updated
}`) as unknown as TypedDocumentString<NotificationPoliciesQuery, NotificationPoliciesQueryVariables>;
export const NotificationPolicyDocument = new TypedDocumentString(`
    query NotificationPolicy($id: UUID!) {
  notificationPolicy(id: $id) {
    ...ShownPolicy
  }
  ...KnownChannels
}
    fragment KnownChannels on Query {
  channels: blockDocuments(filter: { capabilities: ["notify"] }, first: 200) {
    nodes {
      id
      name
      isAnonymous
      blockType {
        name
      }
    }
  }
}
fragment SentencePart on NotificationSentencePart {
  kind
  text
  stateType
  stateName
}
fragment ShownPolicy on NotificationPolicy {
  id
  name
  sentence {
    ...SentencePart
  }
  isActive
  stateNames
  stateTypes
  tags
  flows {
    id
    name
  }
  deployments {
    id
    name
  }
  channelIds
  lastSentAt
  lastError
  lastSevenDays {
    sent
    failed
  }
  subjectTemplate
  messageTemplate
  groupBy
  groupWaitSeconds
  repeatIntervalSeconds
  maxPerWindow
  windowSeconds
  resolveOnCompletion
  mutedUntil
  created
  updated
}`) as unknown as TypedDocumentString<NotificationPolicyQuery, NotificationPolicyQueryVariables>;
export const PolicyWizardDocument = new TypedDocumentString(`
    query PolicyWizard($id: UUID!, $isNew: Boolean!) {
  notificationPolicy(id: $id) @skip(if: $isNew) {
    ...ShownPolicy
  }
  ...KnownChannels
  channelKinds {
    slug
    title
    description
    schema
  }
  notificationTemplates {
    subject
    message
    variables {
      name
      description
    }
  }
}
    fragment KnownChannels on Query {
  channels: blockDocuments(filter: { capabilities: ["notify"] }, first: 200) {
    nodes {
      id
      name
      isAnonymous
      blockType {
        name
      }
    }
  }
}
fragment SentencePart on NotificationSentencePart {
  kind
  text
  stateType
  stateName
}
fragment ShownPolicy on NotificationPolicy {
  id
  name
  sentence {
    ...SentencePart
  }
  isActive
  stateNames
  stateTypes
  tags
  flows {
    id
    name
  }
  deployments {
    id
    name
  }
  channelIds
  lastSentAt
  lastError
  lastSevenDays {
    sent
    failed
  }
  subjectTemplate
  messageTemplate
  groupBy
  groupWaitSeconds
  repeatIntervalSeconds
  maxPerWindow
  windowSeconds
  resolveOnCompletion
  mutedUntil
  created
  updated
}`) as unknown as TypedDocumentString<PolicyWizardQuery, PolicyWizardQueryVariables>;
export const NotificationPolicyEventsDocument = new TypedDocumentString(`
    subscription NotificationPolicyEvents($after: Cursor) {
  eventOccurred(
    filter: {
      resourceIdPrefixes: ["notification-policy.", "notification-deliveries", "prefect.block-document."]
    }
    after: $after
  ) {
    cursor
    events {
      id
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<NotificationPolicyEventsSubscription, NotificationPolicyEventsSubscriptionVariables>;
export const CreateNotificationPolicyDocument = new TypedDocumentString(`
    mutation CreateNotificationPolicy($input: CreateNotificationPolicyInput!) {
  createNotificationPolicy(input: $input) {
    notificationPolicy {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<CreateNotificationPolicyMutation, CreateNotificationPolicyMutationVariables>;
export const UpdateNotificationPolicyDocument = new TypedDocumentString(`
    mutation UpdateNotificationPolicy($input: UpdateNotificationPolicyInput!) {
  updateNotificationPolicy(input: $input) {
    notificationPolicy {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateNotificationPolicyMutation, UpdateNotificationPolicyMutationVariables>;
export const PauseNotificationPolicyDocument = new TypedDocumentString(`
    mutation PauseNotificationPolicy($id: UUID!) {
  pauseNotificationPolicy(input: { id: $id }) {
    notificationPolicy {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<PauseNotificationPolicyMutation, PauseNotificationPolicyMutationVariables>;
export const ResumeNotificationPolicyDocument = new TypedDocumentString(`
    mutation ResumeNotificationPolicy($id: UUID!) {
  resumeNotificationPolicy(input: { id: $id }) {
    notificationPolicy {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<ResumeNotificationPolicyMutation, ResumeNotificationPolicyMutationVariables>;
export const MuteNotificationPolicyDocument = new TypedDocumentString(`
    mutation MuteNotificationPolicy($id: UUID!, $until: DateTime) {
  muteNotificationPolicy(input: { id: $id, until: $until }) {
    notificationPolicy {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<MuteNotificationPolicyMutation, MuteNotificationPolicyMutationVariables>;
export const DeleteNotificationPolicyDocument = new TypedDocumentString(`
    mutation DeleteNotificationPolicy($id: UUID!) {
  deleteNotificationPolicy(input: { id: $id }) {
    notificationPolicy {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteNotificationPolicyMutation, DeleteNotificationPolicyMutationVariables>;
export const FindFlowsDocument = new TypedDocumentString(`
    query FindFlows($name: String!) {
  flows(first: 8, filter: { nameContains: $name }) {
    nodes {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<FindFlowsQuery, FindFlowsQueryVariables>;
export const FindDeploymentsDocument = new TypedDocumentString(`
    query FindDeployments($name: String!) {
  deployments(first: 8, filter: { nameContains: $name }) {
    nodes {
      id
      name
      flow {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FindDeploymentsQuery, FindDeploymentsQueryVariables>;
export const SeenTagsDocument = new TypedDocumentString(`
    query SeenTags {
  flowRuns(first: 200, orderBy: EXPECTED_START_TIME_DESC) {
    nodes {
      tags
    }
  }
}
    `) as unknown as TypedDocumentString<SeenTagsQuery, SeenTagsQueryVariables>;
export const SavedViewsDocument = new TypedDocumentString(`
    query SavedViews($list: ViewedList!) {
  server {
    eventCursor
  }
  savedViews(list: $list) {
    ...SavedViewLine
  }
}
    fragment SavedViewLine on SavedView {
  id
  list
  name
  query
  isDefault
}`) as unknown as TypedDocumentString<SavedViewsQuery, SavedViewsQueryVariables>;
export const SavedViewEventsDocument = new TypedDocumentString(`
    subscription SavedViewEvents($after: Cursor) {
  eventOccurred(
    filter: { resourceIdPrefixes: ["prefect.saved-view."] }
    after: $after
  ) {
    cursor
    events {
      id
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<SavedViewEventsSubscription, SavedViewEventsSubscriptionVariables>;
export const CreateSavedViewDocument = new TypedDocumentString(`
    mutation CreateSavedView($input: CreateSavedViewInput!) {
  createSavedView(input: $input) {
    savedView {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<CreateSavedViewMutation, CreateSavedViewMutationVariables>;
export const UpdateSavedViewDocument = new TypedDocumentString(`
    mutation UpdateSavedView($input: UpdateSavedViewInput!) {
  updateSavedView(input: $input) {
    savedView {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateSavedViewMutation, UpdateSavedViewMutationVariables>;
export const DeleteSavedViewDocument = new TypedDocumentString(`
    mutation DeleteSavedView($id: UUID!) {
  deleteSavedView(input: { id: $id }) {
    savedView {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteSavedViewMutation, DeleteSavedViewMutationVariables>;
export const ServerPageDocument = new TypedDocumentString(`
    query ServerPage {
  server {
    ...ServerLines
  }
}
    fragment ServerLines on Server {
  product
  version
  apiVersion
  database
  databaseLocation
  startedAt
  workspace {
    id
    slug
    name
  }
  isAuthenticationRequired
  isAnonymousAllowed
  apiUrls {
    kind
    url
    isReachable
    reason
  }
  unknownRoutes {
    method
    path
    count
    lastAskedAt
    userAgent
  }
  subscribers
  openSockets
  databaseFacts {
    sizeBytes
    revision
    serverCount
  }
  services {
    name
    every
    lastTickAt
    failure
  }
  retention {
    runsDays
    eventsDays
    logsDays
  }
}`) as unknown as TypedDocumentString<ServerPageQuery, ServerPageQueryVariables>;
export const ServerChangedDocument = new TypedDocumentString(`
    subscription ServerChanged {
  serverChanged {
    ...ServerLines
  }
}
    fragment ServerLines on Server {
  product
  version
  apiVersion
  database
  databaseLocation
  startedAt
  workspace {
    id
    slug
    name
  }
  isAuthenticationRequired
  isAnonymousAllowed
  apiUrls {
    kind
    url
    isReachable
    reason
  }
  unknownRoutes {
    method
    path
    count
    lastAskedAt
    userAgent
  }
  subscribers
  openSockets
  databaseFacts {
    sizeBytes
    revision
    serverCount
  }
  services {
    name
    every
    lastTickAt
    failure
  }
  retention {
    runsDays
    eventsDays
    logsDays
  }
}`) as unknown as TypedDocumentString<ServerChangedSubscription, ServerChangedSubscriptionVariables>;
export const ServerSettingsDocument = new TypedDocumentString(`
    query ServerSettings {
  server {
    settings {
      name
      peerName
      description
      isSecret
      value
      defaultValue
      isChanged
      source
    }
  }
}
    `) as unknown as TypedDocumentString<ServerSettingsQuery, ServerSettingsQueryVariables>;
export const TaskRunDetailDocument = new TypedDocumentString(`
    query TaskRunDetail($id: UUID!) {
  taskRuns(first: 1, filter: { ids: [$id] }) {
    nodes {
      ...TaskRunFacts
    }
    eventCursor
  }
}
    fragment RunState on State {
  id
  type
  name
  timestamp
  message
  actorName
}
fragment Why on WhyNotRunning {
  __typename
  ... on WaitingForFirstState {
    since
  }
  ... on WaitingForTime {
    scheduledTime
  }
  ... on Late {
    scheduledTime
  }
  ... on WaitingForRetry {
    attempt
    mostAttempts
    retryAt: until
  }
  ... on WaitingForTaskWorker {
    taskKey
    since
  }
  ... on Resuming {
    since
  }
  ... on PendingInfrastructure {
    since
  }
  ... on WaitingForFlowRun {
    until
  }
  ... on Paused {
    since
    until
    by
    keyset
  }
  ... on Suspended {
    since
    until
    by
    keyset
  }
  ... on Cancelling {
    since
    by
  }
}
fragment TaskRunFacts on TaskRun {
  id
  name
  created
  taskKey
  taskVersion
  dynamicKey
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  runCount
  tags
  cacheKey
  cacheExpiration
  parents {
    id
    name
    stateType
    stateName
  }
  taskInputs
  whyNotRunning {
    ...Why
  }
  flowRun {
    id
    name
    flow {
      name
    }
  }
  subflowRun {
    id
    name
  }
  states {
    ...RunState
  }
}`) as unknown as TypedDocumentString<TaskRunDetailQuery, TaskRunDetailQueryVariables>;
export const TaskRunDetailChangedDocument = new TypedDocumentString(`
    subscription TaskRunDetailChanged($id: UUID!, $after: Cursor) {
  taskRunStateChanged(filter: { ids: [$id] }, after: $after) {
    cursor
    changes {
      taskRun {
        id
      }
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<TaskRunDetailChangedSubscription, TaskRunDetailChangedSubscriptionVariables>;
export const VariablesDocument = new TypedDocumentString(`
    query Variables($filter: VariableFilter, $first: Int!, $after: Cursor) {
  variables(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      name
      value
      tags
      updated
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount {
      value
      isExact
    }
    eventCursor
  }
}
    `) as unknown as TypedDocumentString<VariablesQuery, VariablesQueryVariables>;
export const VariableEventsDocument = new TypedDocumentString(`
    subscription VariableEvents($after: Cursor) {
  eventOccurred(
    filter: { resourceIdPrefixes: ["prefect.variable."] }
    after: $after
  ) {
    cursor
    events {
      id
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<VariableEventsSubscription, VariableEventsSubscriptionVariables>;
export const CreateVariableDocument = new TypedDocumentString(`
    mutation CreateVariable($input: CreateVariableInput!) {
  createVariable(input: $input) {
    variable {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<CreateVariableMutation, CreateVariableMutationVariables>;
export const UpdateVariableDocument = new TypedDocumentString(`
    mutation UpdateVariable($input: UpdateVariableInput!) {
  updateVariable(input: $input) {
    variable {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateVariableMutation, UpdateVariableMutationVariables>;
export const DeleteVariableDocument = new TypedDocumentString(`
    mutation DeleteVariable($input: DeleteVariableInput!) {
  deleteVariable(input: $input) {
    variable {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteVariableMutation, DeleteVariableMutationVariables>;