import { notificationStorm } from './notification-storm.ts'
import { testScenario } from './run-scenario.ts'

testScenario(notificationStorm)
