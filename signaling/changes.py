"""Changes of membership as the scripts publish them, read in full before anybody hears of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from signaling.store import read_member
from widget.wire.socket import Member


class GarbledError(Exception):
    """This is no change; somebody else writes into our channels, or a script and this reader do not fit."""


@dataclass(frozen=True)
class Change:
    """`member` has come, `sid` has gone (member None), it has another socket: `conn`, or `removed` was put out.

    That is a person (sub): each session of theirs that was a member goes as well, by a change of its own behind it.
    """

    seq: int
    sid: str
    member: Member | None = None
    conn: str = ""
    removed: str = ""


def read_change(data: bytes) -> Change:
    """The JSON behind the kind of the message (see scripts.py)."""
    try:
        return _read(json.loads(data))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise GarbledError from error


def _read(data: dict[str, Any]) -> Change:
    seq, kind = int(data["seq"]), data["kind"]
    if kind == "!":
        return Change(seq, "", removed=str(data["sub"]))
    sid = str(data["sid"])
    if kind == "+":
        return Change(seq, sid, member=read_member(sid, data["member"]))
    if kind == "=":
        return Change(seq, sid, conn=str(data["conn"]))
    if kind != "-":
        raise ValueError
    return Change(seq, sid)
