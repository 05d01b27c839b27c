export type { ProposedState, StateDetails, StateRecord, StateType } from './state.ts'
export { defaultName, hasPersistedData, isTerminal, isTerminalType, stateTypes } from './state.ts'
