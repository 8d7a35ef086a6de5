"""People in a room, and somebody in front of the list of them."""

from tests.fakes.core import person, room
from tests.fakes.screen import Person, by_class, event, name_of, walk, words
from widget.model import ChatState, Participant, Role
from widget.ui.view import Node

BEN, CID, DANA = person("Ben", role="host"), person("Cid", role="moderator"), person("Dana")
EVE = person("Eve", is_online=False, standing="waiting")
FEMI = person("Femi", is_online=False, link="lost", standing="removed")


def as_a(role: Role, *others: Participant, is_open: bool = True) -> Person:
    """Ada in a room with others, in front of the list of people, for which there is room."""
    someone = Person(ChatState(authenticated=True, status="connected", room=room("r1", "Owls", 3)))
    someone.chat.become(participants=[person("Ada", role=role), *others])
    someone.app.resized(True)
    if is_open:
        someone.app.client.people.on_toggle(event("click"))
    return someone


def row(someone: Person, name: str) -> Node:
    (found,) = [each for each in by_class(someone.screen, "cw-person") if each.mark == name.lower()]
    return found


def ways(someone: Person, name: str) -> list[str]:
    """What the buttons and boxes of somebody's row are called."""
    screen = row(someone, name)
    return [name_of(screen, node) for node in walk(screen) if node.tag in ("button", "input")]


def rows(someone: Person) -> list[str]:
    return [words(each) for each in by_class(someone.screen, "cw-person")]


def layers(someone: Person) -> list[Node]:
    return by_class(someone.screen, "cw-layer")


def offered(someone: Person) -> list[str]:
    """What the buttons and boxes of the topmost layer are called."""
    return [name_of(top, node) for top in layers(someone)[-1:] for node in walk(top) if node.tag in ("button", "input")]


def calls(someone: Person) -> list[tuple[object, ...]]:
    return [call for call in someone.chat.calls if call[0] not in ("restore", "listed_rooms")]


def asking_dana() -> Person:
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    someone.click("Remove")
    return someone


# Who has power over whom


def powers(someone: Person, *names: str) -> list[list[str]]:
    """What I may decide about each of them."""
    found = []
    for name in names:
        someone.click(f"More for {name}")
        found.append(offered(someone)[1:])
        someone.escape()
    return found
