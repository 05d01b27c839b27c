from typing import Optional, Union

from prefect import flow
from prefect.blocks.core import Block
from prefect.blocks.notifications import (
    CustomWebhookNotificationBlock,
    DiscordWebhook,
    MattermostWebhook,
    MicrosoftTeamsWebhook,
    OpsgenieWebhook,
    PagerDutyWebHook,
    SendgridEmail,
    SlackWebhook,
    TwilioSMS,
)
from prefect.blocks.system import Secret
from prefect.types import SecretDict
from pydantic import BaseModel, SecretStr
from report import report


class Inner(BaseModel):
    pin: SecretStr
    rate: float = 1e-05


class Lock(Block):
    code: SecretStr
    timeout: float = 1.0
    headers: SecretDict = SecretDict({})


class Chest(Block):
    lock: Lock
    spare: Optional[Union[Lock, Secret]] = None
    inner: Optional[Inner] = None
    size: int = 3


TEAMS = "https://prod-1.westus.logic.azure.com:443/workflows/{0}/triggers/manual/paths/invoke?sig={0}".format("w" * 32)
CHANNELS = [
    SlackWebhook(url="https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/plantedSlackTokenOfTwenty4"),
    MicrosoftTeamsWebhook(url=TEAMS),
    DiscordWebhook(webhook_id="planted-id", webhook_token="planted-token"),
    MattermostWebhook(hostname="chat.example.org", token="planted-mattermost", channels=["alerts"]),
    OpsgenieWebhook(apikey="planted-opsgenie"),
    PagerDutyWebHook(integration_key="planted-integration", api_key="planted-api"),
    SendgridEmail(api_key="planted-sendgrid", sender_email="a@example.org", to_emails=["b@example.org"]),
    TwilioSMS(account_sid="AC" + "0a" * 16, auth_token="0b" * 16, from_phone_number="+15555550001", to_phone_numbers=["+15555550002"]),
    CustomWebhookNotificationBlock(name="hook", url="https://example.org", secrets={"token": "planted-custom"}, json_data={"t": "{{token}}"}),
]


def held(block):
    return block.model_dump(context={"include_secrets": True}, exclude={"_block_document_id", "_block_document_name"})


def secret_of(value):
    return {key: one.get_secret_value() for key, one in value if isinstance(one, SecretStr)}


@flow
def blocks():
    Secret(value="planted-text").save("text")
    Secret(value={"deep": ["planted-json", 1, None]}).save("json")
    lock = Lock(code="planted-code", headers=SecretDict({"authorization": "planted-header"}))
    lock.save("front")
    Chest(lock=lock, spare=Lock(code="planted-spare"), inner=Inner(pin="planted-pin")).save("chest")
    chest = Chest.load("chest")
    chest.size = 4
    chest.save("chest", overwrite=True)
    again = Block.load("chest/chest")
    refused = False
    try:
        Secret(value="another").save("text")
    except ValueError:
        refused = True
    same = {}
    for channel in CHANNELS:
        slug = channel.get_block_type_slug()
        channel.save("mine")
        loaded = type(channel).load("mine")
        same[slug] = (held(loaded), secret_of(loaded)) == (held(channel), secret_of(channel))
    return {
        "text": Secret.load("text").get(),
        "json": Secret.load("json").get(),
        "code": again.lock.code.get_secret_value(),
        "header": again.lock.headers.get_secret_value(),
        "lock": again.lock._block_document_name,
        "spare": again.spare.code.get_secret_value(),
        "pin": again.inner.pin.get_secret_value(),
        "size": again.size,
        "kind": type(again).__name__,
        "refused": refused,
        "same": same,
    }


state = blocks(return_state=True)
report(state, **state.result())
