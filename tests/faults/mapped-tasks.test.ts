import { mappedTasks } from './mapped-tasks.ts'
import { testScenario } from './run-scenario.ts'

testScenario(mappedTasks)
