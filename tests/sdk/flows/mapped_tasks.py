from prefect import flow, task
from report import report


@task
def double(number: int) -> int:
    return number * 2


@flow
def mapped_tasks(count: int = 3):
    return sum(future.result() for future in double.map(range(count)))


state = mapped_tasks(return_state=True)
report(state, total=state.result())
