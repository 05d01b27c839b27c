import { standStill } from './stalls.ts'

standStill()
