"""Prints the OpenAPI document that the installed package's own server makes of itself."""

import json

import fastapi

# Newer releases of fastapi no longer take two keywords that the package gives to some of its request bodies; answers do not depend on them.
body = fastapi.Body
fastapi.Body = lambda *given, min_items=None, max_items=None, **named: body(*given, **named)

from prefect.server.api.server import create_app  # noqa: E402

print("REPORT " + json.dumps(create_app().openapi()))
