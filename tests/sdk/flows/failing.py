from prefect import flow
from report import report


@flow
def failing():
    raise RuntimeError("fails on purpose")


report(failing(return_state=True))
