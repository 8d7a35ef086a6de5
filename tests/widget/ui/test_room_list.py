from tests.fakes.core import room
from tests.fakes.screen import Person, by_class, labelled, name_of, walk
from widget.errors import UnreachableError
from widget.model import ChatState, RoomMetadata
from widget.ui.view import attributes

SIGNED_IN = ChatState(authenticated=True, user_id="a1", user_name="Ada")


def many() -> list[RoomMetadata]:
    return [room(f"r{number}", f"Room {number}", number) for number in range(1, 9)]


def row(person: Person, name: str) -> str:
    found = [
        node
        for node in walk(person.screen)
        if node.tag == "button" and name_of(person.screen, node).startswith((name, f"Join  {name}"))
    ]
    return name_of(person.screen, found[0])


def test_rooms_are_listed_with_their_people() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 1), room("r2", "Larks", 3, by="Ben")])
    assert " ".join(row(person, "Owls").split()) == "Join Owls 1 person · by Ada Join"  # the last one is for the eye
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
    assert "No room is called that." in person.sees()


def test_few_rooms_need_no_search() -> None:
    assert by_class(Person(SIGNED_IN, many()[:3]).screen, "cw-search") == []


def test_no_rooms_is_a_kind_word() -> None:
    assert "It is quiet here" in Person(SIGNED_IN, []).sees()


def test_a_failure_can_be_tried_again() -> None:
    person = Person(SIGNED_IN, many())
    person.chat.fails["get_active_rooms"] = UnreachableError("unreachable", "The chat service does not answer.")
    person.click("Refresh")
    assert "Room 1" in person.sees()
    assert "The chat service does not answer." in person.sees()
    del person.chat.fails["get_active_rooms"]
    person.click("Refresh")
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
    assert ("get_active_rooms",) in person.chat.calls[before:]


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
