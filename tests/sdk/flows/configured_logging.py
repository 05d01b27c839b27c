import logging
from logging.config import dictConfig

from prefect import flow
from report import report

logging.getLogger(__name__).setLevel("WARNING")
dictConfig({"version": 1, "incremental": False})


@flow
def configured_logging():
    return "done"


report(configured_logging(return_state=True))
