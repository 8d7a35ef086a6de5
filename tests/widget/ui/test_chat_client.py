import pytest

from tests.fakes.core import person, room
from tests.fakes.screen import Person, by_class, words
from widget.errors import UnreachableError
from widget.model import ChatState, Participant
from widget.ui.connection_badge import connection_badge

PEOPLE = [
    person("Ben", role="host"),
    person("Ada"),
    person("Femi", is_online=False, link="lost"),
    person("Chidi", link="relayed"),
]


def in_room(public: bool = True) -> Person:
    return Person(ChatState(
        authenticated=True, status="connected", room=room("r1", "Owls", 3, public), participants=PEOPLE,
    ))  # fmt: skip


def test_the_panel_opens_and_closes() -> None:
    someone = in_room()
    someone.click("3 people")
    assert "Femi" in someone.sees()
    someone.click("Close")
    assert "Femi" not in someone.sees()


def test_escape_closes_the_panel() -> None:
    someone = in_room()
    someone.click("3 people")
    someone.escape()
    assert "Femi" not in someone.sees()


def test_the_panel_names_me_the_host_and_each_link() -> None:
    someone = in_room()
    someone.click("3 people")
    rows = [words(row) for row in by_class(someone.screen, "cw-person")]
    assert rows == ["A Ada you", "B Ben host Connected directly", "C Chidi Relayed (encrypted)", "F Femi Away"]


def test_the_invite_of_a_private_room_is_copied() -> None:
    someone = in_room(False)
    someone.click("Invite people")
    someone.click("Copy invite")
    assert someone.page.copied == ["https://site.test/page#cw=r1.psk"]
    assert "Invite copied." in someone.sees()
    someone.clock.advance(6000)
    assert "Invite copied." not in someone.sees()


def test_the_link_to_a_public_room_is_copied() -> None:
    someone = in_room()
    someone.click("Invite people")
    someone.click("Copy invite")
    assert someone.page.copied == ["https://site.test/page#cw=r1"]


def test_an_invite_that_cannot_be_copied_is_shown() -> None:
    someone = in_room()
    someone.page.allows = False
    someone.click("Invite people")
    someone.click("Copy invite")
    assert "could not be copied. It is https://site.test/page#cw=r1" in someone.sees()


def test_leaving_leads_to_the_list() -> None:
    someone = in_room()
    someone.click("Leave room")
    assert "Rooms" in someone.sees()


def test_a_leave_that_fails_is_told() -> None:
    someone = in_room()
    someone.chat.fails["leave_room"] = UnreachableError("unreachable", "No answer.")
    someone.click("Leave room")
    assert "No answer." in someone.sees()


@pytest.mark.parametrize(("status", "people", "sentence"), [
    ("connecting", [], "Connecting"),
    ("connected", [person("Ada")], "Only you are here"),
    ("connected", [person("Ada"), person("Ben")], "Connected directly"),
    ("connected", [person("Ben"), person("Chidi", link="relayed")], "Relayed (encrypted)"),
    ("connected", [person("Ben", link="connecting")], "Connecting"),
    ("connected", [person("Ben", is_online=False, link="lost")], "Only you are here"),
    ("connected", [person("Ben"), person("Chidi", link="turn")], "Connected through TURN"),
    ("connected", [person("Ben"), person("Chidi", is_online=False, link="unreachable")], "Cannot be reached"),
    ("disconnected", [], "Offline - trying again"),
    ("error", [], "Not connected"),
])  # fmt: skip
def test_the_badge_says_how_the_room_is_reached(status: str, people: list[Participant], sentence: str) -> None:
    state = ChatState(status=status, participants=people)  # type: ignore[arg-type]
    assert words(connection_badge(state)) == sentence
