"""For the whole suite: a test that was skipped is a test that failed to run, so the run fails."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import settings

from tests.fakes.effort import SHARE, many
from tests.network.allowed import why_not

# No deadline: how long one example takes says more about the machine than about the code.
settings.register_profile("chat", max_examples=many(100, 3_000), deadline=None)
settings.load_profile("chat")

WHOLE = (1, 1)
_skipped: list[str] = []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """pytest-cov starts twice in a worker, and its first tracer goes on where `no_cover` pauses the second: end it."""
    measured = session.config.pluginmanager.getplugin("_cov")
    if measured is not None and SHARE != WHOLE:
        measured.options.cov_fail_under = 0
    if hasattr(session.config, "workerinput") and measured is not None and measured.cov_controller is not None:
        measured.cov_controller.pause()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of all tests those of a share, file by file."""
    if config.args != config.getini("testpaths"):
        return
    number, of = SHARE
    places = {path: place for place, path in enumerate(sorted({item.path for item in items}))}
    others = [item for item in items if places[item.path] % of != number - 1]
    items[:] = [item for item in items if places[item.path] % of == number - 1]
    config.hook.pytest_deselected(items=others)


def pytest_collection_finish() -> None:
    """What was collected stays: the garbage collector, which stops all the while, need not walk through it again.

    With all tests it took 230 ms on an idle machine, as long as a service waits for Redis.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def _untraced(item: pytest.Item) -> Iterator[None]:
    """pytest-cov leaves out the call of a `no_cover` test; what sets it up costs as much."""
    measured = item.config.pluginmanager.getplugin("_cov")
    cov = None if measured is None or item.get_closest_marker("no_cover") is None else measured.cov_controller
    if cov is not None:
        cov.pause()
    yield
    if cov is not None:
        cov.resume()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    with _untraced(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    with _untraced(item):
        return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if len(_skipped) > 0 and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    asked = " ".join(terminalreporter.config.args)
    if ("tests/network" in asked or asked == "tests") and why_not() != "":
        terminalreporter.line(f"left out: tests/network, for {why_not()}")
    if len(_skipped) > 0:
        terminalreporter.section("skipped, and so failed", red=True)
        for nodeid in _skipped:
            terminalreporter.line(nodeid)
