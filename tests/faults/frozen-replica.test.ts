import { frozenReplica } from './frozen-replica.ts'
import { testScenario } from './run-scenario.ts'

testScenario(frozenReplica)
