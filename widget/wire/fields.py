"""JSON objects: written without spaces; read strictly, a named field of a known kind and size, or CwError."""

from __future__ import annotations

import json
from typing import Any

from widget.errors import MALFORMED, CwError
from widget.wire.base16 import is_hex

MAX_DEPTH = 4
FORBIDDEN_KEYS = ("__proto__", "constructor", "prototype")


def write_object(fields: dict[str, Any]) -> str:
    """Members in the order given."""
    return json.dumps(fields, separators=(",", ":"))


def parse_object(text: str, max_chars: int) -> dict[str, Any]:
    """The JSON object in `text`: at most `max_chars` long and MAX_DEPTH deep."""
    if len(text) > max_chars:
        raise CwError(MALFORMED, "message too long")
    try:
        value = json.loads(text)
    except Exception as error:  # stock Brython's JSONError is no ValueError (docs/brython.md)
        raise CwError(MALFORMED, "message is not JSON") from error
    if not isinstance(value, dict):
        raise CwError(MALFORMED, "message is not an object")
    _check_depth(value, MAX_DEPTH)
    return value


def _check_depth(value: object, left: int) -> None:
    if left < 0:
        raise CwError(MALFORMED, "message nested too deeply")
    if isinstance(value, dict):
        for key in value:
            if key in FORBIDDEN_KEYS:
                raise CwError(MALFORMED, "forbidden key")
            _check_depth(value[key], left - 1)
    elif isinstance(value, list):
        for item in value:
            _check_depth(item, left - 1)


def write_message(kind: str, fields: dict[str, Any]) -> str:
    """An object that says what it is."""
    return write_object({"t": kind, **fields})


def text_field(data: dict[str, Any], name: str, max_chars: int) -> str:
    value = data.get(name)
    if not isinstance(value, str) or len(value) > max_chars:
        raise CwError(MALFORMED, f"field {name} is not a short text")
    return value


def int_field(data: dict[str, Any], name: str, low: int, high: int) -> int:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise CwError(MALFORMED, f"field {name} is not an integer")
    if value < low or value > high:
        raise CwError(MALFORMED, f"field {name} is out of range")
    return value


def bool_field(data: dict[str, Any], name: str) -> bool:
    value = data.get(name)
    if not isinstance(value, bool):
        raise CwError(MALFORMED, f"field {name} is not true or false")
    return value


def hex_field(data: dict[str, Any], name: str, length_bytes: int) -> str:
    """Lower-case hex of exactly `length_bytes` bytes, returned as text."""
    value = text_field(data, name, length_bytes * 2)
    if len(value) != length_bytes * 2 or not is_hex(value):
        raise CwError(MALFORMED, f"field {name} is not {length_bytes} bytes in hex")
    return value


def list_field(data: dict[str, Any], name: str, max_items: int) -> list[Any]:
    value = data.get(name)
    if not isinstance(value, list) or len(value) > max_items:
        raise CwError(MALFORMED, f"field {name} is not a short list")
    return value


def objects_field(data: dict[str, Any], name: str, max_items: int) -> list[dict[str, Any]]:
    objects: list[dict[str, Any]] = []
    for item in list_field(data, name, max_items):
        if not isinstance(item, dict):
            raise CwError(MALFORMED, "list item is not an object")
        objects.append(item)
    return objects
