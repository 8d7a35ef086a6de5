"""A question before something that cannot be undone."""

from tests.fakes.core import FakeChat, FakePage, HandClock
from tests.fakes.screen import act, by_tag, event, words
from widget.native.language import English
from widget.ui.question import ask
from widget.ui.stage import Stage
from widget.ui.strings import speak
from widget.ui.view import h


def test_an_answer_may_ask_the_next_question() -> None:
    """The first one is closed by then."""
    stage = Stage(FakeChat(), HandClock(), FakePage(), English())
    speak(stage.language)

    def go_on() -> None:
        ask(stage, lambda: "Second?", lambda: "", lambda: "Yes", lambda: None)

    ask(stage, lambda: "First?", lambda: "", lambda: "Go on", go_on)
    screen = h("div", {}, stage.layers.view())
    act(next(each for each in by_tag(screen, "button") if words(each) == "Go on"), event("click"))
    assert "Second?" in words(h("div", {}, stage.layers.view()))
