"""Prints each state change of each flow run, once, across lost connections and restarts of the server and of this program.

python3 examples/python/follow_runs.py [file that keeps the cursor]
"""

import base64
import json
import os
import pathlib
import random
import sys
import time
import urllib.error
import urllib.request

URL = os.environ.get("CASTELLAN_URL", "http://127.0.0.1:4200") + "/graphql"
AUTH_STRING = os.environ.get("CASTELLAN_SERVER_API_AUTH_STRING")
CURSOR_FILE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "follow-runs.cursor")

SUBSCRIPTION = """subscription ($after: Cursor) {
  flowRunStateChanged(after: $after) {
    cursor
    gap { reason }
    changes { occurredAt flowRun { name flow { name } } state { name } }
  }
}"""


def main():
    failures = 0
    while True:
        try:
            if not CURSOR_FILE.exists():
                save(ask("{ server { eventCursor } }")["server"]["eventCursor"])
            for frame in subscribe(after=CURSOR_FILE.read_text()):
                failures = 0
                show(frame)
                save(frame["cursor"])
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code != 429:
                sys.exit(f"The server refuses: {error.code} {error.read().decode()}")
        except OSError as error:
            print(f"{error}. Trying again.", file=sys.stderr)
        time.sleep(min(5, 0.25 * 2**failures) * random.uniform(0.5, 1))
        failures = min(failures + 1, 10)


def show(frame):
    if frame["gap"]:
        print(f"Some changes were missed: {frame['gap']['reason']}.", file=sys.stderr)
    for change in frame["changes"]:
        run = change["flowRun"]
        print(f"{change['occurredAt']}  {run['flow']['name']} / {run['name']}: {change['state']['name']}", flush=True)


def save(cursor):
    """Replaces the file in one step: half a cursor is never kept."""
    following = CURSOR_FILE.with_suffix(".next")
    following.write_text(cursor)
    following.replace(CURSOR_FILE)


def ask(query):
    with post({"query": query}, accept="application/json") as response:
        return json.load(response)["data"]


def subscribe(after):
    """Server-sent events: lines `event: …` and `data: …`; a message ends with an empty line."""
    with post({"query": SUBSCRIPTION, "variables": {"after": after}}, accept="text/event-stream") as response:
        for line in response:
            if line.startswith(b"data: {"):
                result = json.loads(line[len(b"data: ") :])
                if result.get("errors"):
                    sys.exit(f"The server refuses: {result['errors'][0]['message']}")
                yield result["data"]["flowRunStateChanged"]


def post(body, accept):
    headers = {"content-type": "application/json", "accept": accept}
    if AUTH_STRING:
        headers["authorization"] = "Basic " + base64.b64encode(AUTH_STRING.encode()).decode()
    request = urllib.request.Request(URL, json.dumps(body).encode(), headers)
    # The server says something at least every 12 seconds: who hears nothing for 30 is not connected any more.
    return urllib.request.urlopen(request, timeout=30)


if __name__ == "__main__":
    main()
