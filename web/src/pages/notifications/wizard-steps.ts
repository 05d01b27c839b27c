import type { Step } from '../../parts/Wizard.svelte'
import type { PolicyDraft } from './policy-draft.ts'
import { stateNamed, stateWord } from './policy-states.ts'

/** `wrongMessage` is what stands against the message. */
export const stepsOf = (draft: PolicyDraft, wrongMessage: string | undefined): Step[] => [
  { name: 'when', label: 'When', summary: whenOf(draft) },
  {
    name: 'where',
    label: 'Where',
    summary: draft.channels.length === 0 ? 'who is told' : draft.channels.map(({ label }) => label).join(', '),
    ...(draft.channels.length === 0 && { wrong: 'Choose a channel, or make one.' }),
  },
  {
    name: 'message',
    label: 'Message',
    summary: draft.message === '' ? 'default text' : 'your own text',
    ...(wrongMessage !== undefined && { wrong: 'The message cannot be sent as it is.' }),
  },
  { name: 'review', label: 'Review', summary: 'test and save' },
]

const whenOf = ({ states, tags, flows, deployments }: PolicyDraft): string =>
  [
    ...(states.length === 0 ? ['any state'] : states.map(state => stateWord(stateNamed(state)))),
    ...tags.map(tag => `tag ${tag}`),
    ...flows.map(({ label }) => label),
    ...deployments.map(({ label }) => label),
  ].join(', ')
