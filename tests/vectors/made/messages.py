"""Vectors of what a client says on the signaling socket."""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.realm import b64url
from tests.vectors.made.file import File
from tests.vectors.made.people import bytes_from
from widget.wire.signal import MAX_CANDIDATE_CHARS, MAX_SDP_CHARS
from widget.wire.socket import MAX_TEXT_CHARS

ROOM, SID, DK, SIG = (
    bytes_from(name, size).hex() for name, size in (("room", 16), ("sid", 16), ("dk", 65), ("sig", 64))
)
AUTH = {"t": "auth", "token": "a.b.c", "dk": DK, "sig": SIG, "room": ROOM, "sid": SID, "resume": ""}
SIGNAL = {"to": SID, "kind": "offer", "data": "v=0\r\n"}
NOT_OBJECTS = (
    "",
    " ",
    "null",
    "[]",
    "1",
    '"auth"',
    "{",
    '{"t":"beat"',
    "{'t':'beat'}",
    '{"t":"beat"}}',
    '{"t":NaN}',
    "\ufeff{}",
)


def client_messages() -> File:
    file = File("client_message", "text", "What a client says on the signaling socket: widget/wire/socket.py")

    def good(sentence: str, told: dict[str, Any], message: dict[str, Any]) -> None:
        file.good(sentence, told, data=as_json(message))

    def bad(sentence: str, message: Any) -> None:
        file.bad(sentence, data=as_json(message))

    for sentence, changes in (
        ("who comes", {}),
        ("who comes back", {"resume": "r" * 64}),
        ("a token of no letters, which the service refuses", {"token": ""}),
        ("the longest token", {"token": "x" * 4096}),
    ):
        message = {**AUTH, **changes}
        good(sentence, {"kind": "auth", **{key: value for key, value in message.items() if key != "t"}}, message)
    good(
        "a newer token",
        {"kind": "renew", "token": "n", "dk": DK, "sig": SIG},
        {"t": "renew", "token": "n", "dk": DK, "sig": SIG},
    )
    for kind, data in (
        ("offer", "v=0"),
        ("answer", ""),
        ("candidate", "{}"),
        ("offer", "x" * MAX_SDP_CHARS),
        ("candidate", "x" * MAX_CANDIDATE_CHARS),
    ):
        told = {"kind": "signal", "sid": SID, "signal": kind, "data": data}
        good(f"{kind} of {len(data)} letters", told, {"t": "signal", "to": SID, "kind": kind, "data": data})
    good("a beat", {"kind": "beat"}, {"t": "beat"})
    good("a goodbye", {"kind": "leave"}, {"t": "leave"})
    broken_json(file)
    for name, wrong in (
        ("token", 7),
        ("token", "x" * 4097),
        ("dk", DK[:-1]),
        ("dk", DK.upper()),
        ("dk", f"{DK}00"),
        ("sig", ""),
        ("sig", None),
        ("room", ROOM[:-2]),
        ("room", [ROOM]),
        ("sid", f"{SID[:-1]}g"),
        ("sid", {}),
        ("resume", "r" * 65),
        ("resume", True),
    ):
        bad(f"who comes with the {name} {short(wrong)}", {**AUTH, name: wrong})
    for name in AUTH:
        bad(f"who comes without {name}", {key: value for key, value in AUTH.items() if key != name})
    for name, wrong in (
        ("to", SID[:-2]),
        ("to", 7),
        ("kind", "pranswer"),
        ("kind", ""),
        ("data", None),
        ("data", "x" * (MAX_SDP_CHARS + 1)),
    ):
        bad(f"a signal with {name} {short(wrong)}", {"t": "signal", **SIGNAL, name: wrong})
    bad("a candidate too long", {"t": "signal", **SIGNAL, "kind": "candidate", "data": "x" * (MAX_CANDIDATE_CHARS + 1)})
    bad("what only the service says", {"t": "hello", "nonce": "00" * 32})
    return file


def broken_json(file: File) -> None:
    for text in NOT_OBJECTS:
        file.bad(f"not {text!a}", data=text)
    for sentence, message in (
        ("no kind", {}),
        ("a kind that is no text", {"t": 1}),
        ("a kind that there is not", {"t": "nothing"}),
        ("a kind too long", {"t": "x" * 17}),
        ("a forbidden name", {"t": "beat", "__proto__": {}}),
        ("a forbidden name inside", {"t": "beat", "a": [{"constructor": 1}]}),
        ("objects nested too deeply", {"t": "beat", "a": [[[[[]]]]]}),
        ("a text too long", {"t": "beat", "a": "x" * MAX_TEXT_CHARS}),
    ):
        file.bad(sentence, data=as_json(message))


def as_json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def part(value: Any) -> str:
    return b64url(as_json(value).encode())


def short(value: Any) -> str:
    text = as_json(value)
    return text if len(text) <= 60 else f"{text[:40]}... of {len(text)} letters"
