"""What follows from what hosts and moderators decided: the same in whatever order it comes."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.widget.room.invented import Author, member
from widget.crypto.reasons import EVENT_BUDGET
from widget.errors import MALFORMED, CwError
from widget.native.crypto import NativeDigest
from widget.room.book import Book
from widget.room.entry import Entry
from widget.room.kinds.decision import DECISION
from widget.room.limits import BOOKS_KNOWN, DECISIONS, DECISIONS_VOID, GENERATIONS_AHEAD
from widget.room.rulings import Rulings
from widget.wire.decision import ADMIT, BAN, HIDE, INVITE, LIFT, ON, REMOVE, ROLE, Decision, write_decision

LATEST = 2**48 - 1
HOST, ADA, BEN, CID = member("Host", is_host=True), member("Ada"), member("Ben"), member("Cid")


class Room:
    """A host who decides, and whatever others say that they decide."""

    def __init__(self, needs_approval: bool = False) -> None:
        self.needs_approval = needs_approval
        self.host = Author("Host", is_host=True)
        self.ada, self.ben = Author("Ada"), Author("Ben")
        self.said: list[Entry] = []

    def decide(self, author: Author, op: int, sub: str, flags: int = 0, clock: int = 0, **fields: object) -> Entry:
        """With a clock above all that was said, unless it is given."""
        decision = Decision(op, sub, flags, **fields)  # type: ignore[arg-type]
        clock = clock or 1 + max([entry.event.clock for entry in self.said if entry.event.clock < LATEST], default=0)
        entry = author.say(clock=clock, kind=DECISION, body=write_decision(decision))
        self.said.append(entry)
        return entry

    def invite(self, author: Author, generation: int, tail: int = 7, **fields: object) -> Entry:
        secret = generation.to_bytes(2, "big") + bytes([tail]) * 14
        return self.decide(author, INVITE, "00" * 16, secret=secret, **fields)  # type: ignore[arg-type]

    def moderator(self, author: Author) -> Entry:
        return self.decide(self.host, ROLE, author.me.sub, ON)

    def book(self, said: list[Entry] | None = None) -> Book:
        book = Book(NativeDigest(), HOST.sub, self.needs_approval)
        for entry in self.said if said is None else said:
            take(book, entry)
        return book

    @property
    def now(self) -> Rulings:
        return self.book().now


def never(reason: int) -> None:
    pytest.fail(f"refused: {reason}")


def take(book: Book, entry: Entry) -> bool:
    """Whether something follows; CwError where it is refused."""
    refused: list[int] = []
    follows = book.take([entry], refused.append)
    for reason in refused:
        raise CwError(reason)
    return follows


def later(peer: object, at_ms: int = 1) -> object:
    """Another session of that person, which began after all that is decided here."""
    return replace(peer, sid="fe" * 16, iat_ms=peer.iat_ms + at_ms)  # type: ignore[type-var, attr-defined]


def test_nothing_is_decided_at_first() -> None:
    now = Room().now
    assert [now.role(one) for one in (HOST, ADA)] == ["host", "member"]
    assert [now.standing(one) for one in (HOST, ADA)] == ["in", "in"]
    assert now.unrenewed() == []


def test_a_removal_is_of_the_sessions_up_to_then_and_a_ban_of_all() -> None:
    for flags, back in ((0, "in"), (BAN, "removed")):
        room = Room()
        room.decide(room.host, REMOVE, ADA.sub, flags)
        assert room.now.standing(ADA) == "removed"
        assert room.now.standing(later(ADA)) == back  # type: ignore[arg-type]
        assert room.now.standing(BEN) == "in"
        assert room.now.unrenewed() != []


def test_nothing_counts_after_the_cut_and_nothing_at_all_that_is_hidden() -> None:
    for flags, shown in ((BAN, [True, True, False]), (BAN + HIDE, [False, False, False])):
        room = Room()
        said = room.ada.speak(3)
        room.decide(room.host, REMOVE, ADA.sub, flags, cuts={ADA.sid: 2})
        assert [not room.now.hides(entry) for entry in said] == shown
        assert not room.now.hides(room.ben.say())


def test_a_session_that_the_removal_does_not_know_says_nothing() -> None:
    room = Room()
    other = Author("Ada", sid="ad" * 16)
    room.decide(room.host, REMOVE, ADA.sub, BAN, cuts={ADA.sid: 2})
    assert room.now.hides(other.say())


def test_of_two_removals_the_lowest_cut_holds() -> None:
    room = Room()
    said = room.ada.speak(3)
    for cut in (1, 2):
        room.decide(room.host, REMOVE, ADA.sub, BAN, cuts={ADA.sid: cut})
    assert [room.now.hides(entry) for entry in said] == [False, True, True]


def test_the_host_is_never_removed_and_an_impostor_of_another_device_is() -> None:
    room = Room()
    room.decide(room.host, REMOVE, HOST.sub, BAN)
    assert room.now.standing(HOST) == "in"
    assert room.now.standing(replace(HOST, sid="fe" * 16, is_host=False)) == "removed"
    assert not room.now.hides(room.host.say())


def test_members_decide_nothing() -> None:
    room = Room(needs_approval=True)
    for op in (REMOVE, LIFT, ROLE, ADMIT):
        room.decide(room.ada, op, BEN.sub, ON)
    room.invite(room.ada, 2)
    assert (room.now.counting, room.now.removals, room.now.invite) == ({}, {}, None)
    assert (room.now.role(BEN), room.now.standing(BEN)) == ("member", "waiting")


def test_a_moderator_decides_about_members_alone() -> None:
    room = Room()
    room.moderator(room.ada)
    room.moderator(room.ben)
    room.decide(room.ada, REMOVE, CID.sub, BAN)
    for sub in (BEN.sub, HOST.sub):
        room.decide(room.ada, REMOVE, sub, BAN)
    room.decide(room.ada, ROLE, CID.sub, ON)
    assert list(room.now.removals) == [CID.sub]
    assert [room.now.role(one) for one in (ADA, BEN, CID)] == ["moderator", "moderator", "member"]


@pytest.mark.parametrize("end", ["role", "removal"])
def test_whose_power_ended_decides_nothing_after_the_cut(end: str) -> None:
    """Whatever the clock of what they say, and in whatever session."""
    room = Room()
    room.moderator(room.ada)
    first = room.decide(room.ada, REMOVE, BEN.sub, BAN)
    op = ROLE if end == "role" else REMOVE
    room.decide(room.host, op, ADA.sub, cuts={ADA.sid: first.event.seq})
    decision = write_decision(Decision(REMOVE, CID.sub, BAN))
    room.said.append(room.ada.say(clock=first.event.clock + 1, kind=DECISION, body=decision))
    elsewhere = Author("Ada", sid="ad" * 16)
    elsewhere.me = replace(elsewhere.me, iat_ms=ADA.iat_ms + 5)
    room.decide(elsewhere, REMOVE, CID.sub, BAN)
    assert room.now.role(ADA) == "member"
    assert list(room.now.removals) == ([BEN.sub] if end == "role" else [ADA.sub, BEN.sub])


def test_a_removed_moderator_is_one_again_when_the_host_says_so() -> None:
    room = Room()
    room.moderator(room.ada)
    room.decide(room.host, REMOVE, ADA.sub)
    assert room.now.role(ADA) == "member"
    room.moderator(room.ada)
    assert room.now.role(later(ADA)) == "moderator"  # type: ignore[arg-type]


def test_a_lift_ends_the_removals_that_it_names() -> None:
    room = Room()
    first, second = (room.decide(room.host, REMOVE, ADA.sub, BAN) for _ in range(2))
    room.decide(room.host, LIFT, ADA.sub, lifts=[first.id])
    assert room.now.standing(ADA) == "removed"
    room.decide(room.host, LIFT, ADA.sub, lifts=[second.id])
    assert room.now.standing(ADA) == "in"
    assert room.now.unrenewed() == []


def test_a_moderator_lifts_what_moderators_did_and_nothing_of_the_host() -> None:
    room = Room()
    for author in (room.ada, room.ben):
        room.moderator(author)
    by_host = room.decide(room.host, REMOVE, CID.sub, BAN)
    by_ada = room.decide(room.ada, REMOVE, "cc" * 16, BAN)
    room.decide(room.ben, LIFT, CID.sub, lifts=[by_host.id, by_ada.id])
    assert list(room.now.removals) == [CID.sub]


def test_who_is_let_in_is_in_until_removed_and_then_has_to_be_let_in_anew() -> None:
    room = Room(needs_approval=True)
    assert (room.now.standing(HOST), room.now.standing(ADA)) == ("in", "waiting")
    room.decide(room.host, ADMIT, ADA.sub)
    assert room.now.standing(ADA) == "in"
    removal = room.decide(room.host, REMOVE, ADA.sub)
    assert room.now.standing(later(ADA)) == "waiting"  # type: ignore[arg-type]
    room.decide(room.host, ADMIT, ADA.sub)  # by who does not know of the removal
    assert room.now.standing(later(ADA)) == "waiting"  # type: ignore[arg-type]
    room.decide(room.host, ADMIT, ADA.sub, lifts=[removal.id])
    assert room.now.standing(later(ADA)) == "in"  # type: ignore[arg-type]
    assert room.now.standing(ADA) == "removed"


def test_no_moderator_lets_in_again_whom_a_host_removes_later() -> None:
    room = Room(needs_approval=True)
    room.moderator(room.ben)
    room.decide(room.ben, ADMIT, ADA.sub, clock=LATEST)
    room.decide(room.host, REMOVE, ADA.sub)
    assert room.now.standing(later(ADA)) == "waiting"  # type: ignore[arg-type]


def test_who_was_not_let_in_says_nothing_whoever_hands_it_on() -> None:
    room = Room(needs_approval=True)
    said = room.ada.speak(2)
    assert [room.now.hides(entry) for entry in said] == [True, True]
    room.decide(room.host, ADMIT, ADA.sub)
    assert [room.now.hides(entry) for entry in said] == [False, False]
    room.decide(room.host, REMOVE, ADA.sub, cuts={ADA.sid: 2})
    again = Author("Ada", sid="fe" * 16)
    again.me = later(ADA)  # type: ignore[assignment]
    assert [room.now.hides(entry) for entry in (*said, again.say())] == [False, False, True]


def test_moderators_need_not_be_let_in() -> None:
    room = Room(needs_approval=True)
    room.moderator(room.ada)
    assert room.now.standing(ADA) == "in"


def test_the_newest_invite_holds_and_of_two_at_once_the_lower_id() -> None:
    room = Room()
    room.moderator(room.ada)
    assert room.now.invite is None
    two = [room.invite(room.host, 2, 1), room.invite(room.ada, 2, 2)]
    for tail in range(3, 12):
        two.append(room.invite(room.ada, 2, tail))
        assert room.now.invite is not None
        assert room.now.invite.entry.id == min(entry.id for entry in two)
    assert two[0].id != min(entry.id for entry in two)
    third = room.invite(room.ada, 3)
    assert room.now.invite is not None
    room.invite(room.host, 2, 9)
    assert room.now.invite.entry.id == third.id


def test_no_invite_uses_up_the_numbers() -> None:
    room = Room()
    room.invite(room.host, 2 + GENERATIONS_AHEAD)
    assert room.now.invite is None
    room.invite(room.host, 1 + GENERATIONS_AHEAD)
    assert room.now.invite is not None


def test_a_removal_wants_a_new_invite_until_it_is_there() -> None:
    room = Room()
    room.invite(room.host, 2)
    removal = room.decide(room.host, REMOVE, ADA.sub)
    assert room.now.unrenewed() != []
    room.invite(room.host, 3)  # by who does not know of the removal
    assert room.now.unrenewed() == [removal.id]
    room.invite(room.host, 4, lifts=[removal.id])
    assert room.now.unrenewed() == []
    room.invite(room.host, 5)
    assert room.now.unrenewed() == []


def test_of_two_invites_at_once_the_one_that_holds_tells_what_it_came_after() -> None:
    seen = set()
    for tail in range(2, 12):
        room = Room()
        removal = room.decide(room.host, REMOVE, ADA.sub)
        room.invite(room.host, 2, 1, lifts=[removal.id])
        room.invite(room.host, 2, tail)
        now = room.now
        assert now.invite is not None
        assert now.unrenewed() == ([removal.id] if now.invite.decision.lifts == [] else [])
        seen.add(len(now.unrenewed()))
    assert seen == {0, 1}


def test_no_moderator_holds_up_the_invites_to_come() -> None:
    """By a clock that nothing comes after."""
    room = Room()
    room.moderator(room.ada)
    room.invite(room.ada, 1 + GENERATIONS_AHEAD, clock=LATEST)
    removal = room.decide(room.host, REMOVE, CID.sub)
    assert room.now.unrenewed() != []
    mine = room.invite(room.host, 2 + GENERATIONS_AHEAD, lifts=[removal.id])
    assert room.now.invite is not None
    assert room.now.invite.entry.id == mine.id
    assert room.now.unrenewed() == []


async def test_the_order_of_arrival_changes_nothing() -> None:
    room = Room(needs_approval=True)
    room.moderator(room.ada)
    room.moderator(room.ben)
    gone = room.decide(room.ada, REMOVE, CID.sub, BAN)
    room.decide(room.ben, ADMIT, "dd" * 16)
    room.decide(room.ben, LIFT, CID.sub, lifts=[gone.id])
    room.invite(room.ada, 2, 1)
    room.invite(room.ben, 2, 2)
    room.decide(room.host, REMOVE, BEN.sub, BAN, cuts={BEN.sid: 2})
    room.decide(room.ben, ROLE, CID.sub, ON)
    room.decide(room.host, ROLE, ADA.sub, 0, cuts={ADA.sid: 1})
    found = set()
    for seed in range(50):
        said = [*room.said, *room.said[:3]]
        random.Random(seed).shuffle(said)
        book = room.book(said)
        await book.name()
        found.add((book.hash, tuple(book.now.removals), book.now.invite is None, tuple(sorted(book.now.counting))))
    assert len(found) == 1


async def test_a_book_goes_by_the_hash_of_what_counts() -> None:
    room = Room()
    book = room.book()
    await book.name()
    assert book.hash == bytes(32)
    room.decide(room.ada, REMOVE, BEN.sub)
    void = room.book()
    await void.name()
    assert void.hash == bytes(32)
    entry = room.decide(room.host, REMOVE, BEN.sub)
    assert take(void, entry)
    await void.name()
    assert void.hash not in (bytes(32), entry.id.encode())
    assert void.entries() == [entry]


async def test_who_has_more_holds_what_an_epoch_was_made_with_before() -> None:
    room = Room()
    first = room.decide(room.host, REMOVE, ADA.sub)
    second = room.decide(room.host, REMOVE, BEN.sub)
    theirs = room.book([second])
    await theirs.name()
    mine = room.book()
    await mine.name()
    assert not mine.holds(theirs.hash)
    await mine.learn([second.id])
    assert mine.holds(theirs.hash)
    assert mine.entries_of(theirs.hash.hex()) == [second]
    await mine.learn([first.id, "99" * 16])
    assert sum(mine.holds(one) for one in (theirs.hash, mine.hash)) == 2
    for number in range(BOOKS_KNOWN):
        extra = room.decide(room.host, ADMIT, f"{number:032x}")
        take(mine, extra)
        await mine.name()
    assert not mine.holds(theirs.hash)


def test_a_body_that_is_no_decision_is_refused_and_one_that_is_withheld_waits() -> None:
    room = Room()
    book = room.book()
    with pytest.raises(CwError) as caught:
        take(book, room.host.say(kind=DECISION, body=b"?"))
    assert caught.value.reason == MALFORMED
    entry = room.decide(room.host, REMOVE, ADA.sub)
    bare = Entry(entry.event.bare(), entry.id, entry.author, 0, False)
    assert not take(book, bare)
    assert take(book, entry)
    assert not take(book, entry)


def test_a_book_is_full_and_who_has_no_power_fills_little_of_it() -> None:
    room = Room()
    book = room.book()
    for number in range(DECISIONS_VOID):
        assert not take(book, room.decide(room.ada, REMOVE, f"{number:032x}"))
    with pytest.raises(CwError) as caught:
        take(book, room.decide(room.ada, REMOVE, BEN.sub))
    assert caught.value.reason == EVENT_BUDGET
    bodies = [write_decision(Decision(ADMIT, f"{number:032x}")) for number in range(3 * DECISIONS - DECISIONS_VOID)]
    assert book.take([room.host.say(kind=DECISION, body=body) for body in bodies], never)
    with pytest.raises(CwError):
        take(book, room.decide(room.host, REMOVE, BEN.sub))


def test_neither_moderators_nor_crowds_use_up_the_room_of_who_is_above() -> None:
    room = Room()
    book = room.book([room.moderator(room.ada)])
    bodies = [write_decision(Decision(ADMIT, f"{number:032x}")) for number in range(DECISIONS)]
    refused: list[int] = []
    for guest in [Author(f"Guest{number}") for number in range(DECISIONS // DECISIONS_VOID)]:
        assert not book.take([guest.say(kind=DECISION, body=bodies[n]) for n in range(DECISIONS_VOID)], refused.append)
    assert refused == [EVENT_BUDGET]
    assert book.take([room.ada.say(kind=DECISION, body=body) for body in bodies], never)
    with pytest.raises(CwError):
        take(book, room.decide(room.ada, REMOVE, BEN.sub))
    assert book.take([room.host.say(kind=DECISION, body=body) for body in bodies], never)
    with pytest.raises(CwError):
        take(book, room.decide(room.host, REMOVE, BEN.sub))


def test_what_moderators_did_counts_though_it_comes_with_what_made_them_some() -> None:
    room = Room()
    role = room.moderator(room.ada)
    bodies = [write_decision(Decision(REMOVE, f"{number:032x}")) for number in range(2 * DECISIONS_VOID)]
    said = [room.ada.say(kind=DECISION, body=body) for body in bodies]
    book = room.book([])
    assert book.take([*said, role], never)
    assert len(book.now.removals) == 2 * DECISIONS_VOID
