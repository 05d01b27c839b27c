from prefect import flow
from prefect.logging import get_run_logger
from report import report


@flow(log_prints=True)
def greeting(name: str = "world"):
    get_run_logger().info(f"Good morning, {name}")
    print("printed, and logged as well")
    return name


report(greeting("Ada", return_state=True))
