"""Serves a task in the background until it is ended."""

from background_tasks import double
from prefect.task_worker import serve

if __name__ == "__main__":
    serve(double, limit=1)
