import { heldRun } from './held-run.ts'
import { testScenario } from './run-scenario.ts'

testScenario(heldRun)
