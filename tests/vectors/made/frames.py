"""Vectors of frames as they come to a member: packets that open or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.vectors.made.epochs import Epochs, Made, given, step
from tests.vectors.made.events import EVENT
from tests.vectors.made.file import File, bent
from widget.crypto.event import event_id
from widget.crypto.limits import FRAMES_BURST, OLD_KID_MS
from widget.native.crypto import native_crypto
from widget.wire.event import Event
from widget.wire.frame import frame_aad, write_content, write_header

NEWS, ANSWER = 1, 2


async def frames(epochs: Epochs) -> File:
    file = File("frame", "frame", "Frames as they arrive: widget/crypto/frames.py")
    file._head["how"] = "check"
    three = ("ada", "ben", "cleo")
    first, second = await epochs.make("ada", 1, *three), await epochs.make("ada", 2, *three)
    said = [replace(EVENT, seq=number) for number in range(1, 4)]
    ids = [await event_id(native_crypto(), event) for event in said]
    news = await _sealed(epochs, first, "ada", said[:1])
    held = step(first.blob)

    def frame(data: bytes, by: str = "ada", after: int = 200, **more: Any) -> dict[str, Any]:
        return step(data, by, after, **{"is": "frame", **more})

    file.good("news", first.told(*ids[:1]), **given(held, frame(news)))
    file.good(
        "news of another",
        first.told(ids[1]),
        **given(held, frame(await _sealed(epochs, first, "cleo", said[1:2]), "cleo")),
    )
    file.good("several events", first.told(*ids), **given(held, frame(await _sealed(epochs, first, "ada", said))))
    file.good("no event", first.told(), **given(held, frame(await _sealed(epochs, first, "ada", []))))
    file.good("the same twice, which the events tell", first.told(ids[0], ids[0]), **given(held, frame(news, times=2)))
    file.good(
        "a counter out of order",
        first.told(ids[1], ids[0]),
        **given(held, frame(await _sealed(epochs, first, "ada", said[1:2], 9)), frame(news)),
    )
    file.good(
        "the last counter",
        first.told(ids[0]),
        **given(held, frame(await _sealed(epochs, first, "ada", said[:1], 2**32 - 1))),
    )
    answer = await _sealed(epochs, first, "ada", said, kind=ANSWER)
    file.good("what was asked for", first.told(*ids), **given(held, frame(answer, asked=3)))
    file.good("more than was asked for", first.told(*ids[:2]), **given(held, frame(answer, asked=2)))
    file.good(
        "news of the epoch before",
        second.told(ids[0]),
        **given(held, step(second.blob, after=200), frame(news, after=300)),
    )
    just = 200 + OLD_KID_MS
    file.good(
        "news of the epoch before, at the last moment",
        second.told(ids[0]),
        **given(held, step(second.blob, after=200), frame(news, after=just)),
    )

    def bad(sentence: str, reason: int, data: bytes, **more: Any) -> None:
        file.bad(sentence, reason, **given(held, frame(data, **more)))

    bad("a frame too short", 80, news[:159])
    bad("a frame too long", 80, b"\xc1" + bytes(15904))
    bad("no frame", 80, b"")
    bad("another tag", 81, b"\xc3" + news[1:])
    for kind in (0, 3, 255):
        bad(f"a frame of type {kind}", 82, await _sealed(epochs, first, "ada", said[:1], kind=kind))
    bad("an unknown epoch", 83, await _sealed(epochs, second, "ada", said[:1]))
    bad("an answer to nothing", 87, answer)
    bad("the place of somebody else", 85, news, by="cleo")
    bad("a place that there is not", 85, news[:10] + b"\x00\x03" + news[12:])
    bad("one's own frame", 85, await _sealed(epochs, first, "ben", said[:1]))
    bad("a bent bit", 88, bent(news))
    bad("a bent kid", 83, bent(news, 2))
    bad("another counter than it was sealed under", 88, bent(news, 15))
    bad("news made an answer", 88, bent(bent(news, 1), 1)[:1] + b"\x02" + news[2:], asked=1)
    bad("sealed with another's key", 88, await _sealed(epochs, first, "ada", said[:1], key="cleo"))
    bad(
        "padding that is not zeros",
        89,
        await _sealed(epochs, first, "ada", said[:1], content=bent(write_content(said[:1]), -1)),
    )
    bad("padding to no bucket", 89, await _sealed(epochs, first, "ada", [], content=bytes(129)))
    bad("events that cannot be read", 89, await _sealed(epochs, first, "ada", [], content=b"\x01" + bytes(255)))
    bad("more frames than one may send", 86, news, times=FRAMES_BURST + 1)
    long = await _sealed(epochs, first, "ada", [replace(EVENT, body=bytes(15000))])
    bad("more bytes than one may send", 86, long, times=17)
    file.bad(
        "news of an epoch that is long over",
        84,
        **given(held, step(second.blob, after=200), frame(news, after=just + 1)),
    )
    file.bad("news before any epoch", 83, **given(frame(news)))
    return file


async def _sealed(
    epochs: Epochs,
    made: Made,
    by: str,
    said: list[Event],
    counter: int = 0,
    kind: int = NEWS,
    key: str = "",
    content: bytes = b"",
) -> bytes:
    roster = made.live.roster
    place = roster.index(epochs.people.seats[by].sid)
    sealing = made.live.senders[roster.index(epochs.people.seats[key or by].sid)]
    header = write_header(kind, made.live.kid_bytes, place, counter)
    aad = frame_aad(epochs.people.seats[by].session.room_id, header)
    return header + await sealing.seal(counter, content or write_content(said), aad)
