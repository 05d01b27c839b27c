export type { ProposedState, StateDetails, StateRecord, StateType, StoredState, TaskRunStateRecord } from './state.ts'
export { defaultName, hasPersistedData, isStateType, isTerminal, isTerminalType, stateTypes, terminalTypes } from './state.ts'
