"""The small parts: window, budget, last names, held grants, keys, limits and reasons."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.crypto import watched_crypto
from tests.fakes.effort import many
from widget.crypto import limits, reasons
from widget.crypto.budgets import Budgets
from widget.crypto.epoch_rules import takeover_ms
from widget.crypto.held_grants import Held, HeldGrants
from widget.crypto.keys import CountedKey, same
from widget.crypto.limits import HOLD_MS, MAX_HELD, WANT_AFTER_MS
from widget.crypto.live_epoch import NEVER_MS
from widget.crypto.remembered import Remembered
from widget.crypto.window import Window
from widget.wire.pair import Grant

CRYPTO_FOLDER = Path(__file__).parents[3] / "widget" / "crypto"
GRANT = Grant(b"", bytes(32))


def test_a_window_takes_each_counter_once() -> None:
    window = Window(4)
    marks = [window.mark(counter, "") for counter in (0, 2, 2, 1, 5, 1, 2)]
    assert marks == [True, True, False, True, True, False, False]
    assert window.below(1)
    assert not window.below(2)
    assert window.seen(2) == ""
    assert window.seen(1) is None
    assert window.top == 5


def test_a_window_survives_a_jump_to_the_end() -> None:
    window = Window(1024)
    window.mark(7, "")
    assert window.mark(2**32 - 1, "")
    assert window.below(7)
    assert window.seen(7) is None


@settings(max_examples=many(200, 20_000), deadline=None)
@given(st.lists(st.integers(0, 60), max_size=120))
def test_a_window_agrees_with_a_set(counters: list[int]) -> None:
    window, seen, top = Window(8), set[int](), -1
    for counter in counters:
        expected = counter not in seen and counter > top - 8
        assert window.mark(counter, "") == expected
        seen.add(counter)
        top = max(top, counter)
    assert len(window._seen) <= 8


def test_a_budget_refills_with_time() -> None:
    budgets = Budgets()
    assert [budgets.take("x", 1, 10, 3, 0) for _ in range(4)] == [True, True, True, False]
    assert not budgets.take("x", 1, 10, 3, 99)
    assert budgets.take("x", 1, 10, 3, 100)
    assert not budgets.take("x", 4, 10, 3, 10_000)
    assert budgets.take("x", 3, 10, 3, 10_000)


def test_every_budget_has_its_name() -> None:
    budgets = Budgets()
    assert budgets.take("x", 3, 10, 3, 0)
    assert budgets.take("y", 3, 10, 3, 0)
    assert not budgets.take("x", 1, 10, 3, 0)


def test_a_budget_is_forgotten_only_when_it_is_full() -> None:
    budgets = Budgets()
    budgets.take("x", 3, 10, 3, 0)
    budgets.expire(299)
    assert not budgets.take("x", 3, 10, 3, 299)
    budgets.expire(300)
    assert budgets.take("x", 3, 10, 3, 300)


@settings(max_examples=many(200, 20_000), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 3)), max_size=60))
def test_a_budget_agrees_with_a_bucket_of_tokens(takes: list[tuple[int, int]]) -> None:
    budgets, left, at_ms = Budgets(), 3_000, 1000
    for pause_ms, amount in takes:
        at_ms += pause_ms
        left = min(3_000, left + pause_ms * 10)
        fits = left >= amount * 1000
        assert budgets.take("x", amount, 10, 3, at_ms) == fits
        left -= amount * 1000 if fits else 0


def test_a_clock_that_goes_back_gives_nothing() -> None:
    budgets = Budgets()
    assert budgets.take("x", 1, 10, 1, 1000)
    assert not budgets.take("x", 1, 10, 1, 500)
    assert budgets.take("x", 1, 10, 1, 600)


def test_the_last_names_are_remembered() -> None:
    names = Remembered(2)
    assert [names.add(name) for name in ("a", "b", "a", "c")] == [True, True, False, True]
    assert [names.has(name) for name in ("a", "b", "c")] == [False, True, True]
    names.forget("b")
    names.forget("never there")
    assert not names.has("b")
    assert [names.has(name) for name in ("b", "c")] == [False, True]


def test_grants_are_held_for_a_while_one_for_each_neighbour() -> None:
    grants = HeldGrants()
    assert grants.wake_at_ms() == NEVER_MS
    held = [Held(GRANT, f"sid{number}", 0) for number in range(MAX_HELD)]
    assert all(grants.keep(one) for one in held)
    assert not grants.keep(Held(GRANT, "one too many", 0))
    newer = Held(GRANT, "sid0", 5)
    assert grants.keep(newer)
    grants.forget(held[0])
    assert grants.all() == [newer, *held[1:]]
    assert grants.wake_at_ms() == WANT_AFTER_MS
    assert (newer.want_ms, newer.until_ms) == (5 + WANT_AFTER_MS, 5 + HOLD_MS)
    for one in held[1:]:
        grants.forget(one)
    assert grants.all() == [newer]


@pytest.mark.parametrize(("counter", "tail"), [(0, "0b0b0b0b"), (1, "0b0b0b0a"), (2**32 - 2, "f4f4f4f5")])
async def test_the_nonce_is_salt_xor_counter(counter: int, tail: str) -> None:
    crypto = watched_crypto()
    key = CountedKey(crypto, await crypto.aead.key(bytes(32)), b"\x0b" * 12)
    sealed = await key.seal(counter, b"x", b"")
    nonce = b"\x0b" * 8 + bytes.fromhex(tail)
    assert await crypto.aead.open(key.handle, nonce, sealed, b"") == b"x"
    assert "handle" not in repr(key)


def test_same_compares_bytes() -> None:
    assert same(b"ab", b"ab")
    assert not same(b"ab", b"ac")
    assert not same(b"ab", b"abc")
    assert same(b"", b"")


def test_the_takeover_times_grow_with_the_rank() -> None:
    assert [takeover_ms(rank) for rank in range(4)] == [0, 8_000, 13_000, 18_000]


NUMBERS = {name: value for name, value in vars(reasons).items() if name.isupper()}


def test_no_reason_has_the_number_of_another() -> None:
    assert len(set(NUMBERS.values())) == len(NUMBERS)


def test_the_readme_explains_every_reason() -> None:
    text = (CRYPTO_FOLDER / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| `([A-Z0-9_]+)` \|", text, re.MULTILINE)
    explained = {int(number): name for number, name in rows}
    assert explained == {value: name for name, value in NUMBERS.items()}


def test_every_reason_is_given_somewhere() -> None:
    folders = (CRYPTO_FOLDER, *[CRYPTO_FOLDER.parent / name for name in ("wire", "native", "room")])
    paths = [path for folder in folders for path in folder.glob("*.py") if path.name != "reasons.py"]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    assert [name for name in NUMBERS if name not in named] == []


def test_the_limits_are_those_of_the_protocol() -> None:
    named = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert named == {
        "VERSIONS": (1,),
        "MAX_TOKEN_CHARS": 4096,
        "CLOCK_SKEW_MS": 60_000,
        "MAX_TOKEN_LIFE_MS": 7_200_000,
        "SESSION_LIFE_MS": 43_200_000,
        "DEVICE_LIFE_MS": 7_776_000_000,
        "KEYS_LIFE_MS": 86_400_000,
        "MAX_KEYS": 16,
        "MAX_ENDED": 500,
        "MAX_ENDED_CHARS": 65_536,
        "HANDSHAKE_TIMEOUT_MS": 8_000,
        "HANDSHAKE_RETRY_MS": 30_000,
        "MAX_SESSIONS": 1_024,
        "PAIR_WINDOW": 64,
        "MAX_COUNTER": 2**32 - 2,
        "BLOBS_PER_S": 20,
        "BLOBS_BURST": 100,
        "REKEY_INTERVAL_MS": 2_000,
        "GRANT_BURST": 3,
        "STATE_INTERVAL_MS": 3_000,
        "STATE_WAIT_MS": 500,
        "RESEND_MS": 2_000,
        "RESEND_AFTER_MS": 1_000,
        "RESYNC_MS": 7_000,
        "SEEK_MS": 30_000,
        "SILENT_MS": 75_000,
        "PULSE_MS": 15_000,
        "SLEPT_MS": 10_000,
        "MAX_SOUGHT": 256,
        "TAKEOVER_MS": 3_000,
        "TAKEOVER_STEP_MS": 5_000,
        "TAKEOVER_SLACK_MS": 1_500,
        "EPOCH_LIFE_MS": 3_600_000,
        "EPOCH_EVENTS": 1_024,
        "AHEAD_N": 4_096,
        "MAX_STATEMENTS": 512,
        "MAX_PROOFS": 64,
        "TOLD_AT_ONCE": 3,
        "HEARD_MS": 5_000,
        "HOLD_MS": 10_000,
        "MAX_HELD": 16,
        "WANT_AFTER_MS": 1_000,
        "MAX_STRANGERS": 64,
        "OLD_KID_MS": 30_000,
        "ERASE_MS": 60_000,
        "MAX_OLD_EPOCHS": 32,
        "FRAMES_PER_S": 30,
        "FRAMES_BURST": 300,
        "BYTES_PER_S": 65_536,
        "BYTES_BURST": 262_144,
    }
