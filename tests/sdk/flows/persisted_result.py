from prefect import flow
from prefect.client.orchestration import get_client
from report import report


@flow(persist_result=True)
def persisted_result():
    return {"answer": 42}


state = persisted_result(return_state=True)
with get_client(sync_client=True) as client:
    stored = client.read_flow_run(state.state_details.flow_run_id).state
report(state, stored=stored.result())
