"""The row about sign-ins: what it reckons, and that a small run of it works."""

from __future__ import annotations

import pytest

from bench import sign_ins
from bench.sign_ins import SignIns, sign_in_costs, sign_in_lines


def test_the_ratio_is_that_of_the_middle_round() -> None:
    costs = SignIns([100.0, 900.0, 300.0], [50.0, 90.0, 50.0], [100.0, 200.0, 100.0], [150.0, 150.0, 200.0])
    assert costs.ratio == 6
    (line,) = sign_in_lines(costs)
    assert "takes 300 us of one core: 3,333 a second" in line
    assert "By a token of the site (one call) it takes 100 us, 10,000 a second, 2.0 of these." in line
    assert "it takes 150 us, 6,667 a second, 3.0 of these." in line
    assert "takes 50 us (20,000 a second): a sign-in is 6.0 of these" in line


def test_a_small_run_signs_everybody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ins, "PEOPLE", 2)
    costs = sign_in_costs(1)
    assert [len(each) for each in (costs.ours_us, costs.floor_us, costs.site_us, costs.guest_us)] == [1] * 4
    assert costs.ratio > 1
