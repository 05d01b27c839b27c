import { retention } from './retention.ts'
import { testScenario } from './run-scenario.ts'

testScenario(retention)
