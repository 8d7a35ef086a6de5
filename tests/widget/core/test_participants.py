"""A person's sessions as one row of the list of people."""

from __future__ import annotations

import itertools
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.fakes.clock import HandClock
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.people import Seat, make_room, sign_in, sit
from tests.fakes.realm import Realm
from tests.fakes.siblings import Browser, FakeSiblings
from widget.crypto.session import PeerSession
from widget.model import LinkKind, Participant
from widget.room.acquaintances import Acquaintances
from widget.room.neighbour import Neighbour
from widget.room.participants import participants
from widget.room.rulings import Rulings
from widget.wire.socket import Member

CLAIMED = "claimed by the service"
NOTHING = Rulings("", False, [])  # is decided
NOBODY = Acquaintances(HandClock(), MemoryStorage(), FakeSiblings(Browser()))  # is known


@pytest.fixture
async def ada(realm: Realm) -> PeerSession:
    person = await sign_in(realm, "Ada")
    seat: Seat = await sit(person, make_room(person))
    return seat.session.me


@pytest.fixture
def realm() -> Realm:
    return Realm()


def session(me: PeerSession, link: LinkKind, proved: bool = True, late_ms: int = 1, **changes: Any) -> Neighbour:
    """One session of Ben, by what it proved or by what the service says."""
    peer = replace(me, sid=f"{late_ms:032x}", sub="b" * 32, name="Ben", is_host=False, iat_ms=me.iat_ms + late_ms)
    member = Member(peer.sid, peer.sub, CLAIMED, peer.iat_ms)
    found = SimpleNamespace(
        sid=peer.sid, peer=replace(peer, **changes) if proved else None, member=member, is_listed=True, link=link
    )
    return cast(Neighbour, found)


def of_ben(me: PeerSession, *sessions: Neighbour) -> Participant:
    first, ben = participants(HandClock(), me, list(sessions), [], [], NOTHING, NOBODY)
    assert first.is_me
    return ben


def test_who_proved_nothing_is_not_online_and_has_the_name_that_the_service_says(ada: PeerSession) -> None:
    ben = of_ben(ada, session(ada, "connecting", proved=False))
    assert (ben.user_name, ben.is_online, ben.is_host, ben.link) == (CLAIMED, False, False, "connecting")


def test_who_is_neither_proved_nor_listed_is_not_shown(ada: PeerSession) -> None:
    unlisted = session(ada, "connecting", proved=False)
    unlisted.is_listed = False
    assert len(participants(HandClock(), ada, [unlisted], [], [], NOTHING, NOBODY)) == 1
    verified = session(ada, "direct")
    verified.is_listed = False
    assert len(participants(HandClock(), ada, [verified], [], [], NOTHING, NOBODY)) == 2


def test_who_proved_it_and_is_lost_is_not_online(ada: PeerSession) -> None:
    assert not of_ben(ada, session(ada, "lost")).is_online
    assert of_ben(ada, session(ada, "relayed")).is_online


@pytest.mark.parametrize("first_is_proved", [True, False])
def test_the_proved_session_names_a_person(ada: PeerSession, first_is_proved: bool) -> None:
    sessions = [session(ada, "relayed", first_is_proved, 1), session(ada, "relayed", not first_is_proved, 2)]
    ben = of_ben(ada, *sessions)
    assert (ben.user_name, ben.is_online) == ("Ben", True)


def test_of_two_proved_sessions_the_first_names_a_person(ada: PeerSession) -> None:
    ben = of_ben(ada, session(ada, "direct", name="first"), session(ada, "direct", late_ms=2, name="second"))
    assert ben.user_name == "first"


def test_a_person_is_there_since_the_first_session(ada: PeerSession) -> None:
    late, early = session(ada, "direct", late_ms=5_000), session(ada, "direct", late_ms=1_000)
    assert of_ben(ada, late, early).joined_at == of_ben(ada, early).joined_at


LINKS: list[LinkKind] = ["lost", "connecting", "relayed", "direct"]


