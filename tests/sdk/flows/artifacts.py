from prefect import flow, task
from prefect.artifacts import (
    Artifact,
    create_image_artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from report import report


@task
def measure():
    return str(create_table_artifact(key="measures", table={"n": [1, 2], "word": ["a", None]}, description="what was measured"))


@flow
def artifacts():
    made = {"table": measure()}
    made["markdown"] = str(create_markdown_artifact(key="report", markdown="# First"))
    made["second"] = str(create_markdown_artifact(key="report", markdown="# Second"))
    made["link"] = str(create_link_artifact(key="where", link="https://example.org", link_text="there"))
    made["image"] = str(create_image_artifact(key="what", image_url="https://example.org/a.png"))
    progress = create_progress_artifact(progress=0.0, description="how far")
    for percent in (25.0, 100.0):
        update_progress_artifact(artifact_id=progress, progress=percent)
    made["progress"] = str(progress)
    latest = Artifact.get("report")
    again, is_new = Artifact.get_or_create(key="report", type="markdown", data="never written")
    return {"made": made, "latest": latest.data, "again": again.data, "is_new": is_new}


state = artifacts(return_state=True)
report(state, **state.result())
