/** A page that is read once and again on demand. What is shown stays until the new answer is there. */
export const useRequest = <Answer>(ask: () => Promise<Answer>) => {
  let answer = $state.raw<Answer>()
  let error = $state.raw<unknown>()

  const load = async () => {
    try {
      answer = await ask()
      error = undefined
    } catch (cause) {
      error = cause
    }
  }
  void load()

  return {
    get answer() {
      return answer
    },
    get error() {
      return error
    },
    load,
  }
}
