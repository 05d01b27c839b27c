import { testScenario } from './run-scenario.ts'
import { slowCommit } from './slow-commit.ts'

testScenario(slowCommit)
