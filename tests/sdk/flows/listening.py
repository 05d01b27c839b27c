"""Hears, by the SDK's own subscribers, what a flow of this process does."""

import asyncio
import json
import logging
from datetime import datetime, timezone

from prefect import flow, get_run_logger
from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId
from prefect.events import emit_event
from prefect.events.clients import get_events_subscriber
from prefect.events.filters import EventFilter, EventNameFilter
from prefect.logging.clients import get_logs_subscriber

# The server also tells of what happened in the minutes before: flows of other tests.
BEGAN = datetime.now(timezone.utc)


async def hear_events():
    heard = []
    async with get_events_subscriber(filter=EventFilter(event=EventNameFilter(prefix=["listening.", "prefect.flow-run."]))) as events:
        async for event in events:
            if event.occurred < BEGAN:
                continue
            heard.append(event.event)
            if heard.count("listening.after") == 1 and "prefect.flow-run.Completed" in heard:
                return heard


async def hear_logs(flow_run_id, ready):
    async with get_logs_subscriber(filter=LogFilter(flow_run_id=LogFilterFlowRunId(any_=[flow_run_id]))) as logs:
        ready.set()
        heard = []
        async for log in logs:
            heard.append(log.message)
            if log.message == "the last line":
                return heard


@flow
async def listening():
    from prefect.context import get_run_context

    ready = asyncio.Event()
    hearing = asyncio.create_task(hear_logs(get_run_context().flow_run.id, ready))
    await ready.wait()
    # The subscriber is told nothing when the server has understood its filter: lines are repeated until one is heard.
    logger = get_run_logger()
    while not hearing.done():
        logger.info("the last line")
        await asyncio.sleep(0.2)
    return hearing.result()


async def main():
    emit_event("listening.before", resource={"prefect.resource.id": "listening.test"})
    hearing = asyncio.create_task(hear_events())
    state = await listening(return_state=True)
    emit_event("listening.after", resource={"prefect.resource.id": "listening.test"})
    heard = await asyncio.wait_for(hearing, 60)
    return state, heard, await state.aresult()


logging.getLogger("websockets").setLevel(logging.ERROR)
state, heard, lines = asyncio.run(main())
details = {"flow_run_id": str(state.state_details.flow_run_id), "state_type": state.type.value, "state_name": state.name}
print("REPORT " + json.dumps({**details, "heard": heard, "lines": lines}), flush=True)
