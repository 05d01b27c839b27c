import { cursorResume } from './cursor-resume.ts'
import { testScenario } from './run-scenario.ts'

testScenario(cursorResume)
