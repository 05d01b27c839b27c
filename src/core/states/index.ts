export type { ProposedState, StateDetails, StateRecord, StateType, StoredState, TaskRunStateRecord } from './state.ts'
export { defaultName, hasPersistedData, isStateType, isTerminal, isTerminalType, stateTypes, terminalTypes } from './state.ts'
export { typeOfName } from './state-names.ts'
export {
  type NotRunningFacts,
  type Pause,
  type Reason,
  type ReasonKind,
  type WhyNotRunning,
  whyNotRunning,
} from './why-not-running.rules.ts'
