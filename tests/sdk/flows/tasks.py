from prefect import flow, task
from report import report

attempts = 0


@task
def greet(name: str) -> str:
    return f"Good morning, {name}"


@task(retries=2)
def flaky() -> int:
    global attempts
    attempts += 1
    if attempts < 3:
        raise ValueError(f"attempt {attempts} fails on purpose")
    return attempts


@flow
def tasks():
    once = greet.submit("Ada")
    return [greet.submit(once).result(), flaky.submit().result()]


report(tasks(return_state=True))
