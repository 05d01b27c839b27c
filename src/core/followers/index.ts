export { Follower } from './follower.entity.ts'
export { type Attendance, attendFollower, type LostEvents, leaveFollower, lostBy, moveFollower, moveInside } from './follower.ops.ts'
