import { testScenario } from './run-scenario.ts'
import { slowConsumer } from './slow-consumer.ts'

testScenario(slowConsumer)
