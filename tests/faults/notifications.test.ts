import { notifications } from './notifications.ts'
import { testScenario } from './run-scenario.ts'

testScenario(notifications)
