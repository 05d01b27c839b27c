import { type StateRecord, type StoredState, stateTypes } from '../../core/states/index.ts'
import { builder } from './builder.ts'

const descriptions: Readonly<Record<(typeof stateTypes)[number], string>> = {
  SCHEDULED: 'Will run at its scheduled time.',
  PENDING: 'Being prepared.',
  RUNNING: 'Running.',
  COMPLETED: 'Ended well.',
  FAILED: 'Ended with an error of the flow.',
  CANCELLED: 'Ended because somebody cancelled it.',
  CRASHED: 'Ended because its process or infrastructure did.',
  PAUSED: 'Held until somebody resumes it.',
  CANCELLING: 'Asked to stop, and not yet stopped.',
}

export const StateType = builder.enumType('StateType', {
  description: 'The kind of a state. Names are finer: a SCHEDULED run may be Late or AwaitingRetry.',
  values: Object.fromEntries(stateTypes.map(type => [type, { description: descriptions[type] }])) as Record<
    (typeof stateTypes)[number],
    { description: string }
  >,
})

export const State = builder.objectRef<StoredState>('State').implement({
  description: 'A state a run was in, never changed once written.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Also the id of the event that told of it.' }),
    type: t.field({ type: StateType, description: 'Its kind.', resolve: state => state.type }),
    name: t.exposeString('name', { description: 'Its name; the type in capitals unless somebody chose another.' }),
    timestamp: t.expose('timestamp', { type: 'DateTime', description: 'When the run entered it.' }),
    message: t.exposeString('message', { nullable: true, description: 'What was said about it.' }),
    stateDetails: t.field({
      type: 'JSON',
      description: 'The SDK’s details: scheduled_time, transition_id and so on.',
      resolve: state => state.details,
    }),
    data: t.expose('data', { type: 'JSON', nullable: true, description: 'The result record, as the SDK gave it.' }),
    actorName: t.exposeString('actorName', { description: 'Who brought the run there.' }),
  }),
})

export const PreviousState = builder.objectRef<Pick<StateRecord, 'type' | 'name'>>('PreviousState').implement({
  description: 'The state a run has left.',
  fields: t => ({
    type: t.field({ type: StateType, description: 'Its kind.', resolve: state => state.type }),
    name: t.exposeString('name', { description: 'Its name.' }),
  }),
})

export const StateInput = builder.inputType('StateInput', {
  description: 'A state to bring a run to.',
  fields: t => ({
    type: t.field({ type: StateType, required: true, description: 'Its kind.' }),
    name: t.string({ description: 'Its name. Default: the type, capitalised.' }),
    message: t.string({ description: 'What to say about it.' }),
    data: t.field({ type: 'JSON', description: 'A result record.' }),
    scheduledTime: t.field({ type: 'DateTime', description: 'For SCHEDULED: when. Default: now.' }),
    stateDetails: t.field({ type: 'JSON', description: 'More of the SDK’s details, by its own keys.' }),
  }),
})
