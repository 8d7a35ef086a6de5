"""Vectors of handshakes: HELLOs and BINDs as they arrive, and the pair channel after them."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.greetings import resigned
from tests.fakes.wire import wire
from tests.vectors.judge.checks import SAID
from tests.vectors.made.file import File
from tests.vectors.made.links import PRINTS, End, Links
from tests.vectors.made.people import People, bytes_from, sign
from widget.crypto.handshake import TRANSPORT_DIRECT
from widget.crypto.limits import PAIR_WINDOW
from widget.wire.credential import read_credential
from widget.wire.handshake import bind_input, read_bind, read_hello
from widget.wire.pair import write_pair_header


async def handshakes(people: People) -> File:
    file = File(
        "handshake", "check", "HELLO and BIND as they arrive, then the pair channel: widget/crypto/handshake.py"
    )
    links = Links(people)
    for sentence, names, options, mine in (
        ("a relayed link, at the lower sid", ("ada", "ben"), {}, {}),
        ("a relayed link, at the higher sid", ("ben", "ada"), {}, {}),
        ("a link to the newest of all", ("ada", "dan"), {}, {}),
        (
            "a direct link",
            ("ben", "ada"),
            {"transport": TRANSPORT_DIRECT, "prints": PRINTS},
            {"transport": TRANSPORT_DIRECT, "prints": PRINTS[::-1]},
        ),
        ("a link in a private room", ("ben in private", "ada in private"), {}, {}),
        ("a first word each", ("ben", "ada"), {"said": b"hello"}, {"said": bytes_from("said", 255)}),
        ("later attempts", ("ben", "ada"), {"attempt": 7}, {"attempt": 1000}),
    ):
        await _good(file, links, sentence, links.end(*names, **options), links.end(names[1], names[0], **mine))
    await _begun_anew(file, links)
    await _bad_hellos(file, links, people)
    await _bad_binds(file, links, people)
    await _bad_blobs(file, links)
    return file


async def _good(file: File, links: Links, sentence: str, mine: End, other: End, *before: bytes) -> None:
    """The rest after `before`: HELLO, BIND and a blob of the other's."""
    earlier = [await links.take(mine, packet) for packet in before]
    answer = await links.take(mine, other.hello)
    theirs = await links.take(other, mine.hello)
    await mine.shake.receive(theirs, links.now())
    await other.shake.receive(answer, links.now())
    assert mine.shake.channel is not None
    assert other.shake.channel is not None
    blobs = tuple([await other.shake.channel.seal(text) for text in (b"one", b"")])
    sealed = await mine.shake.channel.seal(SAID)
    assert await other.shake.channel.open(sealed) == SAID
    value = {"hello": mine.hello, "binds": [_shown(bind) for bind in (*earlier, answer)], "heard": mine.shake.heard}
    given = links.given(mine, other, *before, other.hello, theirs, blobs=blobs)
    file.good(sentence, {**value, "opened": [b"one", b""], "sealed": sealed}, **given)


def _shown(packet: bytes) -> str:
    """As the judge tells of it: ECDSA signatures differ each time."""
    bind = read_bind(packet)
    return f"{bind.attempt} {bind.answered} {bind.role} {bind.said.hex()} {bind.mac.hex()}"


async def _begun_anew(file: File, links: Links) -> None:
    first, again = links.end("ada", "ben"), links.end("ada", "ben", attempt=2)
    await _good(file, links, "a peer that begins anew", links.end("ben", "ada"), again, first.hello)
    mine, other = links.end("ben", "ada"), links.end("ada", "ben")
    answer = await links.take(mine, other.hello)
    file.good(
        "HELLO and no more",
        {"hello": mine.hello, "binds": [_shown(answer)], "heard": b""},
        **links.given(mine, other, other.hello),
    )
    idle = links.end("ben", "ada")
    file.good("nothing at all", {"hello": idle.hello, "binds": [], "heard": b""}, **links.given(idle, other))


async def _bad_hellos(file: File, links: Links, people: People) -> None:
    ada, ben, cleo = links.end("ada", "ben"), links.end("ben", "ada"), links.end("cleo", "ben")
    late, later = links.end("ada", "ben", attempt=2), links.end("ada", "ben", attempt=3)
    hello = read_hello(ada.hello)
    inside = links.end("ben in private", "ada in private"), links.end("ada in private", "ben in private")
    secret = read_hello(inside[1].hello)

    def bad(sentence: str, reason: int, *packets: bytes) -> None:
        file.bad(sentence, reason, **links.given(ben, ada, *packets))

    bad("the HELLO of version 2 alone", 30, wire(replace(hello, versions=[2])))
    bad("one's own HELLO", 31, ben.hello)
    bad("a HELLO twice", 32, ada.hello, ada.hello)
    bad("a HELLO of an earlier attempt", 32, late.hello, ada.hello)
    bad("a HELLO of an attempt between", 32, ada.hello, later.hello, late.hello)
    bad("a HELLO of attempt zero", 32, wire(replace(hello, attempt=0)))
    bad("another's HELLO", 34, cleo.hello)
    bad("another's HELLO after the right one", 34, ada.hello, wire(replace(read_hello(cleo.hello), attempt=2)))
    bad("a HELLO cut", 1, ada.hello[:-1])
    bad("a HELLO with a byte left over", 1, ada.hello + b"\x00")
    for sentence, packet in (
        ("a frame", b"\xc1" + bytes(159)),
        ("a pair packet", write_pair_header(0) + bytes(16)),
        ("nothing", b""),
        ("JSON", b"{}"),
    ):
        bad(f"{sentence} before HELLO", 39, packet)
        bad(f"{sentence} before BIND", 39, ada.hello, packet)
    sc = read_credential(hello.credential)
    signed = await resigned(people.seats["ada"], replace(sc, exp_ms=sc.iat_ms + 1))  # type: ignore[arg-type]
    file.bad(
        "a HELLO of who was here too long",
        23,
        **{**links.given(ben, ada, wire(replace(hello, credential=signed))), "now": people.now_ms + 70_000},
    )
    bent = hello.credential.replace(sc.signature, bytes(64))
    bad("a HELLO with a credential that is not signed", 26, wire(replace(hello, credential=bent)))
    bad("a HELLO with a proof in a public room", 28, wire(replace(hello, psk_proof=bytes(32))))
    for sentence, proof in (("without a proof", b""), ("with another's proof", read_hello(inside[0].hello).psk_proof)):
        file.bad(
            f"a HELLO {sentence} in a private room", 28, **links.given(*inside, wire(replace(secret, psk_proof=proof)))
        )


