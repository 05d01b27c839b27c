export { fillPlaceholders, reasonUnfilled, variablesOf } from './placeholders.ts'
export { Variable, type VariableRecord } from './variable.entity.ts'
export { createVariable, deleteVariable, findVariableByName, listVariables, updateVariable } from './variable.ops.ts'
