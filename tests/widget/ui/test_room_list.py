import pytest

from tests.fakes.core import room
from tests.fakes.screen import Person, act, by_class, by_tag, event, labelled, name_of, walk, words
from widget.errors import UnreachableError
from widget.model import ChatState, Listing, RoomMetadata
from widget.ui.room_list import MOST_WAITS, POLL_MS, SEARCH_AFTER_MS, SPREAD_MS, STILL_MS
from widget.ui.view import attributes

AWAY = UnreachableError("unreachable", "The chat service does not answer.")
LONGEST_MS = POLL_MS + SPREAD_MS // 2
SIGNED_IN = ChatState(authenticated=True, user_id="a1", user_name="Ada")


def many() -> list[RoomMetadata]:
    return [room(f"r{number}", f"Room {number}", number) for number in range(1, 9)]


def looks(person: Person, since: int = 0) -> int:
    """How often the list was asked for."""
    return len([call for call in person.chat.calls[since:] if call[0] == "listed_rooms"])


def pass_time(person: Person, ms: int) -> None:
    for _ in range(ms // 1000):
        person.clock.advance(1000)
        person.clock.settle()


def names(person: Person) -> list[str]:
    """The rooms from top to bottom."""
    return [words(node) for row in by_class(person.screen, "cw-room-name") for node in by_tag(row, "bdi")]


def hold(person: Person, kind: str = "pointerenter") -> None:
    act(by_class(person.screen, "cw-rooms-body")[0], event(kind))


def row(person: Person, name: str) -> str:
    found = [
        node
        for node in walk(person.screen)
        if node.tag == "button" and name_of(person.screen, node).startswith((name, f"Join  {name}"))
    ]
    return name_of(person.screen, found[0])


def test_rooms_are_listed_with_their_people() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 1), room("r2", "Larks", 3, by="Ben")])
    assert " ".join(row(person, "Owls").split()) == "Join Owls 1 person · by Ada"
    assert "3 people  · by  Ben" in person.sees()


def test_a_click_joins() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 1)])
    person.click(row(person, "Owls"))
    assert ("join_room", "r1") in person.chat.calls


def test_a_full_room_cannot_be_joined() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 16)])
    person.click(row(person, "Owls"))
    assert [call for call in person.chat.calls if call[0] == "join_room"] == []
    assert "Full" in person.sees()


def test_many_rooms_can_be_searched() -> None:
    person = Person(SIGNED_IN, many())
    person.type("Find a room", " room 3")
    assert "Room 3" in person.sees()
    assert "Room 4" not in person.sees()
    person.type("Find a room", "zzz")
    assert "No room or host is called that." in person.sees()


def crowded() -> Person:
    """In front of the first page of a longer list."""
    person = Person(SIGNED_IN, many())
    person.chat.others = [room("o1", "Old owls", 2), room("o2", "Old larks", 0)]
    pass_time(person, LONGEST_MS)
    return person


def searches(person: Person) -> list[str]:
    return [str(call[3]) for call in person.chat.calls if call[0] == "listed_rooms" and call[3] != ""]


def test_a_room_that_is_not_on_the_first_page_is_found_by_the_service() -> None:
    person = crowded()
    for text in ("O", "Old", " Old "):
        person.type("Find a room", text)
    person.clock.advance(SEARCH_AFTER_MS - 1)
    assert (searches(person), names(person)) == ([], [])
    person.clock.advance(1)
    person.clock.settle()
    assert (searches(person), names(person)) == (["Old"], ["Old owls", "Old larks"])
    person.type("Find a room", "room 3")
    assert names(person) == ["Room 3"]
    person.type("Find a room", "Old")
    person.clock.advance(SEARCH_AFTER_MS)
    person.clock.settle()
    person.click(row(person, "Old owls"))
    assert ("join_room", "o1") in person.chat.calls


