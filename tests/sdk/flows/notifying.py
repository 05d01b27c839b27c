"""Makes each notification block of the SDK, prints what it would save, and sends by it."""

import json
import sys
from uuid import uuid4

from prefect.blocks import notifications

SUBJECT = 'Flow run etl <failed> & "late"'
BODY = "It failed & stays.\nSee <https://docs.example.org|the docs>."

blocks = [
    notifications.SlackWebhook(url="https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"),
    notifications.DiscordWebhook(webhook_id="1234567890", webhook_token="abcdefghij"),
    notifications.MattermostWebhook(
        hostname="mm.example.org", secure=True, port=443, token="abcdefghijklmnop", botname="bot", channels=["one", "two"]
    ),
    notifications.MicrosoftTeamsWebhook(
        url="https://prod-1.westus.logic.azure.com/workflows/3e6ea/triggers/manual/paths/invoke"
        "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=iXVTM-X",
        include_image=False,
    ),
    notifications.OpsgenieWebhook(
        apikey="abc-def", target_team=["data"], target_user=["ann"], tags=["etl"], entity="etl", details={"stage": "prod"}, priority=1
    ),
    notifications.OpsgenieWebhook(apikey="abc-def", target_team=["data"], target_user=["ann"], batch=True, region_name="eu"),
    notifications.PagerDutyWebHook(
        integration_key="0123456789abcdef0123456789abcdef",
        api_key="a1b2c3",
        group="etl",
        class_id="run",
        clickable_url="https://castellan.example.org/",
        include_image=False,
        custom_details={"team": "data"},
    ),
    notifications.SendgridEmail(
        api_key="SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstu",
        sender_email="from@example.org",
        to_emails=["a@example.org", "b@example.org"],
    ),
    notifications.TwilioSMS(
        account_sid="AC" + "a" * 32, auth_token="b" * 32, from_phone_number="+12025550123", to_phone_numbers=["+12025550124", "+12025550125"]
    ),
    notifications.CustomWebhookNotificationBlock(
        name="hook",
        url="https://hook.example.org/in",
        params={"by": "{{name}}"},
        json_data={"text": "{{subject}}: {{body}}", "deep": [{"token": "{{token}}"}]},
        headers={"X-Token": "{{token}}"},
        cookies={"session": "{{token}}"},
        secrets={"token": "S3cretValue"},
    ),
    notifications.CustomWebhookNotificationBlock(
        name="hook", url="https://hook.example.org/in", method="PUT", form_data={"text": "{{subject}}"}
    ),
]


def saved(block) -> dict:
    document = block._to_block_document(name="any", block_schema_id=uuid4(), block_type_id=uuid4())
    return document.model_dump(mode="json", context={"include_secrets": True})["data"]


# Saved before it is sent: PagerDuty's block changes itself in sending.
report = [{"slug": block.get_block_type_slug(), "data": saved(block)} for block in blocks]
if "--send" in sys.argv:
    for block in blocks:
        block.notify(BODY, SUBJECT)
print("REPORT " + json.dumps({"subject": SUBJECT, "body": BODY, "blocks": report}))
