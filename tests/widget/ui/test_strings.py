import ast
from collections.abc import Iterator

import pytest

from tests.widget.ui.sentences import WIDGET, said, sentences
from widget.ui.strings import TEXTS, say, say_count, use

# Said in several places, so translated once for all of them: what each place means by it.
SHARED = {
    "A host or moderator lets each person in.": "the choice to make such a room, to who waits for it",
    "Copy invite": "a button above the conversation, and in it while one is alone",
    "Emotes": "the button, and the panel that it opens",
    "Join": "a room of the list, one by its invite",
    "Cancel": "not to do what is asked, not to work for a code",
    "Compare numbers": "the item of a menu, and what it opens",
    "One moment": "until one is signed in again, until a code is worked for",
    "Sign in to chat": "the screen, and the work for a code",
    "New room": "the button, and the screen that it opens",
    "People": "the panel, and its title",
    "Private": "a room, and the choice to make one",
    "Remove": "the item that asks first, and the one that does it",
    "Rooms": "the screen, and the list in it",
    "1 new message": "the button that leads there, what is read out",
    "{} new messages": "the button that leads there, what is read out",
    "New messages": "the line above them, the region where they are read out",
    "Message of {}": "the button of its menu, and the menu",
    "Send again": "the button of a message, the item of its menu",
    "Sign out": "the button that asks first, and the one that does it",
    "Sending": "a code, a message",
    "Sign in": "the button of the lobby, and that of the code",
    "optional": "beside the name of a field",
    "1 person": "in a room of the list, in this room",
    "{} people": "in a room of the list, in this room",
}


@pytest.fixture
def german() -> Iterator[None]:
    use({"Rooms": "Räume", "{} people": "{} Leute", "by {}": "von {} eröffnet"})
    yield
    TEXTS.clear()


def test_every_sentence_can_be_found() -> None:
    assert len(said()) > 90


def test_what_is_said_in_several_places_means_the_same() -> None:
    assert {sentence for sentence, places in said().items() if len(places) > 1} == set(SHARED)


def test_a_sentence_has_one_place_for_a_value_at_most() -> None:
    assert [sentence for sentence in said() if sentence.count("{}") > 1] == []
    assert [sentence for sentence in said() if "{" in sentence.replace("{}", "")] == []


def test_a_value_is_given_where_the_sentence_has_a_place_for_it_and_nowhere_else() -> None:
    wrong: list[str] = []
    for path in [*(WIDGET / "ui").glob("*.py"), *(WIDGET / "browser").glob("*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        parted = {id(part) for call in calls if ast.unparse(call.func) == "around" for part in ast.walk(call.args[0])}
        for call in calls:
            if path.name != "strings.py" and ast.unparse(call.func) == "say":
                given = len(call.args) == 2 or id(call) in parted
                wrong += [s for s in sentences(call.args[0], path.name) if ("{}" in s) is not given]
    assert wrong == []


def test_numbers_and_names_are_put_in() -> None:
    assert say("Send again in {}", "0:30") == "Send again in 0:30"
    assert say_count("1 person", "{} people", 1) == "1 person"
    assert say_count("1 person", "{} people", 12) == "12 people"


def test_another_language_replaces_the_english_sentence(german: None) -> None:
    assert say("Rooms") == "Räume"
    assert say_count("1 person", "{} people", 12) == "12 Leute"
    assert say("by {}").split("{}") == ["von ", " eröffnet"]
    assert say("Refresh") == "Refresh"
