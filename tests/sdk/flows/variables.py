from prefect import flow
from prefect.variables import Variable
from report import report


@flow
def variables():
    Variable.set("limits", {"most": [1, 2.5, None], "é": "\u0000"}, tags=["a"])
    first = Variable.get("limits")
    try:
        Variable.set("limits", 1)
        refused = False
    except ValueError:
        refused = True
    Variable.set("limits", "text", overwrite=True)
    second = Variable.get("limits")
    gone = Variable.unset("limits")
    return {
        "first": first,
        "refused": refused,
        "second": second,
        "gone": gone,
        "missing": Variable.get("limits", default="fallback"),
        "again": Variable.unset("limits"),
    }


state = variables(return_state=True)
report(state, **state.result())
