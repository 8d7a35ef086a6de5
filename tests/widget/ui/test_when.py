from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.fakes.clock import HandClock
from tests.fakes.core import NOW_MS, FakePage
from widget.core.times import iso_time
from widget.native.language import MONTHS, English
from widget.ui.when import day_name


def shown(iso: str, offset_min: int = 0) -> str:
    return English(timezone(timedelta(minutes=offset_min))).time(iso)


def day(iso: str, offset_min: int = 0) -> str:
    page = FakePage(offset_min)
    written = English(timezone(timedelta(minutes=offset_min))).date(iso)
    return day_name(page.wall_minute(iso), page.wall_minute(NOW_MS), written)


@pytest.mark.parametrize(("iso", "expected"), [
    ("2026-11-23T00:05:59.123Z", "00:05"),
    ("2026-11-23T23:59:00Z", "23:59"),
])  # fmt: skip
def test_times_are_shown_by_the_day_of_24_hours(iso: str, expected: str) -> None:
    assert shown(iso) == expected


def test_times_are_the_readers_own() -> None:
    assert shown("2026-11-23T20:00:00Z", 330) == "01:30"
    assert shown("2026-11-23T02:00:00Z", -480) == "18:00"
    noon = "2026-11-23T12:00:00Z"
    assert English().time(noon) == datetime(2026, 11, 23, 12, tzinfo=UTC).astimezone().strftime("%H:%M")


def test_days_have_names() -> None:
    assert day("2026-11-23T00:00:00Z") == "Today"
    assert day("2026-11-22T23:59:59Z") == "Yesterday"
    assert day("2026-11-21T12:00:00Z") == "21 Nov"
    assert day("2026-11-22T23:00:00Z", 120) == "Today"


def test_every_day_of_a_year_has_its_name() -> None:
    at = date(2024, 1, 1)
    while at < date(2025, 1, 1):
        assert day(f"{at.isoformat()}T12:00:00Z") == f"{at.day} {MONTHS[at.month - 1]}"
        at += timedelta(days=1)


def test_the_last_time_that_core_knows_is_shown() -> None:
    last = iso_time(HandClock(), 2**53 - 1)
    assert shown(last) == "23:59"
    assert day(last) == "31 Dec"
