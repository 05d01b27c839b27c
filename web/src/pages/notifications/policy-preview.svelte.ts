import { untrack } from 'svelte'
import { RequestError } from '../../request-error.ts'
import type { ChannelForm, Foreseen, RenderedMessage } from './foreseen.ts'
import { inputOf, type PolicyDraft } from './policy-draft.ts'
import type { Sentence } from './policy-sentence.ts'
import { askPreview } from './policy-server.ts'

const TYPING_MILLISECONDS = 200

/** What the policy would have told, and in which words, as it is written. Called when a component is made. */
export const createPreview = (read: () => PolicyDraft) => {
  let foreseen = $state.raw<Foreseen>()
  let message = $state.raw<RenderedMessage>()
  let sentence = $state.raw<Sentence>()
  let channelForms = $state.raw<readonly ChannelForm[]>([])
  let refusal = $state<string>()
  let error = $state.raw<unknown>()
  let chosen = $state<string>()
  let answered = $state<string>()
  const asked = $derived(JSON.stringify([inputOf(read()), chosen ?? null]))

  $effect(() => {
    const mine = asked
    refusal = undefined
    const look = async () => {
      try {
        const answer = await askPreview(inputOf(read()), chosen)
        if (mine !== asked) return
        ;({ foreseen, message, sentence, channelForms } = answer)
        answered = mine
        error = undefined
      } catch (cause) {
        if (mine !== asked) return
        if (isRefusal(cause)) refusal = cause.message
        else error = cause
      }
    }
    const timer = setTimeout(() => void look(), untrack(() => foreseen) === undefined ? 0 : TYPING_MILLISECONDS)
    return () => clearTimeout(timer)
  })

  return {
    get foreseen() {
      return foreseen
    },
    /** The same as each channel is given it. */
    get channelForms() {
      return channelForms
    },
    /** What it does; undefined until the server has been told of the newest change. */
    get sentence() {
      return answered === asked ? sentence : undefined
    },
    /** As it would arrive. */
    get message() {
      return message
    },
    /** What the server has against the template. */
    get refusal() {
      return refusal
    },
    get error() {
      return error
    },
    /** Of the run that the message is shown for. */
    get runId() {
      return chosen ?? foreseen?.runs[0]?.runId
    },
    choose(runId: string) {
      chosen = runId
    },
  }
}

const isRefusal = (error: unknown): error is RequestError => error instanceof RequestError && error.code === 'INVALID'
