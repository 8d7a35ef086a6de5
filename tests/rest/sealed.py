"""What schemathesis is told (SCHEMATHESIS_HOOKS): a sealed body is any bytes."""

from __future__ import annotations

import importlib


def sealed(context: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


importlib.import_module("schemathesis").serializer("application/cw-hpke")(sealed)  # in requirements-fuzz.lock
