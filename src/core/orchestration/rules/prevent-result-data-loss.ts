import { hasPersistedData } from '../../states/index.ts'
import { only, type Rule, rejectToCurrent } from '../rule.ts'

export const resultWouldBeLost = 'Cannot overwrite a COMPLETED state that carries persisted result data with one that does not.'

/** Even a forced transition does not throw a stored result away for none. */
export const preventResultDataLoss: Rule = {
  name: 'prevent-result-data-loss',
  from: only('COMPLETED'),
  to: only('COMPLETED'),
  decide: ({ from, to }) => (hasPersistedData(from!) && !hasPersistedData(to) ? rejectToCurrent(resultWouldBeLost) : undefined),
}
