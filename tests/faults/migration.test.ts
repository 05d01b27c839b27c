import { migration } from './migration.ts'
import { testScenario } from './run-scenario.ts'

testScenario(migration)
