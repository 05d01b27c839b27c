from prefect import flow, task
from prefect.client.orchestration import get_client
from prefect.exceptions import MissingResult
from report import report


@task(persist_result=True)
def kept():
    return {"answer": [42, 1.5, None], "é": "z"}


@task(persist_result=False)
def forgotten():
    return "gone"


@flow(persist_result=True)
def task_results():
    return {name: str(made.state_details.task_run_id) for name, made in (("kept", kept(return_state=True)), ("forgotten", forgotten(return_state=True)))}


state = task_results(return_state=True)
ids = state.result()
stored = {}
with get_client(sync_client=True) as client:
    for name, id in ids.items():
        for _ in range(200):
            run = client.read_task_run(id)
            if run.state and run.state.is_final():
                break
        try:
            stored[name] = run.state.result()
        except MissingResult:
            stored[name] = "missing"
    again = client.read_flow_run(state.state_details.flow_run_id).state.result()
report(state, stored=stored, again=again == ids)
