"""When what keeps one out of a room is the end of it."""

from __future__ import annotations

import pytest

from widget.errors import ChatError, RefusedError, UnreachableError
from widget.transport.limits import ROOM_LOST_MS
from widget.transport.verdicts import CURABLE_CODES, FINAL_CODES, is_final

MOST_S = ROOM_LOST_MS // 1000
AWAY = UnreachableError("unreachable", "No answer.")
SOON = RefusedError("rate.limited", "Wait.", 1)


@pytest.mark.parametrize(("error", "is_first", "is_late", "final"), [
    (AWAY, True, False, False),
    (AWAY, True, True, True),
    (AWAY, False, True, False),
    (SOON, True, False, False),
    (SOON, True, True, True),
    (SOON, False, True, False),
    (RefusedError("rate.limited", "Wait.", MOST_S), True, False, False),
    (RefusedError("rate.limited", "Wait.", MOST_S + 1), True, False, True),
    (RefusedError("rate.limited", "Wait."), True, False, True),
    (RefusedError("room.full", "Full."), True, False, True),
])
def test_waiting_ends_when_it_is_late_or_nobody_says_how_long(
    error: ChatError, is_first: bool, is_late: bool, final: bool
) -> None:
    assert is_final(error, is_first, is_late) is final


@pytest.mark.parametrize("code", FINAL_CODES)
def test_who_was_in_is_out_for_good_by_these_codes_alone(code: str) -> None:
    assert is_final(RefusedError(code, "Out."), False, False)
    assert code not in CURABLE_CODES
