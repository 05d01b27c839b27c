"""Very many mapped tasks, and one more when a file says that nothing more will happen to the server."""

import os
import time

from prefect import flow, task
from report import report


@task
def wait(number: int, seconds: float) -> int:
    time.sleep(seconds)
    return number


@flow
def many_tasks(count: int, seconds: float):
    total = sum(wait.map(range(count), seconds).result())
    while not os.path.exists(os.environ["GO_ON"]):
        time.sleep(0.05)
    return total + wait(0, 0)


state = many_tasks(int(os.environ["TASKS"]), 0.01, return_state=True)
report(state, total=state.result())
