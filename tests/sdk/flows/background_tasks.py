"""What background.py delays and background_worker.py serves: a call leaves its argument and its process in a file."""

import os
import time

from prefect import task


@task
def double(number: int, seconds: float = 0) -> int:
    with open(os.environ["TEST_MARKS"], "a") as marks:
        marks.write(f"{number} {os.getpid()}\n")
    time.sleep(seconds)
    return 2 * number
