import ast
from datetime import UTC
from typing import ClassVar

from tests.fakes.screen import Person
from tests.widget.ui.sentences import WIDGET, said, sentences
from widget.core.lines import filled
from widget.model import ChatState
from widget.native.language import English
from widget.ui.parts import around
from widget.ui.strings import say, say_count, speak
from widget.ui.view import h

SIGNED_IN = ChatState(authenticated=True, user_id="a1", user_name="Ada")

# Said in several places, so translated once for all of them: what each place means by it.
SHARED = {
    "A host or moderator lets each person in.": "the choice to make such a room, to who waits for it",
    "Copy invite": "in the dialog that shows it, and in the conversation while one is alone",
    "Invite people": "the button above the conversation, and the dialog that it opens",
    "Listed here. Anyone who signs in can join and read.": "the choice to make such a room, and the invite to one",
    "Not listed. Only people with the invite can join.": "the choice to make such a room, and the invite to one",
    "Emoji and emotes": "the button, and the panel that it opens",
    "Join": "a room of the list, one by its invite",
    "by {}": "a room's host, an emote's author",
    "Cancel": "not to do what is asked, not to work for a code, a guest not to sign in",
    "Compare numbers": "the item of a menu, and what it opens",
    "One moment": "until one is signed in again, until a code is worked for, until a room is shown",
    "Sign in to join": "below the title of the list, and the button below what a visitor was shown of a room",
    "Let in": "a person who waits to come in, and a device of one's own that waits to count as such",
    "new device": "the mark of a person with one, and of the device in one's own list",
    "Sign in to chat": "the screen, and the work for a code",
    "New room": "the button, and the screen that it opens",
    "People": "the panel, and its title",
    "Private": "a room, and the choice to make one",
    "Remove": "the item that asks first, and the one that does it",
    "Rooms": "the screen, and the list in it",
    "{} new messages": "the button that leads there, what is read out",
    "New messages": "the line above them, the region where they are read out",
    "Message of {}": "the button of its menu, and the menu",
    "Send again": "the button of a message, the item of its menu",
    "Sign out": "the button that asks first, and the one that does it",
    "Sending": "a code, a message",
    "Sign in": "the button of the lobby, that of the code, and that of a guest among the people",
    "optional": "beside the name of a field",
    "{} people": "in a room of the list, in this room",
    "Try again": "the list of rooms, the site's own login",
    "Your devices": "the button, and the dialog that it opens",
}


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
    assert say_count("1 person", "{} people", 1200) == "1,200 people"


class Polish(English):
    """A language of three plurals, that lacks most of its words."""

    TEXTS: ClassVar[dict[str, dict[str, str]]] = {
        "Rooms": {"other": "Pokoje"},
        "by {}": {"other": "założył {}"},
        "{} people": {"one": "{} osoba", "few": "{} osoby", "many": "{} osób"},
    }

    def find(self, sentence: str, category: str) -> str | None:
        return self.TEXTS.get(sentence, {}).get(category)

    def category(self, count: int) -> str:
        return "one" if count == 1 else "few" if count in (2, 3, 4) else "many"


def test_another_language_replaces_the_english_sentence() -> None:
    speak(Polish())
    try:
        assert say("Rooms") == "Pokoje"
        assert [say_count("1 person", "{} people", count) for count in (1, 3, 5)] == ["1 osoba", "3 osoby", "5 osób"]
        assert say("by {}", "Ada") == "założył Ada"
        assert say("Refresh") == "Refresh"
        assert say_count("1 new message", "{} new messages", 1) == "1 new message"
        assert say_count("1 new message", "{} new messages", 5) == "5 new messages"
    finally:
        speak(English(UTC))


def test_a_name_is_not_taken_for_a_place() -> None:
    assert filled("{} removed {1}.", "{1}", "{}") == "{1} removed {}."
    ada, ben = h("bdi", {}, ["{1}"]), h("bdi", {}, ["{}"])
    assert around("{1} is no moderator: {} said so.", ada, ben) == ["", ben, " is no moderator: ", ada, " said so."]
    assert around("by {}", ada) == ["by ", ada, ""]
    assert around("words that lost their place", ada) == ["words that lost their place"]


def test_of_two_widgets_each_speaks_its_own_language() -> None:
    english, polish = Person(), Person()
    polish.app.speak(Polish())
    for _ in range(2):
        assert "Rooms" in english.sees()
        assert "Pokoje" in polish.sees()


def test_what_is_open_is_said_anew_in_another_language() -> None:
    person = Person(SIGNED_IN)
    person.click("Sign out")
    person.app.stage.tell(lambda: say("Rooms"))
    assert "Sign out?" in person.sees()
    person.app.speak(Pig())
    screen = person.sees()
    assert "sign out?-ay" in screen
    assert "rooms-ay" in screen
    assert "Sign out?" not in screen
    speak(English(UTC))


class Pig(English):
    """Every sentence is another."""

    def find(self, sentence: str, category: str) -> str | None:
        return f"{sentence.lower()}-ay"
