from tests.fakes.screen import Person, act, by_tag, event, labelled, words
from widget.errors import RefusedError
from widget.model import ChatState
from widget.ui.view import attributes

SIGNED_IN = ChatState(authenticated=True, user_id="a1", user_name="Ada")


def at_form() -> Person:
    person = Person(SIGNED_IN)
    person.click("New room")
    return person


def choose(person: Person, kind: str) -> None:
    label = next(node for node in by_tag(person.screen, "label") if words(node).strip().startswith(kind))
    act(by_tag(label, "input")[0], event("input"))


def test_a_public_room_is_the_default() -> None:
    person = at_form()
    person.type("Room name", " Owls ")
    person.click("Create room")
    assert ("create_room", "Owls", True, "none", False) in person.chat.calls
    assert "Owls" in person.sees()


def test_a_room_can_be_private() -> None:
    person = at_form()
    choose(person, "Private")
    person.click("Create room")
    assert ("create_room", "", False, "none", False) in person.chat.calls


def asks(person: Person) -> bool:
    box = labelled(person.screen, "Ask before letting people in A host or moderator lets each person in.")
    assert attributes(box)["type"] == "checkbox"
    return "checked" in attributes(box)


def test_a_room_can_ask_before_letting_people_in() -> None:
    person = at_form()
    assert not asks(person)
    choose(person, "Ask before")
    assert asks(person)
    person.click("Create room")
    assert ("create_room", "", True, "none", True) in person.chat.calls


def test_a_room_that_shall_not_ask_after_all_does_not() -> None:
    person = at_form()
    choose(person, "Ask before")
    choose(person, "Ask before")
    assert not asks(person)
    person.click("Create room")
    assert ("create_room", "", True, "none", False) in person.chat.calls


def test_the_choice_says_who_can_read() -> None:
    assert "Anyone who signs in can join and read." in at_form().sees()


def test_a_refusal_keeps_the_form() -> None:
    person = at_form()
    person.chat.fails["create_room"] = RefusedError("room.limit", "You have too many rooms open.")
    person.type("Room name", "Owls")
    person.click("Create room")
    assert "You have too many rooms open." in person.sees()
    assert attributes(labelled(person.screen, "Room name"))["value"] == "Owls"


def test_one_can_go_back() -> None:
    person = at_form()
    person.click("Back")
    assert "Rooms" in person.sees()
