export { History } from './history.entity.ts'
