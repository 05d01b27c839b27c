from prefect import flow
from report import report

attempts = 0


@flow(retries=3)
def retried():
    global attempts
    attempts += 1
    if attempts < 3:
        raise ValueError(f"attempt {attempts} fails on purpose")
    return attempts


report(retried(return_state=True), attempts=attempts)
