"""Vectors of what is said: events in frames, and the body of a line of chat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.vectors.made.file import File, plain
from tests.vectors.made.packets import SIGNATURE, U8, U32, patched
from tests.vectors.made.people import bytes_from
from widget.room.kinds.text import MAX_EMOTES, MAX_TEXT_CHARS, TextBody, read_text, write_text
from widget.wire.event import MAX_BODY_BYTES, Event
from widget.wire.frame import BUCKETS, CONTENT_BYTES, read_content, write_content

U48 = 2**48 - 1
ID = bytes_from("id", 16).hex()
SID = bytes_from("author", 16).hex()
EVENT = Event(
    room_id=bytes_from("room", 16),
    author=SID,
    seq=7,
    prev=bytes_from("prev", 16).hex(),
    kid=bytes_from("kid", 16).hex(),
    clock=9,
    at_ms=1_795_000_000_000,
    kind=1,
    body_hash=bytes_from("body", 32).hex(),
    signature=SIGNATURE,
    body=b"body",
)
BARE = replace(EVENT, body=None)
TWIN = replace(BARE, body_hash="98" * 32)
PADDED = 1 + 178 + 2  # where the body of the only event begins


def fields_of(event: Event) -> dict[str, Any]:
    return {key: value for key, value in plain(event).items() if key != "head"}


def contents() -> File:
    file = File("content", "bytes", "Events and padding, as a frame seals them: widget/wire/frame.py, event.py")

    def good(sentence: str, *said: Event) -> None:
        file.good(sentence, {"events": [fields_of(event) for event in said]}, data=write_content(list(said)))

    good("no event")
    good("an event", EVENT)
    good("an event whose body is withheld", BARE)
    good("an event without a body", replace(EVENT, body=b""))
    good("the first of a log", replace(EVENT, seq=1, prev="00" * 16))
    good("an event with the greatest numbers", replace(EVENT, seq=U32, clock=U48, at_ms=U48, kind=U8))
    good("an event with the longest body", replace(EVENT, body=bytes(MAX_BODY_BYTES)))
    good("two events of one author", EVENT, replace(EVENT, seq=8))
    good("events of two authors", EVENT, replace(BARE, author=ID))
    for bucket in BUCKETS[1:5]:
        good(f"events that fill {bucket} bytes", replace(EVENT, body=bytes(bucket - PADDED)))
        good(f"events a byte too long for {bucket}", replace(EVENT, body=bytes(bucket - PADDED + 1)))
    data = write_content([EVENT])
    file.cut("an event in its frame", data, read_content)
    file.bad("padding that is not zeros", data=patched(data, -1, 1))
    file.bad("padding of a bucket too many", data=data + bytes(256))
    file.bad("padding to no bucket", data=data[:-1])
    file.bad("nothing but padding of the second bucket", data=bytes(256))
    file.bad("no bytes", data=b"")
    file.bad("more than the last bucket", data=bytes(CONTENT_BYTES + 1))
    for version in (0, 2):
        file.bad(f"an event of version {version}", data=patched(data, 1, version))
    for count in (0, 2, U8):
        file.bad(f"one event counted as {count}", data=patched(data, 0, count))
    file.bad("number zero", data=write_content([replace(EVENT, seq=0)]))
    for length in (3, MAX_BODY_BYTES + 1, 65534):
        wrong = data[: PADDED - 2] + length.to_bytes(2, "big") + data[PADDED:]
        file.bad(f"a body of four bytes that claims {length}", data=wrong)
    return file


def text_bodies() -> File:
    file = File("text_body", "bytes", "The body of a line of chat: widget/room/kinds/text.py")
    for sentence, body in (
        ("a word", TextBody("word")),
        ("a letter", TextBody("x")),
        ("letters of two, three and four bytes", TextBody("\u00e9\u20ac\U0001f44b")),
        ("a zero and the end of lines", TextBody("a\x00b\r\n\t")),
        ("right to left, and marks that join", TextBody("\u05d0\u202e\u0301\u200d")),
        ("the longest text", TextBody("x" * MAX_TEXT_CHARS)),
        ("the longest text of four bytes each", TextBody("\U0001f44b" * 3000)),
        ("an emote", TextBody(":a:", ["01F6MZZ"])),
        ("an emoji of the site", TextBody(":a:", [], ["wave_2-x"])),
        ("the most emotes and emoji", TextBody("x", ["a"] * MAX_EMOTES, ["b"] * MAX_EMOTES)),
        ("the longest id", TextBody("x", ["a" * 64])),
        ("a line said once more", TextBody("again", [], [], ID)),
        ("a line that looks like HTML", TextBody("<script>alert(1)</script>")),
    ):
        file.good(sentence, body, data=write_text(body))
    data = write_text(TextBody("word", ["e1"], ["e2"]))
    file.cut("a line", data, read_text)
    for sentence, body in (
        ("no letter", TextBody("")),
        ("a letter too many", TextBody("x" * (MAX_TEXT_CHARS + 1))),
        ("an emote too many", TextBody("x", ["a"] * (MAX_EMOTES + 1))),
        ("an emoji too many", TextBody("x", [], ["a"] * (MAX_EMOTES + 1))),
        ("an id without a letter", TextBody("x", [""])),
        ("an id too long", TextBody("x", ["a" * 65])),
        ("an id with a letter that there is not", TextBody("x", ["\u00e9"])),
        ("an id that looks like HTML", TextBody("x", [], ["<b>"])),
        ("an id with a space", TextBody("x", ["a b"])),
        ("an id with the end of a line", TextBody("x", ["a\n"])),
        ("half the name of another line", TextBody("x", [], [], "66" * 8)),
        ("two names of another line", TextBody("x", [], [], ID + ID)),
    ):
        file.bad(sentence, data=write_text(body))
    for sentence, text in (
        ("a byte that is no UTF-8", b"\xff"),
        ("half a letter", b"\xc3"),
        ("a letter in too many bytes", b"\xc0\x80"),
        ("half of a pair of sixteen bits", b"\xed\xa0\x80"),
        ("a letter beyond the last", b"\xf4\x90\x80\x80"),
    ):
        file.bad(sentence, data=len(text).to_bytes(2, "big") + text + b"\x00\x00")
    file.bad("JSON", data=b'{"text":"x","emotes":[],"emoji":[]}')
    file.bad("no bytes", data=b"")
    return file
