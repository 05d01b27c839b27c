import os
import time

from prefect import flow, task
from report import report


@task
def step(number: int) -> int:
    return number + 1


@flow
def ten_tasks():
    total = 0
    for number in range(10):
        total += step(number)
    return total


seconds = []
for _ in range(int(os.environ.get("RUNS", "1"))):
    started = time.perf_counter()
    state = ten_tasks(return_state=True)
    seconds.append(time.perf_counter() - started)
report(state, seconds=seconds, total=state.result())
