"""Vectors of epochs as they come to a member: grants that are taken or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.fakes.wire import wire
from tests.vectors.made.epochs import AT, NO_KID, Epochs, given, step
from tests.vectors.made.file import File, bent
from tests.vectors.made.people import bytes_from, sign, twin
from widget.crypto.limits import AHEAD_N, BLOBS_BURST, HOLD_MS
from widget.wire.change import Change
from widget.wire.epoch import epoch_signed, stated, write_epoch
from widget.wire.pair import Grant, Pulse, Shown, State, Twice, Want, Who, Whole, read_blob

TAKEN_OVER_MS = 3_000 + 2 * 5_000 - 1_500  # by the third in line, as others take it


async def grants(epochs: Epochs) -> File:
    file = File("group", "check", "Epochs as they are granted: widget/crypto/keyring.py, epoch_rules.py")
    await _taken(file, epochs)
    await _changed(file, epochs)
    await _waited_for(file, epochs)
    await _refused(file, epochs)
    await _refused_with_one(file, epochs)
    await _twice(file, epochs)
    return file


async def _taken(file: File, epochs: Epochs) -> None:
    all_three = ("ada", "ben", "cleo")
    first, second = await epochs.make("ada", 1, *all_three), await epochs.make("ada", 2, *all_three)
    by_cleo, solo = await epochs.make("cleo", 1, *all_three), await epochs.make("ada", 1, "ada", "ben")
    file.good("the host's first", first.told(), **given(step(first.blob)))
    file.good("the first of somebody else, while I share none", by_cleo.told(), **given(step(by_cleo.blob, "cleo")))
    file.good("one handed on by another", first.told(), **given(step(first.blob, "cleo")))
    file.good("one for two of three", solo.told(), **given(step(solo.blob)))
    file.good("the next", second.told(), **given(step(first.blob), step(second.blob, after=200)))
    file.good("the same again", first.told(), **given(step(first.blob), step(first.blob, "cleo", after=200)))
    better = await epochs.tie(first, wins=True)
    file.good("a tie that wins", better.told(), **given(step(first.blob), step(better.blob, after=200)))
    latest = await epochs.make("ada", AHEAD_N + 1, *all_three)
    file.good("as far ahead as the room is old", latest.told(), **given(step(latest.blob)))
    late = await epochs.make("cleo", 2, *all_three)
    file.good(
        "by the third in line after a silence",
        late.told(),
        **given(step(first.blob), step(late.blob, "cleo", 100 + TAKEN_OVER_MS)),
    )
    grown = await epochs.make("cleo", 2, *all_three, "dan")
    file.good(
        "by anybody, where it only grows",
        grown.told(),
        **given(step(first.blob), step(grown.blob, "cleo", 200), met=("ada", "cleo", "dan")),
    )
    seat = epochs.people.seats["ada"]
    body = write_epoch(first.epoch)
    said = epoch_signed(seat.session.room_id, seat.sid, stated(body, first.live.hash))
    signature = twin(sign(seat.session.signing.private, said))
    again = wire(Grant(body + signature, bytes_from("secret", 32)))
    file.good("under the second signature that holds", first.told(), **given(step(again)))


async def _changed(file: File, epochs: Epochs) -> None:
    """Epochs told as what changed since the one that I hold."""
    three, without_cleo = ("ada", "ben", "cleo"), ("ada", "ben")
    first = await epochs.make("ada", 1, *three)
    same, smaller = await epochs.change(first, "ada", 2, *three), await epochs.change(first, "ada", 2, *without_cleo)
    few = await epochs.make("ada", 1, *without_cleo)
    larger = await epochs.change(few, "ada", 2, *three)
    file.good("a change by which nobody went", same.told(), **given(step(first.blob), step(same.blob, after=200)))
    file.good("a change by which one went", smaller.told(), **given(step(first.blob), step(smaller.blob, after=200)))
    file.good("a change by which one came", larger.told(), **given(step(few.blob), step(larger.blob, after=200)))
    file.good("a change of an epoch that I do not hold", first.told(), **given(step(first.blob), step(larger.blob)))
    file.good("a question for the whole", first.told(), **given(step(first.blob), step(wire(Whole()))))
    bent_one = step(bent(smaller.blob, -33), after=200)
    file.bad("a change with a signature with a bent bit", 65, **given(step(first.blob), bent_one))
    stranger = await epochs.change(first, "ada", 2, *without_cleo)
    wrong = read_blob(stranger.blob)
    assert isinstance(wrong, Change)
    for sentence, changes in {
        "by which somebody went who was not in": {"went": ["ff" * 16]},
        "by which somebody came who was in": {"came": first.epoch.roster, "went": []},
    }.items():
        blob = wire(replace(wrong, **changes))  # type: ignore[arg-type]
        file.bad(f"a change {sentence}", 1, **given(step(first.blob), step(blob, after=200)))


async def _waited_for(file: File, epochs: Epochs) -> None:
    none = {"kid": "", "roster": [], "code": "", "ids": []}
    everybody = await epochs.make("ada", 1, "ada", "ben", "cleo", "dan")
    dan = wire(Shown(epochs.people.seats["dan"].session.me.credential, b""))
    file.good(
        "one with somebody whose words I know, and who was not let in",
        none,
        **given(step(everybody.blob), heard_of=["dan"]),
    )
    decided = await epochs.make("ada", 1, "ada", "ben", "cleo", book=bytes_from("book", 32))
    file.good("one made with decisions that I do not have", none, **given(step(decided.blob)))
    file.good("one that waits for somebody I never met", none, **given(step(everybody.blob)))
    file.good(
        "one that waited until he was shown", everybody.told(), **given(step(everybody.blob), step(dan, "cleo", 200))
    )
    first = await epochs.make("ada", 1, "ada", "ben", "cleo")
    want, who = wire(Want("00" * 32)), wire(Who("00" * 16))
    quiet = [
        step(blob, after=150) for blob in (want, who, wire(State(1, first.live.kid, 3)), wire(State(0, NO_KID, 0)))
    ]
    file.good("questions, and what others hold", first.told(), **given(step(first.blob), *quiet))
    file.good("what others hold, before I hold anything", none, **given(step(wire(State(3, "66" * 16, 2)))))


async def _refused(file: File, epochs: Epochs) -> None:
    """What is wrong with an epoch by itself."""
    three = ("ada", "ben", "cleo")

    async def bad(
        sentence: str, reason: int, by: str = "ada", n: int = 1, names: tuple[str, ...] = three, **changes: Any
    ) -> None:
        file.bad(sentence, reason, **given(step((await epochs.make(by, n, *names, **changes)).blob)))

    me, hashes = epochs.people.seats[AT].sid, epochs.hashes(*three)
    await bad("another room's", 60, room_id=bytes(16))
    await bad("further ahead than the room is old", 62, n=AHEAD_N + 2)
    await bad("the last number", 62, n=2**32 - 1)
    await bad("without me", 63, names=("ada", "cleo"))
    await bad("with another credential of mine", 63, roster={**hashes, me: "00" * 32})
    await bad("whose issuer is not in it", 64, names=("ben", "cleo"))
    await bad("whose issuer nobody knows", 64, issuer="00" * 16)
    await bad("that another signed", 65, by="cleo", issuer=epochs.people.seats["ada"].sid)
    await bad("with another secret", 66, granted=bytes_from("another", 32))
    await bad("with a commitment to nothing", 66, commit=bytes(32))
    await bad("with a swapped credential", 69, roster={**hashes, epochs.people.seats["cleo"].sid: "00" * 32})
    good = await epochs.make("ada", 1, *three)
    file.bad("with somebody who is expelled", 73, **given(step(good.blob), expelled=["cleo"]))
    file.bad(
        "with somebody who was removed", 73, **given(step(good.blob), out=[epochs.people.seats["cleo"].session.me.sub])
    )
    file.bad("by somebody who is not here", 55, **given(step(good.blob, "dan")))
    file.bad("a signature with a bent bit", 65, **given(step(bent(good.blob, -33))))
    file.bad("a secret with a bent bit", 66, **given(step(bent(good.blob))))
    file.bad("a bent number", 65, **given(step(bent(good.blob, 23))))
    file.bad("a blob cut", 1, **given(step(good.blob[:-1])))
    file.bad("an epoch cut", 1, **given(step(wire(Grant(write_epoch(good.epoch), bytes(32))))))
    file.bad("no blob", 1, **given(step(b"")))
    file.bad("a blob of no kind", 1, **given(step(b"\x0b")))


async def _twice(file: File, epochs: Epochs) -> None:
    """Epochs of one issuer that contradict each other, and the proof of that."""
    three = ("ada", "ben", "cleo")
    first, ada, cleo = await epochs.make("ada", 1, *three), epochs.people.seats["ada"].sid, epochs.people.seats["cleo"]
    again = await epochs.make("ada", 1, *three, secret="another")
    beside = await epochs.make("ada", 2, *three, prev=first.epoch.prev)
    file.bad("a second of one number by one session", 76, **given(step(first.blob), step(again.blob, "cleo", 200)))
    file.bad("a second after the same one", 76, **given(step(first.blob), step(beside.blob, "cleo", 200)))
    one, other, later = (epochs.statement(made) for made in (first, again, beside))
    hers = [epochs.statement(await epochs.make("cleo", 2, *three, secret=secret)) for secret in ("secret", "another")]
    proof = step(wire(Twice(cleo.sid, *hers)), after=200)
    file.good("a proof against somebody else", first.told(), **given(step(first.blob), proof))
    after = epochs.statement(await epochs.make("ada", 2, *three))
    for sentence, twice in {
        "of one and the same": Twice(ada, one, one),
        "of two that follow each other": Twice(ada, one, after),
        "that is not signed": Twice(ada, one, bent(other)),
        "against another than who signed": Twice(cleo.sid, one, later),
    }.items():
        file.bad(f"a proof {sentence}", 77, **given(step(first.blob), step(wire(twice), "cleo", 200)))


async def _refused_with_one(file: File, epochs: Epochs) -> None:
    """What is wrong with it beside the one that I hold."""
    three = ("ada", "ben", "cleo")
    first, second = await epochs.make("ada", 1, *three), await epochs.make("ada", 2, *three)
    worse = await epochs.tie(first, wins=False)
    early, soon = await epochs.make("cleo", 2, *three), await epochs.make("cleo", 2, *three, "dan")

    def bad(sentence: str, reason: int, *steps: dict[str, Any], **more: Any) -> None:
        file.bad(sentence, reason, **given(step(first.blob), *steps, **more))

    file.bad("one older than mine", 61, **given(step(second.blob), step(first.blob, after=200)))
    bad("a tie that loses", 70, step(worse.blob, after=200))
    bad("by somebody whose turn it is not", 68, step(early.blob, "cleo", 200))
    bad("by the third in line, a moment too early", 68, step(early.blob, "cleo", 100 + TAKEN_OVER_MS - 1))
    bad(
        "by the second in line as if it were the first",
        68,
        step((await epochs.make("cleo", 3, "ben", "cleo")).blob, "cleo", 200),
    )
    bad(
        "that grows, and leaves somebody out",
        68,
        step((await epochs.make("cleo", 2, "ben", "cleo", "dan")).blob, "cleo", 200),
        met=("ada", "cleo", "dan"),
    )
    bad(
        "a credential that nobody asked for",
        71,
        step(wire(Shown(epochs.people.seats["dan"].session.me.credential, b"")), after=200),
    )
    bad("a credential that cannot be read", 1, step(wire(Shown(b"SC", b"")), after=200))
    unasked = Pulse(epochs.people.seats["cleo"].sid, epochs.people.now_ms, bytes(64))
    bad("a sign of life that nobody asked for", 75, step(wire(unasked), after=200))
    bad("a claim that the room is too young for", 72, step(wire(State(AHEAD_N + 2, "66" * 16, 2)), after=200))
    beat, alone = wire(State(1, first.live.kid, 3)), await epochs.make("ada", 2, "ada", "ben")
    later = step(b"", after=300 + HOLD_MS, **{"is": "tick"})
    bad(
        "that left out who was just heard, and nothing came of it",
        74,
        step(beat, "cleo", 200),
        step(alone.blob, after=300),
        later,
    )
    ghost = await epochs.make("ada", 2, *three, "dan")
    bad("with somebody whom nobody showed", 69, step(ghost.blob, after=300), later)
    many = [step((await epochs.make("ada", n, *three)).blob, after=200) for n in range(2, 6)]
    bad("more epochs than one may send", 67, *many)
    bad("more blobs than one may send", 56, step(wire(State(1, first.live.kid, 3)), times=BLOBS_BURST + 1))
    assert soon.blob != early.blob
