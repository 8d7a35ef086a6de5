from datetime import date, timedelta

import pytest

from tests.fakes.clock import HandClock
from tests.fakes.core import MONTHS, NOW_MS, FakePage
from widget.core.times import iso_time
from widget.ui.when import clock_time, day_name


def shown(iso: str, page: FakePage) -> str:
    return clock_time(page.wall_minute(iso), page.twelve_hour())


def day(iso: str, page: FakePage) -> str:
    return day_name(page.wall_minute(iso), page.wall_minute(NOW_MS), *page.wall_date(iso))


@pytest.mark.parametrize(("iso", "expected"), [
    ("2026-11-23T00:05:59.123Z", "00:05"),
    ("2026-11-23T23:59:00Z", "23:59"),
])  # fmt: skip
def test_times_are_shown_by_the_day_of_24_hours(iso: str, expected: str) -> None:
    assert shown(iso, FakePage()) == expected


@pytest.mark.parametrize(
    ("at", "expected"), [("00:05", "12:05 am"), ("11:59", "11:59 am"), ("12:00", "12:00 pm"), ("13:07", "1:07 pm")]
)
def test_times_are_shown_by_twelve_hours_where_people_do(at: str, expected: str) -> None:
    assert shown(f"2026-11-23T{at}:00Z", FakePage(0, True)) == expected


def test_times_are_the_readers_own() -> None:
    assert shown("2026-11-23T20:00:00Z", FakePage(330)) == "01:30"
    assert shown("2026-11-23T02:00:00Z", FakePage(-480)) == "18:00"


def test_days_have_names() -> None:
    page = FakePage()
    assert day("2026-11-23T00:00:00Z", page) == "Today"
    assert day("2026-11-22T23:59:59Z", page) == "Yesterday"
    assert day("2026-11-21T12:00:00Z", page) == "21 Nov"
    assert day("2026-11-22T23:00:00Z", FakePage(120)) == "Today"


def test_every_day_of_a_year_has_its_name() -> None:
    at = date(2024, 1, 1)
    while at < date(2025, 1, 1):
        assert day(f"{at.isoformat()}T12:00:00Z", FakePage()) == f"{at.day} {MONTHS[at.month - 1]}"
        at += timedelta(days=1)


def test_the_last_time_that_core_knows_is_shown() -> None:
    last = iso_time(HandClock(), 2**53 - 1)
    assert shown(last, FakePage()) == "23:59"
    assert day(last, FakePage()) == "31 Dec"
