#!/usr/bin/env bash
# Prints each batch of state changes of flow runs as a line of JSON, across lost connections and restarts of the server and of this script.
#   bash examples/curl/follow-runs.sh [file that keeps the cursor]
set -uo pipefail
url=${CASTELLAN_URL:-http://127.0.0.1:4200}/graphql
kept=${1:-follow-runs.cursor}
auth=(${CASTELLAN_SERVER_API_AUTH_STRING:+--user "$CASTELLAN_SERVER_API_AUTH_STRING"})
subscription='subscription ($after: Cursor) { flowRunStateChanged(after: $after) { cursor gap { reason } changes { occurredAt flowRun { name flow { name } } state { name } } } }'

post() { # what to accept, the body
  curl --silent --show-error --fail --no-buffer --keepalive-time 30 "${auth[@]}" "$url" \
    --header 'content-type: application/json' --header "accept: $1" --data "$2"
}
keep() { printf %s "$1" >"$kept.next" && mv "$kept.next" "$kept"; }

while true; do
  if [ ! -s "$kept" ]; then
    newest=$(post application/json '{"query":"{ server { eventCursor } }"}') && keep "$(sed -E 's/.*"eventCursor":"([^"]+)".*/\1/' <<<"$newest")"
  fi
  if [ -s "$kept" ]; then
    post text/event-stream "{\"query\":\"$subscription\",\"variables\":{\"after\":\"$(<"$kept")\"}}" |
      while IFS= read -r line; do
        [[ $line == 'data: {'* ]] || continue
        printf '%s\n' "${line#data: }"
        [[ $line =~ \"cursor\":\"([^\"]+)\" ]] && keep "${BASH_REMATCH[1]}"
      done
  fi
  sleep 1
done
