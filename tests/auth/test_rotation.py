"""Monthly rotation: which keys it adds, when each begins and ends, and what it takes away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from auth.key_folder import (
    DOCUMENT_LIFE_S,
    SEAL_LIFE_S,
    SEAL_OVERLAP_S,
    SIGNING_LIFE_S,
    revoke,
    rotate,
)
from auth.keys import SIGNING_AFTERLIFE_S, KeyFolderError, load_keys, read_payload
from tests.fakes.moment import START_S

DAY_S = 86400


def begins(folder: Path) -> list[int]:
    """Seconds after the start at which each listed signing key begins."""
    return [entry["nbf"] - START_S for entry in read_payload(folder)["sign"]]


def listed(folder: Path, use: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = read_payload(folder)[use]
    return entries


def rotated(folder: Path, after_s: int) -> list[int]:
    rotate(folder, START_S + after_s)
    return begins(folder)


def test_a_new_deployment_has_this_months_key_and_the_next(folder: Path) -> None:
    assert begins(folder) == [0, SIGNING_LIFE_S]
    assert [entry["exp"] - entry["nbf"] for entry in listed(folder, "sign")] == [
        SIGNING_LIFE_S + SIGNING_AFTERLIFE_S
    ] * 2
    assert [entry["exp"] for entry in listed(folder, "seal")] == [START_S + SEAL_LIFE_S]


LONG_ENOUGH_S = 2 * SIGNING_LIFE_S - DOCUMENT_LIFE_S


@pytest.mark.parametrize("after_s", [0, LONG_ENOUGH_S])
def test_while_the_next_key_lasts_as_long_as_the_list_no_other_is_added(folder: Path, after_s: int) -> None:
    assert rotated(folder, after_s) == [0, SIGNING_LIFE_S]


@pytest.mark.parametrize("after_s", [LONG_ENOUGH_S + 1, SIGNING_LIFE_S - 1])
def test_a_list_that_would_outlive_the_next_key_has_one_more(folder: Path, after_s: int) -> None:
    assert rotated(folder, after_s) == [0, SIGNING_LIFE_S, 2 * SIGNING_LIFE_S]


@pytest.mark.parametrize("every_d", [1, 7, 29.9, 30, 30.5, 31, 44])
def test_at_whatever_pace_the_keys_of_a_list_last_as_long_as_it_does(folder: Path, every_d: float) -> None:
    for turn in range(1, 12):
        rotate(folder, START_S + int(turn * every_d * DAY_S))
        end_s = read_payload(folder)["exp"] - 1
        keys = load_keys(folder, end_s)
        assert keys.signing_key(end_s) is not None
        assert any(keys.seal_key(kid, end_s) for kid in keys.seal)


def test_once_the_next_key_has_begun_another_waits(folder: Path) -> None:
    assert rotated(folder, SIGNING_LIFE_S) == [0, SIGNING_LIFE_S, 2 * SIGNING_LIFE_S]


@pytest.mark.parametrize(("after_s", "kept"), [(-1, True), (0, False)])
def test_a_key_that_has_ended_is_taken_off_the_list_and_erased(folder: Path, after_s: int, kept: bool) -> None:
    first = listed(folder, "sign")[0]
    rotate(folder, first["exp"] + after_s)
    assert (first in listed(folder, "sign")) == kept
    assert (folder / f"sign-{first['kid']}.pem").exists() == kept


@pytest.mark.parametrize(("after_s", "added"), [(-1, []), (0, [2 * SIGNING_LIFE_S])])
def test_where_no_key_may_sign_any_more_one_begins_at_once(folder: Path, after_s: int, added: list[int]) -> None:
    """The next key was never replaced in time: it is used up at twice a key's life."""
    now_s = 2 * SIGNING_LIFE_S + after_s
    following = [2 * SIGNING_LIFE_S, 3 * SIGNING_LIFE_S] if added == [] else [3 * SIGNING_LIFE_S]
    assert rotated(folder, now_s) == [SIGNING_LIFE_S, *added, *following]


