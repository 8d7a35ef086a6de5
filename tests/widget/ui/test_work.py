"""One piece of work at a time: what came before says nothing any more."""

from __future__ import annotations

from tests.fakes.core import FakeChat, FakePage, HandClock
from widget.errors import ChatError, StoppedError
from widget.native.language import English
from widget.ui.stage import Stage, Work


class Table:
    """A stage with one piece of work, whose pieces end in the order that the test says."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.stage = Stage(FakeChat(), self.clock, FakePage(), English())
        self.work = Work(self.stage)

    async def fail(self, words: str) -> None:
        raise ChatError("some.code", words)

    async def stop(self) -> None:
        raise StoppedError("some.code", "stopped")

    async def succeed(self) -> None:
        pass


def test_what_fails_is_told_until_the_next_begins() -> None:
    table = Table()
    table.work.spawn(table.fail("first"))
    assert (table.work.busy, table.work.error) == (True, "")
    table.clock.settle()
    assert (table.work.busy, table.work.error) == (False, "first")
    table.work.spawn(table.succeed())
    assert table.work.error == ""
    table.clock.settle()


def test_a_failure_of_the_one_before_is_not_one_of_the_next() -> None:
    table = Table()
    heard: list[Exception] = []
    table.work.failed = heard.append
    table.work.spawn(table.fail("old"))
    old = table.clock.work.pop()
    table.work.spawn(table.succeed())
    new = table.clock.work.pop()
    table.clock.work.append(old)
    table.clock.settle()
    assert (table.work.busy, table.work.error, heard) == (True, "", [])
    table.clock.work.append(new)
    table.clock.settle()
    assert not table.work.busy


def test_what_is_cleared_is_over() -> None:
    table = Table()
    table.work.spawn(table.fail("old"))
    table.work.clear()
    assert not table.work.busy
    table.clock.settle()
    assert table.work.error == ""


def test_what_another_call_ended_is_over_and_went_not_wrong() -> None:
    table = Table()
    heard: list[Exception] = []
    table.work.failed = heard.append
    table.work.spawn(table.stop())
    table.clock.settle()
    assert (table.work.busy, table.work.error, heard) == (False, "", [])


def test_that_it_began_went_wrong_and_is_over_is_each_drawn() -> None:
    table = Table()
    drawn: list[tuple[bool, str]] = []
    table.stage.changed = lambda: drawn.append((table.work.busy, table.work.error))
    table.work.spawn(table.fail("first"))
    table.clock.settle()
    table.work.wrong(lambda: "to be put right")
    assert drawn == [(True, ""), (False, "first"), (False, "to be put right")]


def test_nothing_is_drawn_for_what_is_over() -> None:
    table = Table()
    table.work.spawn(table.succeed())
    table.work.clear()
    drawn: list[bool] = []
    table.stage.changed = lambda: drawn.append(table.work.busy)
    table.clock.settle()
    assert drawn == []
