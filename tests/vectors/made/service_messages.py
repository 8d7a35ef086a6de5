"""Vectors of what the service says on the signaling socket."""

from __future__ import annotations

from typing import Any

from tests.vectors.made.file import File
from tests.vectors.made.messages import AUTH, ROOM, SID, as_json, broken_json, short

MEMBER = {"sid": SID, "sub": "ab" * 16, "name": "Ada", "joined": 7}
RECORD = {
    "id": ROOM,
    "name": "A room",
    "hostSub": "ab" * 16,
    "hostName": "Ada",
    "created": 7,
    "members": 1,
    "capacity": 16,
    "public": True,
    "genesis": "01",
}
ICE = {"urls": ["turn:turn.test"], "username": "u", "credential": "c"}
JOINED = {"t": "joined", "room": RECORD, "members": [MEMBER], "resume": "r", "ice": [ICE], "now": 8}


def server_messages() -> File:
    file = File("server_message", "text", "What the service says on the signaling socket: widget/wire/socket.py")

    def joined(sentence: str, **changes: Any) -> None:
        message: dict[str, Any] = {**JOINED, **changes}
        members = [f"{one['sid']} {one['sub']} {one['name']} {one['joined']}" for one in message["members"]]
        ice = [f"{one['urls']} {one['username']} {one['credential']}" for one in message["ice"]]
        room, told = message["room"], {"kind": "joined", "resume": message["resume"], "now_ms": message["now"]}
        file.good(
            sentence,
            {**told, "room": room["id"], "name": room["name"], "members": members, "ice": ice},
            data=as_json(message),
        )

    joined("one is in")
    joined("one is in, and alone", members=[], ice=[], resume="")
    joined("one is in with the most", members=[{**MEMBER, "sid": f"{number:032x}"} for number in range(64)])
    joined("one is in a room whose name is the longest", room={**RECORD, "name": "n" * 60, "public": False})
    joined("one is in, late", now=2**52)
    for sentence, told, message in (
        ("a nonce", {"kind": "hello", "nonce": "ab" * 32}, {"t": "hello", "nonce": "ab" * 32}),
        ("somebody came", {"kind": "peer+", "sid": SID, "name": "Ada"}, {"t": "peer+", "member": MEMBER}),
        ("somebody left", {"kind": "peer-", "sid": SID}, {"t": "peer-", "sid": SID}),
        (
            "a signal",
            {"kind": "signal", "sid": SID, "signal": "answer", "data": "v=0"},
            {"t": "signal", "from": SID, "kind": "answer", "data": "v=0"},
        ),
        (
            "a visitor",
            {"kind": "visit", "id": SID, "key": "04" * 65},
            {"t": "visit", "id": SID, "key": "04" * 65},
        ),
        ("a beat", {"kind": "beat"}, {"t": "beat"}),
        (
            "a problem",
            {"kind": "error", "code": "room.full", "detail": "d", "retry_after_s": 5},
            {"t": "error", "code": "room.full", "detail": "d", "retry": 5},
        ),
        (
            "a problem for a day",
            {"kind": "error", "code": "c", "detail": "", "retry_after_s": 86400},
            {"t": "error", "code": "c", "detail": "", "retry": 86400},
        ),
    ):
        file.good(sentence, told, data=as_json(message))
    broken_json(file)
    _bad_members(file)
    return file


def _bad_members(file: File) -> None:
    rooms: tuple[tuple[str, Any], ...] = (
        ("id", ROOM[:-1]),
        ("name", "n" * 61),
        ("name", 1),
        ("hostSub", "s" * 65),
        ("hostName", "n" * 41),
        ("created", -1),
        ("created", 1.5),
        ("created", 2**52 + 1),
        ("created", True),
        ("members", 10001),
        ("capacity", 0),
        ("public", 1),
        ("public", "true"),
        ("genesis", "0" * 1025),
    )
    for name, wrong in rooms:
        file.bad(f"a room whose {name} is {short(wrong)}", data=as_json({**JOINED, "room": {**RECORD, name: wrong}}))
    members: tuple[tuple[str, Any], ...] = (
        ("sid", "ab"),
        ("sub", None),
        ("name", "n" * 41),
        ("joined", "7"),
        ("joined", 2**52 + 1),
    )
    for name, wrong in members:
        file.bad(
            f"a member whose {name} is {short(wrong)}", data=as_json({"t": "peer+", "member": {**MEMBER, name: wrong}})
        )
    servers: tuple[tuple[str, Any], ...] = (
        ("urls", "turn:x"),
        ("urls", [7]),
        ("urls", ["u"] * 9),
        ("username", "u" * 257),
        ("credential", None),
    )
    for name, wrong in servers:
        file.bad(f"a relay whose {name} is {short(wrong)}", data=as_json({**JOINED, "ice": [{**ICE, name: wrong}]}))
    fields: tuple[tuple[str, Any], ...] = (
        ("room", None),
        ("members", {}),
        ("members", [MEMBER] * 65),
        ("members", [7]),
        ("ice", [ICE] * 9),
        ("resume", "r" * 65),
        ("now", -1),
    )
    for name, wrong in fields:
        file.bad(f"one is in, and {name} is {short(wrong)}", data=as_json({**JOINED, name: wrong}))
    messages: tuple[dict[str, Any], ...] = (
        {"t": "hello", "nonce": "ab" * 31},
        {"t": "visit", "id": SID, "key": "04" * 64},
        {"t": "visit", "id": SID[2:], "key": "04" * 65},
        {"t": "hello"},
        {"t": "peer+"},
        {"t": "peer+", "member": []},
        {"t": "peer-", "sid": ""},
        {"t": "signal", "to": SID, "kind": "answer", "data": ""},
        {"t": "error", "code": "c" * 65, "detail": "", "retry": 0},
        {"t": "error", "code": "c", "detail": "d" * 301, "retry": 0},
        {"t": "error", "code": "c", "detail": "", "retry": 86401},
        AUTH,
    )
    for message in messages:
        file.bad(f"not {short(message)}", data=as_json(message))
