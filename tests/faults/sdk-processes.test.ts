import { testScenario } from './run-scenario.ts'
import { sdkProcesses } from './sdk-processes.ts'

testScenario(sdkProcesses)