def test_after_a_long_pause_all_keys_are_new(folder: Path) -> None:
    pause_s = 5 * SIGNING_LIFE_S
    assert rotated(folder, pause_s) == [pause_s, pause_s + SIGNING_LIFE_S]
    load_keys(folder, START_S + pause_s).signing_key(START_S + pause_s)


@pytest.mark.parametrize("which", [0, 1])
def test_a_revoked_key_leaves_no_gap_in_the_months_that_follow(folder: Path, which: int) -> None:
    revoke(folder, listed(folder, "sign")[which]["kid"], START_S + 10)
    now_s = START_S + 10
    for _ in range(6):
        keys = load_keys(folder, now_s)
        for day in range(28):
            kid = keys.signing_key(now_s + day * DAY_S).kid
            assert kid not in read_payload(folder)["revoked"]
        now_s += 28 * DAY_S
        rotate(folder, now_s)


def test_a_revoked_key_is_no_key_that_waits(folder: Path) -> None:
    revoke(folder, listed(folder, "sign")[1]["kid"], START_S + 10)
    assert rotated(folder, 20) == [0, SIGNING_LIFE_S, 10, 10 + SIGNING_LIFE_S]


def test_a_revoked_key_is_no_key_that_signs(folder: Path) -> None:
    for entry in listed(folder, "sign"):
        revoke(folder, entry["kid"], START_S + 10)
    for entry in listed(folder, "sign")[2:]:
        revoke(folder, entry["kid"], START_S + 20)
    assert rotated(folder, 30)[-2:] == [20, 20 + SIGNING_LIFE_S]


def test_a_revocation_is_listed_as_long_as_its_key(folder: Path) -> None:
    first = listed(folder, "sign")[0]
    revoke(folder, first["kid"], START_S + 10)
    rotate(folder, first["exp"] - 1)
    assert read_payload(folder)["revoked"] == [first["kid"]]
    rotate(folder, first["exp"])
    assert read_payload(folder)["revoked"] == []


@pytest.mark.parametrize(("after_s", "count"), [(-1, 1), (0, 2)])
def test_a_seal_key_that_would_end_before_the_list_is_followed(folder: Path, after_s: int, count: int) -> None:
    now_s = START_S + SEAL_LIFE_S - SEAL_OVERLAP_S + after_s
    rotate(folder, now_s)
    assert [entry["exp"] for entry in listed(folder, "seal")] == [START_S + SEAL_LIFE_S, now_s + SEAL_LIFE_S][:count]


@pytest.mark.parametrize(("after_s", "kept"), [(-1, True), (0, False)])
def test_a_seal_key_that_has_ended_is_erased(folder: Path, after_s: int, kept: bool) -> None:
    first = listed(folder, "seal")[0]
    rotate(folder, first["exp"] + after_s)
    assert (first in listed(folder, "seal")) == kept
    assert (folder / f"seal-{first['kid']}.pem").exists() == kept


@pytest.mark.parametrize(("after_s", "good"), [(2 * SIGNING_LIFE_S - 1, True), (2 * SIGNING_LIFE_S, False)])
def test_a_key_signs_for_a_month_and_is_then_only_good_for_what_it_signed(
    folder: Path, after_s: int, good: bool
) -> None:
    keys = load_keys(folder, START_S)
    if good:
        assert keys.signing_key(START_S + after_s).kid == listed(folder, "sign")[1]["kid"]
    else:
        with pytest.raises(KeyFolderError, match="keys rotate"):
            keys.signing_key(START_S + after_s)


@pytest.mark.parametrize("back_s", [0, 3600])
def test_each_list_is_newer_than_the_one_before(folder: Path, back_s: int) -> None:
    """Pages believe none that is older: also when two are made in a second, or the operator's clock was set back."""
    before = read_payload(folder)["iat"]
    revoke(folder, listed(folder, "sign")[0]["kid"], START_S - back_s)
    assert read_payload(folder)["iat"] == before + 1
