from prefect import flow, pause_flow_run, task
from report import report


@task
def before():
    return 1


@task
def after(number: int):
    return number + 1


@flow
def paused():
    number = before()
    pause_flow_run(timeout=120, poll_interval=1)
    return after(number)


state = paused(return_state=True)
report(state, result=state.result())
