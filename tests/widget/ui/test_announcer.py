"""What a screen reader is told of new messages."""

from tests.fakes.core import FakeChat, FakePage, HandClock, said
from tests.fakes.screen import words
from widget.model import ChatState
from widget.native.language import English
from widget.ui.announcer import Announcer
from widget.ui.stage import Stage
from widget.ui.strings import speak


class Table:
    """An announcer, and how often it asked for a drawing."""

    def __init__(self) -> None:
        self.chat = FakeChat(ChatState(messages=[said(1, "Ben", "before")]))
        self.clock = HandClock()
        self.stage = Stage(self.chat, self.clock, FakePage(), English())
        self.stage.changed = self._count
        self.drawings = 0
        self.announcer = Announcer(self.stage)
        self.announcer.entered(1)
        speak(self.stage.language)

    def _count(self) -> None:
        self.drawings += 1

    def hear(self, number: int, text: str) -> None:
        self.chat.become(messages=[*self.chat.state.messages, said(number, "Ben", text)])
        self.announcer.arrived(self.chat.state.messages)


def test_what_was_said_before_is_not_read_and_what_is_new_is_drawn_once() -> None:
    table = Table()
    table.hear(2, "one")
    table.hear(3, "two")
    assert len(table.clock.timers) == 1
    table.clock.advance(1000)
    assert (words(table.announcer.view()), table.drawings) == ("", 0), "it is gathered"
    table.clock.advance(500)
    assert (words(table.announcer.view()), table.drawings) == ("Ben: one Ben: two", 1)
