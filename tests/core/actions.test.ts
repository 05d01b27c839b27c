import { describe, expect, test } from 'vitest'
import { actionNames, eligible, whyNot } from '../../src/core/flow-runs/index.ts'
import { stateTypes } from '../../src/core/states/index.ts'
import { matches } from '../../src/kernel/filters.ts'

const subjects = [null, ...stateTypes].flatMap(stateType =>
  [null, 'deployment'].flatMap(deploymentId => [null, 'task'].map(parentTaskRunId => ({ stateType, deploymentId, parentTaskRunId }))),
)

describe.each(actionNames)('%s', name => {
  test('can be done with exactly the runs for which there is no reason against it', () => {
    for (const subject of subjects) {
      expect({ subject, isEligible: matches(eligible(name), subject) }).toEqual({ subject, isEligible: whyNot(name, subject) === null })
    }
  })

  test('can be done with some and not with others', () => {
    expect(new Set(subjects.map(subject => whyNot(name, subject) === null)).size).toBe(2)
  })
})
