export { FlowRunInput, type FlowRunInputRecord } from './flow-run-input.entity.ts'
export { createFlowRunInput, deleteFlowRunInput, findFlowRunInput, listFlowRunInputs } from './flow-run-input.ops.ts'
export { findPauseQuestion, type PauseQuestion } from './pause-question.ops.ts'
export { resumeFlowRun } from './resume-flow-run.ops.ts'
