from prefect import flow
from report import report


@flow
def child(number: int):
    return number + 1


@flow
def parent():
    return child(1)


state = parent(return_state=True)
report(state, value=state.result())
