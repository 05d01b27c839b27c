"""Delays a task for each argument, and waits for the results if it is told to: `background.py wait 1 2:0:2`, `background.py leave 1:600 2`."""

import json
import sys

from background_tasks import double

how, *arguments = sys.argv[1:]
calls = [argument.split(":") for argument in arguments]
futures = [double.delay(int(number), *map(float, more)) for number, *more in calls]
results = [future.result(timeout=120) for future in futures] if how == "wait" else []
print("REPORT " + json.dumps({"task_run_ids": [str(future.task_run_id) for future in futures], "results": results}), flush=True)
