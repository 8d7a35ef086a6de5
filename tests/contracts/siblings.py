"""What every `Siblings` does: between two of one site, or for one that is alone."""

from __future__ import annotations

from tests.contracts.report import Inbox, Report, pause
from widget.ports import Clock, Siblings


async def alone(mine: Siblings, clock: Clock, report: Report) -> None:
    heard = Inbox(clock)
    mine.hear(heard.put)
    mine.tell("a word")
    done = await mine.turn()
    done()
    done = await mine.turn()
    done()
    report.that("a turn that has ended is followed by the next", True)
    await pause(clock, 50)
    report.that("nobody hears what it tells itself", len(heard.all()) == 0)
    mine.close()


async def contract(mine: Siblings, other: Siblings, clock: Clock, report: Report) -> None:
    heard, theirs = Inbox(clock), Inbox(clock)
    mine.hear(heard.put)
    other.hear(theirs.put)
    mine.tell("first")
    mine.tell("second é\u2028")
    report.that("words come to the others in order", await theirs.take(2) == ["first", "second é\u2028"])
    report.that("and not to oneself", len(heard.all()) == 0)
    await _turns(mine, other, clock, report)
    other.close()
    mine.tell("third")
    await pause(clock, 50)
    report.that("one that is closed hears nothing", len(theirs.all()) == 0)
    said = len(heard.all())
    other.tell("late")
    await pause(clock, 50)
    report.that("and tells nothing, nor raises", len(heard.all()) == said)
    mine.close()


async def _turns(mine: Siblings, other: Siblings, clock: Clock, report: Report) -> None:
    order = Inbox(clock)
    done = await mine.turn()

    async def wait() -> None:
        theirs = await other.turn()
        order.put("other")
        theirs()

    clock.spawn(wait())
    await pause(clock, 50)
    order.put("mine")
    done()
    report.that("one waits for the turn of the other to end", await order.take(2) == ["mine", "other"])
    again = await mine.turn()
    again()
    report.that("and then has the next", True)
