/** What the explorer opens with: one document; its play button asks which of the operations to run. */
export const examples = `# The play button asks which of these to run.

# The newest runs, and the cursor that their live changes continue from.
query NewestRuns {
  flowRuns(first: 10) {
    eventCursor
    totalCount { value isExact }
    nodes { id name stateName startTime totalRunTime flow { name } }
  }
}

# What failed, with what was said about it and every state before.
query Failures {
  flowRuns(first: 5, filter: { stateTypes: [FAILED, CRASHED] }) {
    nodes { id name flow { name } state { message timestamp } states { name timestamp actorName } }
    pageInfo { hasNextPage endCursor }
  }
}

# A day in hours, the day before, and the present, all read at one moment.
query Day($start: DateTime! = "2026-11-25T00:00:00Z", $end: DateTime! = "2026-11-26T00:00:00Z") {
  dashboard(start: $start, end: $end, bucketSize: 3600, filter: { isSubflow: false }) {
    buckets { start lateCount counts { type count } }
    previous { counts { type count } }
    failingFlows { flow { name } failedCount crashedCount newestFailure { name } }
    running { name startTime }
    eventCursor
  }
}

# Warnings and errors of all runs, newest last.
query Warnings {
  logs(first: 20, filter: { levelAtLeast: 30 }) { nodes { timestamp level name message } }
}

# Every change from now on. Pass a cursor as \`after\` to resume where you were.
subscription Changes {
  flowRunStateChanged {
    cursor
    gap { reason }
    changes { flowRun { name } previousState { name } state { name timestamp } }
  }
}

# Every event whose name begins so.
subscription Events {
  eventOccurred(filter: { namePrefixes: ["prefect.flow-run."] }) {
    cursor
    events { occurred event resource }
  }
}

# How many runs could be retried, and why not the others. Without dryRun it is done.
mutation RetryFailures {
  retryFlowRuns(input: { filter: { stateTypes: [FAILED, CRASHED] }, dryRun: true }) {
    matchedCount
    eligibleCount
    refusals { reason flowRun { name } }
  }
}
`
