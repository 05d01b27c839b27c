import { request } from '../../client.ts'
import {
  CancelRunDocument,
  ChangeRunDocument,
  CopyRunDocument,
  DeleteRunDocument,
  type FlowRunFactsFragment,
  PauseQuestionDocument,
  PauseRunDocument,
  ResumeRunDocument,
  RetryRunDocument,
  SuspendRunDocument,
} from '../../generated/graphql.ts'

type Run = FlowRunFactsFragment

/** The server's answer to a proposal that it would not take. */
export class Refusal extends Error {}

const documents = { retry: RetryRunDocument, cancel: CancelRunDocument, pause: PauseRunDocument, suspend: SuspendRunDocument }

export const runCommands = {
  /** Answers what is beyond the server, though it was accepted. */
  async act(name: keyof typeof documents, { id }: Run): Promise<string | undefined> {
    const { action } = await request(documents[name], { ids: [id] })
    const refused = action.refusals[0]?.reason
    const result = action.results[0]
    // A run that nobody works on need not be asked to stop: it is cancelled at once, which is told as a rejection of the asking.
    const isDone = result?.status === 'ACCEPT' || (name === 'cancel' && result?.status === 'REJECT')
    if (!isDone) throw new Refusal(refused ?? result?.reason ?? 'There is no such run any more.')
    return result?.caveat ?? undefined
  },
  async resume(run: Run, runInput?: unknown) {
    const { resumeFlowRun: answer } = await request(ResumeRunDocument, { input: { flowRunId: run.id, runInput } })
    if (answer.status !== 'ACCEPT') throw new Refusal(answer.reason ?? `The server answered ${answer.status}.`)
  },
  questionOf: async (run: Run) => (await request(PauseQuestionDocument, { id: run.id })).pauseQuestion,
  change: async (run: Run, change: { name?: string; tags?: string[] }) =>
    (await request(ChangeRunDocument, { input: { flowRunId: run.id, ...change } })).updateFlowRun.flowRun,
  async delete(run: Run) {
    const { deleteFlowRuns } = await request(DeleteRunDocument, { ids: [run.id] })
    if (deleteFlowRuns.deletedIds.length === 0) throw new Refusal('It is gone already.')
  },
  copy: async (run: Run) => {
    const input = { deploymentId: run.deployment!.id, parameters: run.parameters, tags: run.tags }
    return (await request(CopyRunDocument, { input })).createFlowRunFromDeployment.flowRun
  },
}
