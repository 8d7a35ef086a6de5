from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fakes.core import NOW_MS
from widget.ui.when import When, days_since_1970, month_and_day, only_digits


@pytest.mark.parametrize(("iso", "expected"), [
    ("2026-11-23T00:05:59.123Z", "00:05"),
    ("2026-11-23T23:59:00Z", "23:59"),
])  # fmt: skip
def test_times_are_shown_by_the_day_of_24_hours(iso: str, expected: str) -> None:
    assert When(0, False).time(iso) == expected


@pytest.mark.parametrize(
    ("at", "expected"), [("00:05", "12:05 am"), ("11:59", "11:59 am"), ("12:00", "12:00 pm"), ("13:07", "1:07 pm")]
)
def test_times_are_shown_by_twelve_hours_where_people_do(at: str, expected: str) -> None:
    assert When(0, True).time(f"2026-11-23T{at}:00Z") == expected


def test_times_are_the_readers_own() -> None:
    assert When(330, False).time("2026-11-23T20:00:00Z") == "01:30"
    assert When(-480, False).time("2026-11-23T02:00:00Z") == "18:00"


def test_days_have_names() -> None:
    when = When(0, False)
    assert when.day("2026-11-23T00:00:00Z", NOW_MS) == "Today"
    assert when.day("2026-11-22T23:59:59Z", NOW_MS) == "Yesterday"
    assert when.day("2026-11-21T12:00:00Z", NOW_MS) == "21 Nov"
    assert When(120, False).day("2026-11-22T23:00:00Z", NOW_MS) == "Today"


def test_what_is_no_time_is_no_accident() -> None:
    assert When(0, False).time("yesterday, about noon") == "00:00"
    assert When(0, False).minute("") == 0


def test_every_day_of_a_hundred_years_comes_back() -> None:
    day = date(1970, 1, 1)
    while day < date(2070, 1, 1):
        count = (datetime(day.year, day.month, day.day, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days
        assert days_since_1970(day.year, day.month, day.day) == count
        assert month_and_day(count) == (day.month, day.day)
        day += timedelta(days=1)


def test_only_digits_are_kept() -> None:
    assert only_digits(" 1234-5678 ²") == "12345678"
