"""What every `Clock` does."""

from __future__ import annotations

from tests.contracts.report import Report, pause
from widget.ports import Clock

PAUSE_MS = 30
MOMENTS: tuple[tuple[int, str], ...] = (
    (0, "1970-01-01T00:00:00.000Z"),
    (951_782_399_999, "2000-02-28T23:59:59.999Z"),
    (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
    (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
)
YEAR_2020_MS = 1_577_836_800_000


async def contract(clock: Clock, report: Report) -> None:
    await _time(clock, report)
    await _timers(clock, report)
    await _spawning(clock, report)
    await _deferred(clock, report)


async def _time(clock: Clock, report: Report) -> None:
    before = clock.now_ms()
    report.that("time is in milliseconds since 1970", before > YEAR_2020_MS)
    for ms, text in MOMENTS:
        report.that(f"{text} is written so", clock.iso(ms) == text)
    steady = clock.steady_ms()
    await pause(clock, PAUSE_MS)
    report.that("a timer takes its time", clock.now_ms() - before >= PAUSE_MS - 2)
    report.that("the steady clock goes on with it", clock.steady_ms() - steady >= PAUSE_MS - 2)
    report.that("the steady clock has whole milliseconds", clock.steady_ms() % 1 == 0)


async def _timers(clock: Clock, report: Report) -> None:
    fired: list[str] = []
    clock.after(PAUSE_MS * 2, lambda: fired.append("later"))
    clock.after(0, lambda: fired.append("soon"))
    cancel = clock.after(PAUSE_MS, lambda: fired.append("never"))
    report.that("a timer never fires at once", len(fired) == 0)
    cancel()
    await pause(clock, PAUSE_MS * 4)
    report.that("timers fire once and in order, a cancelled one not at all", fired == ["soon", "later"])
    cancel()
    report.that("a timer may be cancelled twice", True)


async def _spawning(clock: Clock, report: Report) -> None:
    seen: list[str] = []
    over = clock.deferred()

    async def work() -> None:
        seen.append("begun")
        await pause(clock, 1)
        seen.append("ended")
        over.settle(None)

    clock.spawn(work())
    seen.append("spawned")
    await over.wait()
    report.that("spawned work starts soon, not now", seen == ["spawned", "begun", "ended"])


async def _deferred(clock: Clock, report: Report) -> None:
    first = clock.deferred()
    first.settle("value")
    first.settle("other")
    first.fail(ValueError("late"))
    report.that("a deferred settles once", await first.wait() == "value")
    report.that("a deferred may be awaited again", await first.wait() == "value")
    second = clock.deferred()
    clock.after(1, lambda: second.settle(7))
    report.that("a deferred wakes who waits", await second.wait() == 7)
    third = clock.deferred()
    error = ValueError("mine")
    clock.after(1, lambda: third.fail(error))
    caught: Exception | None = None
    try:
        await third.wait()
    except ValueError as found:
        caught = found
    report.that("a deferred fails with the same error", caught is error)
