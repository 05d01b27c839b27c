import { commitOrder, commitOrderUnlocked } from './commit-order.ts'
import { testScenario } from './run-scenario.ts'

testScenario(commitOrder)
testScenario(commitOrderUnlocked)
