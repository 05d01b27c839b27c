import { killLoop } from './kill-loop.ts'
import { testScenario } from './run-scenario.ts'

testScenario(killLoop)
