"""What background.py delays and background_worker.py serves: a call leaves its argument and its process in a file, and ends when as many processes as asked have begun one."""

import os
import time

from prefect import task


@task
def double(number: int, seconds: float = 0, processes: float = 1) -> int:
    with open(os.environ["TEST_MARKS"], "a") as marks:
        marks.write(f"{number} {os.getpid()}\n")
    time.sleep(seconds)
    while len(begun_by()) < processes:
        time.sleep(0.05)
    return 2 * number


def begun_by() -> set[str]:
    with open(os.environ["TEST_MARKS"]) as marks:
        return {line.split()[1] for line in marks if line.endswith("\n")}