def test_a_room_is_shown_once_though_both_have_it() -> None:
    person = crowded()
    person.chat.others.append(person.chat.rooms[2])
    person.type("Find a room", "Room 3")
    person.clock.advance(SEARCH_AFTER_MS)
    person.clock.settle()
    assert (searches(person), names(person)) == (["Room 3"], ["Room 3"])


def test_the_service_is_not_asked_for_what_is_here_or_for_nothing() -> None:
    whole = Person(SIGNED_IN, many())
    part = crowded()
    for person, text in ((whole, "zzz"), (part, "  ")):
        before = looks(person)
        person.type("Find a room", text)
        person.clock.advance(SEARCH_AFTER_MS)
        person.clock.settle()
        assert looks(person) == before


def test_what_was_found_goes_with_what_was_typed() -> None:
    person = crowded()
    person.type("Find a room", "Old")
    person.clock.advance(SEARCH_AFTER_MS)
    person.clock.settle()
    person.type("Find a room", "")
    assert "Old owls" not in person.sees()


def test_an_answer_to_what_is_no_longer_asked_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    person = crowded()

    async def slow(tag: str, again: bool, query: str = "") -> Listing:
        person.type("Find a room", "owls")
        return Listing(person.chat.others, "")

    monkeypatch.setattr(person.chat, "listed_rooms", slow)
    person.type("Find a room", "Old")
    person.clock.advance(SEARCH_AFTER_MS)
    person.clock.settle()
    assert names(person) == []


def test_a_search_that_fails_leaves_what_is_here() -> None:
    person = crowded()
    person.chat.fails["listed_rooms"] = AWAY
    person.type("Find a room", "room 3")
    person.clock.advance(SEARCH_AFTER_MS)
    person.clock.settle()
    assert names(person) == ["Room 3"]


def test_few_rooms_need_no_search() -> None:
    assert by_class(Person(SIGNED_IN, many()[:3]).screen, "cw-search") == []


def test_no_rooms_is_a_kind_word() -> None:
    assert "It is quiet here" in Person(SIGNED_IN, []).sees()


def test_a_failure_can_be_tried_again() -> None:
    person = Person(SIGNED_IN, many())
    fresh = type(person.app)(person.chat, person.clock, person.page, person.app.stage.language, False, "")
    person.chat.fails["listed_rooms"] = AWAY
    fresh.start()
    person.clock.settle()
    person.app = fresh
    assert "The rooms could not be loaded" in person.sees()
    assert AWAY.message in person.sees()
    del person.chat.fails["listed_rooms"]
    person.click("Try again")
    assert "Room 1" in person.sees()
    assert "does not answer" not in person.sees()


def test_an_invite_joins() -> None:
    person = Person(SIGNED_IN, [])
    person.type("Have an invite?", "  abc.def ")
    person.submit()
    assert ("join_room", "abc.def") in person.chat.calls


def test_an_empty_invite_does_nothing() -> None:
    person = Person(SIGNED_IN, [])
    person.submit()
    assert [call for call in person.chat.calls if call[0] == "join_room"] == []


def test_a_refused_join_is_told_and_the_list_is_fresh() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 1)])
    person.chat.fails["join_room"] = UnreachableError("unreachable", "The chat service does not answer.")
    before = len(person.chat.calls)
    person.click(row(person, "Owls"))
    assert "The chat service does not answer." in person.sees()
    assert looks(person, before) == 1


def test_a_room_without_a_name_has_words() -> None:
    assert "Room without a name" in Person(SIGNED_IN, [room("r1", "", 1)]).sees()


def test_a_visitor_sees_rooms_and_signs_in_to_join() -> None:
    person = Person(None, [room("r1", "Owls", 1)])
    assert "Owls" in person.sees()
    person.click(row(person, "Owls"))
    assert "Sign in to chat" in person.sees()
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    person.type("Code of 8 digits", "12345678")
    assert ("join_room", "r1") in person.chat.calls