async def _bad_binds(file: File, links: Links, people: People) -> None:
    ada, ben, late = links.end("ada", "ben"), links.end("ben", "ada"), links.end("ada", "ben", attempt=2)
    mine = await links.take(ben, ada.hello)
    good, second = await links.take(ada, ben.hello), await links.take(late, ben.hello)
    bind = read_bind(good)

    def bad(sentence: str, reason: int, *packets: bytes) -> None:
        file.bad(sentence, reason, **links.given(ben, ada, *packets))

    bad("BIND before HELLO", 35, good)
    bad("BIND of a later attempt", 33, ada.hello, second)
    bad("BIND of an earlier attempt", 33, ada.hello, late.hello, good)
    bad("BIND that answers another attempt", 33, ada.hello, wire(replace(bind, answered=2)))
    bad("one's own BIND", 36, ada.hello, mine)
    bad("BIND in the other's role", 36, ada.hello, wire(replace(bind, role=1 - bind.role)))
    bad("BIND without a signature", 37, ada.hello, wire(replace(bind, signature=bytes(64))))
    bad("BIND with another word than was signed", 37, ada.hello, wire(replace(bind, said=b"x")))
    by_cleo = sign(people.seats["cleo"].session.signing.private, bind_input(bind.role, bytes(32), b""))
    bad("BIND that another signed", 37, ada.hello, wire(replace(bind, signature=by_cleo)))
    for sentence, changes in (
        ("of a direct link", {"transport": TRANSPORT_DIRECT}),
        ("with fingerprints", {"prints": PRINTS}),
    ):
        other = links.end("ada", "ben", **changes)
        bad(f"BIND {sentence}, on a relayed one without", 37, other.hello, await links.take(other, ben.hello))
    direct = links.end("ben", "ada", transport=TRANSPORT_DIRECT, prints=PRINTS)
    evil = links.end("ada", "ben", transport=TRANSPORT_DIRECT, prints=(PRINTS[1], bytes(32)))
    file.bad(
        "BIND of who saw another fingerprint than mine",
        37,
        **links.given(direct, evil, evil.hello, await links.take(evil, direct.hello)),
    )
    elsewhere = links.end("ben", "ada")
    bad("BIND for another HELLO of mine", 37, ada.hello, await links.take(links.end("ada", "ben"), elsewhere.hello))
    bad("BIND with a bent mac", 38, ada.hello, good[:-1] + bytes([good[-1] ^ 1]))
    bad("BIND without a mac", 38, ada.hello, wire(replace(bind, mac=bytes(16))))
    bad("BIND cut", 1, ada.hello, good[:-1])
    bad("BIND twice", 40, ada.hello, good, good)
    bad("HELLO after BIND", 40, ada.hello, good, late.hello)
    bad("a pair packet for the handshake", 40, ada.hello, good, write_pair_header(0) + bytes(16))


async def _bad_blobs(file: File, links: Links) -> None:
    ada, ben = links.end("ada", "ben"), links.end("ben", "ada")
    answer, good = await links.take(ben, ada.hello), await links.take(ada, ben.hello)
    await ada.shake.receive(answer, links.now())
    await ben.shake.receive(good, links.now())
    channel, back = ada.shake.channel, ben.shake.channel
    assert channel is not None
    assert back is not None
    packets = [await channel.seal(bytes([number])) for number in range(PAIR_WINDOW + 2)]
    first, tail = packets[0], packets[0][5:]

    def bad(sentence: str, reason: int, *blobs: bytes) -> None:
        file.bad(sentence, reason, **links.given(ben, ada, ada.hello, good, blobs=blobs))

    bad("a packet twice", 51, first, first)
    bad("a packet from below the window", 51, packets[PAIR_WINDOW], first)
    bad("a packet twice at the edge of the window", 51, packets[1], packets[PAIR_WINDOW], packets[1])
    bad("a packet under another counter", 52, write_pair_header(1) + tail)
    bad("a packet under the last counter", 52, write_pair_header(2**32 - 1) + tail)
    bad("a packet with a bent bit", 52, first[:-1] + bytes([first[-1] ^ 1]))
    bad("a packet cut", 52, first[:-1])
    bad("less than a seal", 52, first[:20])
    bad("one's own packet", 52, await back.seal(b"x"))
    bad("half a counter", 1, first[:3])
    bad("no blob", 1, b"")
    bad("a frame for the pair channel", 1, b"\xc1" + first[1:])
