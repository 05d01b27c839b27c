import { notifyingReplicas } from './notifying-replicas.ts'
import { testScenario } from './run-scenario.ts'

testScenario(notifyingReplicas)