@pytest.mark.parametrize(("worse", "better"), list(itertools.combinations(LINKS, 2)))
def test_the_better_link_is_a_persons(ada: PeerSession, worse: LinkKind, better: LinkKind) -> None:
    for links in ((worse, better), (better, worse)):
        assert of_ben(ada, session(ada, links[0]), session(ada, links[1], late_ms=2)).link == better


@pytest.mark.parametrize(("one", "other"), [(True, False), (False, True), (False, False)])
def test_a_person_with_the_hosts_device_is_the_host(ada: PeerSession, one: bool, other: bool) -> None:
    ben = of_ben(ada, session(ada, "direct", is_host=one), session(ada, "direct", late_ms=2, is_host=other))
    assert ben.is_host == (one or other)


def test_my_other_tab_is_me(ada: PeerSession) -> None:
    tab = session(ada, "relayed", sub=ada.sub, name=ada.name)
    (me,) = participants(HandClock(), ada, [tab], [], [], NOTHING, NOBODY)
    assert (me.is_me, me.link, me.is_online) == (True, "direct", True)


def test_i_may_what_this_session_of_mine_may(ada: PeerSession) -> None:
    here, there = replace(ada, is_host=False), session(ada, "direct", sub=ada.sub, is_host=True)
    (me,) = participants(HandClock(), here, [there], [], [], NOTHING, NOBODY)
    assert me.role == "member"
    (me,) = participants(HandClock(), ada, [session(ada, "direct", sub=ada.sub)], [], [], NOTHING, NOBODY)
    assert me.role == "host"


def test_others_come_in_the_order_in_which_they_came(ada: PeerSession) -> None:
    late, early = session(ada, "direct", late_ms=9, sub="c" * 32), session(ada, "direct", late_ms=3)
    people = participants(HandClock(), ada, [late, early], [], [], NOTHING, NOBODY)
    assert [person.user_id for person in people] == [ada.sub, "b" * 32, "c" * 32]


def test_whom_only_others_have_met_is_shown(ada: PeerSession) -> None:
    cid = replace(ada, sid="c" * 32, sub="c" * 32, name="Cid", is_host=False)
    _, shown = participants(HandClock(), ada, [], [ada, cid], [], NOTHING, NOBODY)
    assert (shown.user_name, shown.is_online, shown.link, shown.is_host, shown.is_me) == (
        "Cid", True, "through", False, False,
    )  # fmt: skip


def test_whom_i_lost_is_not_said_to_be_reached_by_others(ada: PeerSession) -> None:
    lost = session(ada, "lost")
    assert lost.peer is not None
    _, ben = participants(HandClock(), ada, [lost], [ada, lost.peer], [], NOTHING, NOBODY)
    assert (ben.link, ben.is_online) == ("lost", False)


def test_who_is_met_is_shown_as_met_and_who_is_on_the_way_by_what_it_proved_to_others(ada: PeerSession) -> None:
    met, coming = session(ada, "relayed"), session(ada, "connecting", proved=False, late_ms=2, sub="c" * 32)
    assert met.peer is not None
    proved = replace(met.peer, sid=coming.sid, sub=coming.member.sub, name="Cid")
    people = participants(HandClock(), ada, [met, coming], [ada, met.peer, proved], [], NOTHING, NOBODY)
    assert [(person.user_name, person.link) for person in people[1:]] == [("Ben", "relayed")], "one person"
    other = replace(proved, sub="d" * 32)
    people = participants(HandClock(), ada, [met, coming], [ada, met.peer, other], [], NOTHING, NOBODY)
    assert [(person.user_name, person.link) for person in people[1:]] == [("Ben", "relayed"), ("Cid", "through")]


def test_who_can_read_is_shown_as_lost_though_they_are_said_to_be_gone(ada: PeerSession) -> None:
    """The service says so, and may lie."""
    cid = replace(ada, sid="c" * 32, sub="c" * 32, name="Cid", is_host=False)
    _me, person = participants(HandClock(), ada, [], [ada], [cid], NOTHING, NOBODY)
    assert (person.user_name, person.is_online, person.link) == ("Cid", False, "lost")