def test_signing_out_asks_first() -> None:
    person = Person(SIGNED_IN, [])
    person.click("Sign out")
    assert ("logout",) not in person.chat.calls
    person.click("Cancel")
    person.click("Sign out")
    person.click("Sign out")
    assert ("logout",) in person.chat.calls
    assert labelled(person.screen, "Sign in").tag == "button"


def test_a_wrong_invite_stays_in_its_field_until_it_led_in() -> None:
    person = Person(SIGNED_IN, [])
    person.chat.fails["join_room"] = UnreachableError("room.none", "There is no such room.")
    person.type("Have an invite?", "r1.psX")
    person.submit()
    assert "There is no such room." in person.sees()
    assert attributes(labelled(person.screen, "Have an invite?"))["value"] == "r1.psX"
    del person.chat.fails["join_room"]
    person.submit()
    person.chat.become(room=None)
    person.clock.settle()
    assert attributes(labelled(person.screen, "Have an invite?"))["value"] == ""


def test_the_list_is_looked_at_again_and_again_and_what_is_known_is_not_asked_for() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 1)])
    assert looks(person) == 1
    before = person.drawings
    pass_time(person, LONGEST_MS)
    assert looks(person) == 2
    tags = [call[1] for call in person.chat.calls if call[0] == "listed_rooms"]
    assert tags[0] == ""
    assert tags[1] != ""
    assert person.drawings == before, "what is known is not drawn again"
    person.chat.rooms = [room("r1", "Owls", 2)]
    pass_time(person, LONGEST_MS)
    assert "2 people" in person.sees()


def test_pages_that_came_together_do_not_look_together() -> None:
    waits = set()
    for number in range(20):
        person = Person(SIGNED_IN)
        person.app.rooms.show(False)
        person.clock.now += number
        person.app.rooms.show(True)
        person.clock.settle()
        waits.add(min(at for at, _ in person.clock.timers) - person.clock.now)
    assert len(waits) > 10
    assert min(waits) >= POLL_MS - SPREAD_MS // 2
    assert max(waits) < LONGEST_MS


def test_nobody_looks_for_a_page_that_nobody_sees() -> None:
    person = Person(SIGNED_IN, many())
    person.page.hidden = True
    pass_time(person, 10 * LONGEST_MS)
    assert looks(person) == 1
    person.page.hidden = False
    person.app.woke()
    person.clock.settle()
    assert looks(person) == 2
    pass_time(person, LONGEST_MS)
    assert looks(person) == 3


def test_nobody_looks_from_another_screen_nor_from_a_chat_that_has_ended() -> None:
    person = Person(SIGNED_IN, many())
    person.click("New room")
    person.app.woke()
    pass_time(person, 2 * LONGEST_MS)
    assert looks(person) == 1
    person.click("Back")
    assert looks(person) == 2
    person.app.stop()
    pass_time(person, 2 * LONGEST_MS)
    assert looks(person) == 2


def test_nobody_looks_for_a_bubble_that_is_closed() -> None:
    person = Person(SIGNED_IN, many())
    person.app.float(True)
    pass_time(person, 2 * LONGEST_MS)
    assert looks(person) == 1
    person.app.show(True)
    person.clock.settle()
    assert looks(person) == 2


def test_a_service_that_is_away_is_asked_seldom_and_the_list_says_that_it_may_be_old() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 1)])
    person.chat.fails["listed_rooms"] = AWAY
    pass_time(person, LONGEST_MS)
    assert "This list may be old. The chat service does not answer." in person.sees()
    assert "Owls" in person.sees()
    before = looks(person)
    pass_time(person, POLL_MS)
    assert looks(person) == before, "the second wait is twice as long"
    pass_time(person, 20 * MOST_WAITS * LONGEST_MS)
    assert 20 <= looks(person) - before <= 20 * LONGEST_MS / (LONGEST_MS - SPREAD_MS) + 5
    assert [call[2] for call in person.chat.calls if call[0] == "listed_rooms"][:3] == [False, False, True]
    del person.chat.fails["listed_rooms"]
    pass_time(person, MOST_WAITS * LONGEST_MS)
    assert "may be old" not in person.sees()
    before = looks(person)
    pass_time(person, 2 * LONGEST_MS)
    assert looks(person) >= before + 2


