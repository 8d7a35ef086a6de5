"""What each kind of event does to the screen, and how another one is added."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from tests.widget.room.invented import Author, ids
from tests.widget.room.screen import screen_of, texts
from widget.errors import MALFORMED, CwError
from widget.room import fold as folding
from widget.room.entry import Entry
from widget.room.kinds.decision import DECISION
from widget.room.kinds.leave import LEAVE, has_left
from widget.room.kinds.room_emotes import ROOM_EMOTES, room_emotes, write_room_emotes
from widget.room.kinds.room_name import MAX_NAME_CHARS, ROOM_NAME, room_name
from widget.room.kinds.table import Kind, kinds
from widget.room.kinds.text import MAX_EMOTES, MAX_TEXT_CHARS, TEXT, TextBody, read_text, write_text
from widget.room.kinds.vouch import DEVICE_BYTES, VOUCH, vouchers
from widget.room.view import View

WAVE = 201
HOST = "host"


def orders(entries: list[Entry]) -> list[list[Entry]]:
    return [list(order) for order in itertools.permutations(entries)]


# Text.


def test_a_body_is_read_as_it_was_written() -> None:
    body = TextBody("Hi \U0001f44b", ["01F6NPAZZG0003FV4TM3D24F30"], ["wave-2"], "ab" * 16)
    assert read_text(write_text(body)) == body
    assert read_text(write_text(TextBody("Hi"))) == TextBody("Hi")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        write_text(TextBody("")),
        write_text(TextBody(" \u2800\u200d\ufe0f\u3164")),
        write_text(TextBody("x" * (MAX_TEXT_CHARS + 1))),
        write_text(TextBody("x", ["e"] * (MAX_EMOTES + 1))),
        write_text(TextBody("x", [], ["e"] * (MAX_EMOTES + 1))),
        write_text(TextBody("x", ["not an id"])),
        write_text(TextBody("x", [""])),
        write_text(TextBody("x", ["e" * 65])),
        write_text(TextBody("x", ["\u00e4"])),
        write_text(TextBody("x"))[:-1],
        write_text(TextBody("x")) + b"\x00" * 15,
        write_text(TextBody("x")) + b"\x00" * 17,
        b"\x00\x01\xff\x00\x00",
    ],
)
def test_a_body_outside_the_schema_is_no_text(body: bytes) -> None:
    with pytest.raises(CwError) as raised:
        read_text(body)
    assert raised.value.reason == MALFORMED
    ada = Author("Ada")
    fold = screen_of([ada.say("before"), ada.say(body=body), ada.say("after")])
    assert texts(fold) == ["before", "after"]
    assert fold.refused == {ada.said[1].id: MALFORMED}


@pytest.mark.parametrize(
    "body",
    [
        TextBody("x" * MAX_TEXT_CHARS),
        TextBody("\U0001f44b" * MAX_TEXT_CHARS),
        TextBody("x", ["e" * 64] * MAX_EMOTES, ["-_"] * MAX_EMOTES),
    ],
)
def test_the_longest_text_is_a_text(body: TextBody) -> None:
    assert read_text(write_text(body)) == body


def test_a_body_that_is_not_for_me_shows_nothing() -> None:
    ada = Author("Ada")
    entry = ada.say()
    object.__setattr__(entry.event, "body", None)
    fold = screen_of([entry, ada.say("for me")])
    assert texts(fold) == ["for me"]
    assert fold.refused == {}


# Said again.


@pytest.mark.parametrize("clock", [1, 9], ids=["before it", "after it"])
def test_what_is_said_again_is_shown_once(clock: int) -> None:
    ada, anew = Author("Ada"), Author("Ada anew", device="Ada")
    first = ada.say("hello", clock=5)
    second = anew.say("hello", clock=clock, again=first.id)
    shown = [second.id if clock < 5 else first.id]
    for order in orders([first, second]):
        assert [line.id for line in screen_of(order).view.lines] == shown


@pytest.mark.parametrize("clocks", list(itertools.permutations([3, 5, 7])))
def test_however_often_it_is_said_again(clocks: tuple[int, int, int]) -> None:
    first = Author("Ada").say("hello", clock=clocks[0])
    more = [Author(f"Ada {clock}").say("hello", clock=clock, again=first.id) for clock in clocks[1:]]
    earliest = min([first, *more], key=lambda entry: entry.place)
    for order in orders([first, *more]):
        assert [line.id for line in screen_of(order).view.lines] == [earliest.id]


@pytest.mark.parametrize("clock", [1, 9], ids=["before it", "after it"])
def test_nobody_hides_what_another_person_said(clock: int) -> None:
    hers = Author("Ada").say("meet at nine", clock=5)
    his = Author("Mallory").say("nothing to see", clock=clock, again=hers.id)
    for order in orders([hers, his]):
        assert sorted(texts(screen_of(order))) == ["meet at nine", "nothing to see"]


def test_what_is_said_again_and_was_never_heard_is_shown() -> None:
    entries = [Author("Ada").say("hello", again="1e" * 16), Author("Ben").say("hello")]
    assert texts(screen_of(entries)) == ["hello", "hello"]


def test_who_says_the_same_twice_is_read_twice() -> None:
    ada = Author("Ada")
    assert texts(screen_of([ada.say("hello"), ada.say("hello")])) == ["hello", "hello"]


def test_what_was_shown_for_another_comes_back_when_that_is_taken_off() -> None:
    first = Author("Ada").say("hello", clock=5)
    second = Author("Ada anew").say("hello", clock=2, again=first.id)
    fold = screen_of([first, second])
    fold.remove([second])
    assert [line.id for line in fold.view.lines] == [first.id]


# Leave.


@pytest.mark.parametrize("seed", range(5))
def test_what_a_session_says_after_its_goodbye_does_not_count(seed: int) -> None:
    ada, ben = Author("Ada"), Author("Ben")
    entries = [
        ada.say("hello", clock=1),
        ada.say(kind=LEAVE, body=b"", clock=3),
        ada.say("a word more", clock=5),
        ben.say("before", clock=2),
        ben.say("after", clock=6),
    ]
    random.Random(seed).shuffle(entries)
    assert texts(screen_of(entries)) == ["hello", "before", "after"]


def test_a_goodbye_with_a_body_is_none() -> None:
    ada = Author("Ada")
    fold = screen_of([ada.say(kind=LEAVE, body=b"x"), ada.say("still here")])
    assert texts(fold) == ["still here"]
    assert fold.refused == {ada.said[0].id: MALFORMED}


def test_another_session_of_who_left_is_heard() -> None:
    ada, anew = Author("Ada"), Author("Ada anew", device="Ada")
    assert texts(screen_of([ada.say(kind=LEAVE, body=b""), anew.say("again", clock=5)])) == ["again"]


# The room's name.


def named(entries: list[Entry], is_private: bool = True) -> str:
    return room_name(screen_of(entries, is_private).view)


def name(author: Author, text: str, clock: int) -> Entry:
    return author.say(kind=ROOM_NAME, body=text.encode(), clock=clock)


def test_the_hosts_last_name_holds_whatever_comes_first() -> None:
    host = Author(HOST, is_host=True)
    said = [name(host, "Old", 1), name(host, "New", 5), Author("Ben").say(clock=3)]
    for order in orders(said):
        assert named(order) == "New"


def test_only_the_host_names_the_room() -> None:
    host, ben = Author(HOST, is_host=True), Author("Ben")
    for order in orders([name(host, "Ours", 1), name(ben, "Mine", 5)]):
        assert named(order) == "Ours"


def test_a_public_room_has_the_name_that_the_service_knows() -> None:
    host = Author(HOST, is_host=True)
    fold = screen_of([name(host, "Ours", 1)], is_private=False)
    assert (room_name(fold.view), fold.refused) == ("", {})


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        (b"", False),
        (b"x", True),
        ("\u00e4".encode() * MAX_NAME_CHARS, True),
        (b"x" * (MAX_NAME_CHARS + 1), False),
        (b"\xff", False),
    ],
)
def test_a_name_outside_the_schema_changes_nothing(body: bytes, fits: bool) -> None:
    host = Author(HOST, is_host=True)
    said = [name(host, "Ours", 1), host.say(kind=ROOM_NAME, body=body, clock=2)]
    fold = screen_of(said, is_private=True)
    assert room_name(fold.view) == (body.decode() if fits else "Ours")
    assert fold.refused == ({} if fits else {said[1].id: MALFORMED})
    assert texts(fold) == []


def test_a_name_that_does_not_count_any_more_gives_way_to_the_one_before() -> None:
    host = Author(HOST, is_host=True)
    fold = screen_of([name(host, "Old", 1), name(host, "New", 5)], is_private=True)
    fold.remove([host.said[1]])
    assert room_name(fold.view) == "Old"
    fold.remove([host.said[0]])
    assert room_name(fold.view) == ""


def test_a_name_is_shown_without_what_could_deceive() -> None:
    host = Author(HOST, is_host=True)
    assert named([name(host, "  Te\u202ea \u200btime" + "\u0301" * 9, 1)]) == "Tea time" + "\u0301" * 4
    assert named([name(host, "Tea", 1), name(host, "\u2800\u3164", 2)]) == ""


# The room's emotes.

SET = "01HXSTRXNDEM0SET0000000001"


def chosen(author: Author, emotes: list[str], clock: int) -> Entry:
    return author.say(kind=ROOM_EMOTES, body=write_room_emotes(emotes), clock=clock)


def test_the_hosts_last_choice_of_emotes_holds_whatever_comes_first() -> None:
    host, ben = Author(HOST, is_host=True), Author("Ben")
    said = [chosen(host, [SET, ""], 1), chosen(host, ["", "700000001"], 5), chosen(ben, [SET, "7"], 7)]
    for order in orders(said):
        fold = screen_of(order)
        assert room_emotes(fold.view) == ["", "700000001"]
        assert (texts(fold), fold.refused) == ([], {})
    assert room_emotes(screen_of([said[2]]).view) == []
    assert room_emotes(screen_of([*said[:2], chosen(host, ["", ""], 9)]).view) == ["", ""]


@pytest.mark.parametrize(("body", "fits"), [
    (write_room_emotes([SET, "1"]), True), (write_room_emotes(["a1" * 12, "9" * 20]), True), (b"", False),
    (write_room_emotes([SET]), False), (write_room_emotes([SET, "1", ""]), False),
    (write_room_emotes(["x", ""]), False),
    (write_room_emotes(["", "harbour"]), False), (write_room_emotes(["", "9" * 21]), False),
    (write_room_emotes([SET.lower(), ""]), False), (write_room_emotes([f"{SET}/../x", ""]), False),
    (write_room_emotes(["https://evil.test/", ""]), False), (write_room_emotes(["", "\u0661"]), False),
])  # fmt: skip
def test_a_choice_of_emotes_is_an_id_and_a_number(body: bytes, fits: bool) -> None:
    host = Author(HOST, is_host=True)
    said = host.say(kind=ROOM_EMOTES, body=body, clock=2)
    fold = screen_of([chosen(host, [SET, ""], 1), said])
    assert fold.refused == ({} if fits else {said.id: MALFORMED})
    assert fits or room_emotes(fold.view) == [SET, ""]


# Others.


@pytest.mark.parametrize("kind", [0, 2, 5, 200, 255])
def test_a_kind_that_nobody_knows_shows_nothing_and_is_no_mistake(kind: int) -> None:
    ada = Author("Ada")
    fold = screen_of([ada.say("before"), ada.say(kind=kind, body=b"from the future"), ada.say("after")])
    assert texts(fold) == ["before", "after"]
    assert fold.refused == {}


@pytest.mark.parametrize(("size", "fits"), [(0, False), (31, False), (32, True), (33, False)])
def test_a_vouch_names_a_device(size: int, fits: bool) -> None:
    ada = Author("Ada")
    said = ada.say(kind=VOUCH, body=bytes(size))
    fold = screen_of([said])
    assert fold.refused == ({} if fits else {said.id: MALFORMED})
    assert len(fold.view.of(VOUCH)) == int(fits)


def test_a_vouch_is_for_one_device_of_the_same_person() -> None:
    ada, ben = Author("Ada"), Author("Ben")
    phone, laptop = bytes([1] * DEVICE_BYTES), bytes([2] * DEVICE_BYTES)
    fold = screen_of([ada.say(kind=VOUCH, body=phone)])
    found = [vouchers(fold.view, replace(who.me, jkt=device)) for who in (ada, ben) for device in (phone, laptop)]
    assert found == [[ada.me.jkt.hex()], [], [], []]


def test_numbers_are_for_ever() -> None:
    assert sorted(kinds()) == [TEXT, ROOM_NAME, LEAVE, DECISION, VOUCH, ROOM_EMOTES] == [1, 3, 4, 5, 6, 7]


class Wave:
    """Says the how manyeth wave it is, which it remembers; the host does not wave."""

    def may(self, view: View, entry: Entry) -> bool:
        return not has_left(view, entry) and not entry.author.is_host

    def apply(self, view: View, entry: Entry, body: bytes) -> None:
        if len(body) > 1:
            raise CwError(MALFORMED, "not a wave")
        waves = view.of(WAVE)
        waves[entry.id] = entry.author.sub
        view.show(view.line(entry, f"wave {len(waves)}", [], []))


@pytest.fixture
def waving(monkeypatch: pytest.MonkeyPatch) -> None:
    def more() -> dict[int, Kind]:
        return {**kinds(), WAVE: Wave()}

    monkeypatch.setattr(folding, "kinds", more)


@pytest.mark.usefixtures("waving")
@pytest.mark.parametrize("seed", range(2))
def test_another_kind_is_one_class_and_one_entry_in_the_table(seed: int) -> None:
    ada, ben, host = Author("Ada"), Author("Ben"), Author(HOST, is_host=True)
    said: list[Entry] = []
    for number in range(280):
        author = (ada, ben)[number % 2]
        said.append(author.say("hello", clock=2 * number + 1) if number % 4 < 2 else wave(author, 2 * number + 1))
    said += [wave(host, 3), ada.say(kind=WAVE, body=b"too long", clock=2000)]
    waves = [entry.id for entry in said if entry.event.kind == WAVE][:140]
    rng = random.Random(seed)
    late = {entry.id: rng.choice([30, 400]) for entry in rng.sample(said, 12)}
    fold = screen_of(sorted(said, key=lambda entry: entry.event.clock + late.get(entry.id, 0)))
    shown = [line for line in fold.view.lines if line.content.startswith("wave ")]
    assert [line.content for line in shown] == [f"wave {number + 1}" for number in range(140)]
    assert [line.id for line in shown] == waves
    assert fold.refused == {said[-1].id: MALFORMED}
    assert len(fold.view.lines) == 280


def wave(author: Author, clock: int) -> Entry:
    return author.say(kind=WAVE, body=b"", clock=clock)


@pytest.mark.usefixtures("waving")
def test_what_the_other_kind_did_is_undone_with_its_event() -> None:
    ada = Author("Ada")
    said = [wave(ada, 1), wave(ada, 2), wave(ada, 3)]
    fold = screen_of(said)
    fold.remove([said[0]])
    assert [line.id for line in fold.view.lines] == ids(said[1:])
    assert texts(fold) == ["wave 1", "wave 2"]
