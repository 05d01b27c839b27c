export interface Scheduler {
  now(): number
  after(milliseconds: number, run: () => void): () => void
  nextFrame(run: () => void): () => void
  random(): number
}

// A hidden tab gets no animation frames; its counts must still be right when it is shown again.
const HIDDEN_FLUSH_MILLISECONDS = 250

export const browserScheduler: Scheduler = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  nextFrame(run) {
    let done = false
    const once = () => {
      if (done) return
      done = true
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      run()
    }
    const frame = requestAnimationFrame(once)
    // The timer also covers a tab hidden between the request and its frame.
    const timer = setTimeout(once, HIDDEN_FLUSH_MILLISECONDS)
    return () => {
      done = true
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  },
}
