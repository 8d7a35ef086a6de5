"""Says of every vector of a file what our code makes of it. Same subset of Python as widget/."""

from __future__ import annotations

import json
from typing import Any

from tests.vectors.judge.checks import check
from tests.vectors.judge.groups import meet
from tests.vectors.judge.logs import keep
from tests.vectors.judge.notes import decision, note
from tests.vectors.judge.packets import packet
from tests.vectors.judge.texts import text
from tests.vectors.judge.world import Keys, World, text_of
from widget.errors import ConfigError, CwError
from widget.ports import Crypto
from widget.wire.base16 import from_hex
from widget.wire.fields import objects_field, write_object

MAX_VECTORS = 1000


async def judge(crypto: Crypto, keys: Keys, world_text: str, file_text: str) -> str:
    """JSON: for each of the good and the bad vectors of the file, by its id, what came out."""
    fields: dict[str, Any] = json.loads(file_text)
    world_fields: dict[str, Any] = json.loads(world_text)
    world = World(crypto, keys, world_fields)
    kind, how = text_of(fields, "object"), text_of(fields, "how")
    told: dict[str, Any] = {}
    for case in [*objects_field(fields, "good", MAX_VECTORS), *objects_field(fields, "bad", MAX_VECTORS)]:
        told[text_of(case, "id")] = await _judged(kind, how, case, world)
    return json.dumps(told)


async def _judged(kind: str, how: str, case: dict[str, Any], world: World) -> dict[str, Any]:
    try:
        return await _outcome(kind, how, case, world)
    except CwError as error:
        return {"refusal": error.reason}
    except ConfigError as error:
        return {"refusal": error.code}


async def _outcome(kind: str, how: str, case: dict[str, Any], world: World) -> dict[str, Any]:
    """What it says; of bytes also what their writer makes of that, of texts whether what theirs makes says the same."""
    if how == "text":
        given = text_of(case, "data")
        told, again = text(kind, given)
        return {"value": told, "again": write_object(text(kind, again)[0]) == write_object(told)}
    if how == "bytes":
        data = from_hex(text_of(case, "data"))
        if kind == "note":
            told, written = note(data)
        elif kind == "decision":
            told, written = decision(data)
        else:
            told, written = packet(kind, data)
        return {"value": told, "again": written.hex()}
    if kind in ("group", "frame"):
        return {"value": await meet(case, world)}
    if kind == "log":
        return {"value": await keep(case, world)}
    return {"value": await check(kind, case, world)}
