"""A host or a moderator removes somebody: the question before it, and what lies under it."""

from tests.fakes.screen import act, by_class, event, labelled, words
from tests.widget.ui.people import DANA, as_a, asking_dana, calls, layers, offered, rows
from widget.errors import RefusedError
from widget.ui.view import attributes


def test_remove_asks_first() -> None:
    someone = asking_dana()
    assert calls(someone) == []
    (question,) = layers(someone)
    assert (attributes(question)["role"], attributes(question)["aria-label"]) == ("dialog", "Remove \u2068Dana\u2069?")
    assert attributes(question)["aria-modal"] == "true"
    assert words(question).startswith("Remove Dana?")
    assert offered(someone) == ["Also hide what they said", "Keep them out (ban)", "Remove", "Cancel"]
    someone.click("Remove")
    assert calls(someone) == [("remove_member", "dana", True, False)]
    assert layers(someone) == []


def test_what_they_said_can_be_hidden_and_they_can_be_let_back() -> None:
    someone = asking_dana()
    someone.type("Also hide what they said", "on")
    someone.type("Keep them out (ban)", "on")
    boxes = [labelled(someone.screen, name) for name in ("Also hide what they said", "Keep them out (ban)")]
    assert [attributes(box)["type"] for box in boxes] == ["checkbox", "checkbox"]
    assert ["checked" in attributes(box) for box in boxes] == [True, False]
    someone.click("Remove")
    assert calls(someone) == [("remove_member", "dana", False, True)]


def test_a_question_begins_anew() -> None:
    someone = asking_dana()
    someone.type("Also hide what they said", "on")
    someone.type("Keep them out (ban)", "on")
    someone.escape()
    someone.click("More for Dana")
    someone.click("Remove")
    someone.click("Remove")
    assert calls(someone) == [("remove_member", "dana", True, False)]


def test_cancel_removes_nobody() -> None:
    someone = asking_dana()
    someone.click("Cancel")
    assert calls(someone) == []
    assert layers(someone) == []


def test_escape_closes_what_is_topmost() -> None:
    someone = asking_dana()
    someone.escape()
    assert layers(someone) == []
    assert rows(someone) != []
    someone.escape()
    assert rows(someone) == []
    assert calls(someone) == []


def test_a_press_beside_it_closes_what_is_open() -> None:
    someone = asking_dana()
    act(by_class(someone.screen, "cw-backdrop")[0], event("click"))
    assert layers(someone) == []
    someone.click("More for Dana")
    act(layers(someone)[0], event("outside"))
    assert layers(someone) == []
    assert calls(someone) == []


def test_what_is_below_cannot_be_reached() -> None:
    someone = as_a("host", DANA)
    (screen,) = by_class(someone.screen, "cw-screen")
    assert "inert" not in attributes(screen)
    someone.click("More for Dana")
    (screen,) = by_class(someone.screen, "cw-screen")
    assert (attributes(screen)["inert"], attributes(screen)["aria-hidden"]) == ("", "true")


def test_what_opens_takes_the_focus() -> None:
    """The DOM gives it to what appears with `autofocus`: so each is an element of its own."""
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    (menu,) = layers(someone)
    assert [(each.kind, each.id) for each in someone.app.stage.effects()] == [("focus", "cw-item-0")]
    someone.click("Remove")
    (question,) = layers(someone)
    assert "autofocus" in attributes(menu)
    assert "autofocus" in attributes(question)
    assert menu.mark != question.mark


def test_arrows_go_round_the_menu() -> None:
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    someone.app.stage.effects()
    pressed = [someone.press("Compare numbers", key) for key in ("ArrowDown", "ArrowUp", "End", "Home", "a")]
    assert [each.prevented for each in pressed] == [True] * 4 + [False]
    assert [each.id[-1] for each in someone.app.stage.effects()] == ["1", "2", "2", "0"]


def test_a_refusal_is_told() -> None:
    someone = asking_dana()
    someone.chat.fails["remove_member"] = RefusedError("room.power", "Only the host can do that.")
    someone.click("Remove")
    assert "Only the host can do that." in someone.sees()