def test_lively_rooms_stand_first_and_newer_ones_before_older() -> None:
    listed = [room("r1", "New", 1), room("r2", "Old", 1), room("r3", "Lively", 5)]
    assert names(Person(SIGNED_IN, listed)) == ["Lively", "New", "Old"]


@pytest.mark.parametrize("kind", ["pointerenter", "focusin"])
def test_no_room_moves_while_somebody_is_among_them(kind: str) -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 3), room("r2", "Larks", 2), room("r3", "Bats", 1)])
    hold(person, kind)
    person.chat.rooms = [room("r4", "Mice", 9), room("r1", "Owls", 1), room("r3", "Bats", 4)]
    pass_time(person, LONGEST_MS)
    assert names(person) == ["Owls", "Larks", "Bats", "Mice"]
    assert "4 people" in person.sees()
    assert "Ended" in person.sees()
    (larks,) = [node for node in by_tag(person.screen, "button") if "Ended" in words(node)]
    act(larks, event("click"))
    person.clock.settle()
    assert [call for call in person.chat.calls if call[0] == "join_room"] == []
    hold(person, "pointerleave" if kind == "pointerenter" else "focusout")
    person.chat.rooms = [room("r4", "Mice", 9), room("r1", "Owls", 1), room("r3", "Bats", 3)]
    pass_time(person, LONGEST_MS)
    assert names(person) == ["Mice", "Bats", "Owls"]
    assert "Ended" not in person.sees()


def test_a_press_just_after_rooms_have_moved_is_not_taken() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 2), room("r2", "Larks", 1)])
    person.chat.rooms = [room("r2", "Larks", 3), room("r1", "Owls", 2)]
    person.clock.advance(LONGEST_MS)
    person.clock.settle()
    assert names(person) == ["Larks", "Owls"]
    person.clock.advance(STILL_MS - 1)
    person.click(row(person, "Larks"))
    assert [call for call in person.chat.calls if call[0] == "join_room"] == []
    person.clock.advance(1)
    person.click(row(person, "Larks"))
    assert ("join_room", "r2") in person.chat.calls


def test_a_list_that_only_grew_takes_each_press() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 2)])
    person.chat.rooms = [room("r1", "Owls", 2), room("r2", "Larks", 1)]
    person.clock.advance(LONGEST_MS)
    person.clock.settle()
    person.click(row(person, "Larks"))
    assert ("join_room", "r2") in person.chat.calls


def test_who_comes_back_to_the_list_is_among_no_rooms() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 3), room("r2", "Larks", 2)])
    hold(person)
    person.click("New room")
    person.chat.rooms = [room("r2", "Larks", 4)]
    person.click("Back")
    assert names(person) == ["Larks"]


def test_rooms_are_found_by_their_host_too() -> None:
    person = Person(SIGNED_IN, [*many(), room("r9", "Larks", 1, by="Grace")])
    person.type("Find a room", "grace")
    assert names(person) == ["Larks"]
    person.chat.rooms = person.chat.rooms[6:]
    pass_time(person, LONGEST_MS)
    assert labelled(person.screen, "Find a room").tag == "input", "the search stays while it is used"


def test_an_empty_list_says_too_that_it_may_be_old() -> None:
    person = Person(SIGNED_IN, [])
    person.chat.fails["listed_rooms"] = AWAY
    pass_time(person, LONGEST_MS)
    assert "This list may be old." in person.sees()
    assert "It is quiet here" in person.sees()
