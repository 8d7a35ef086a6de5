"""A code that is on its way: a page that is loaded anew goes on waiting for it, and nothing of it stays longer."""

from __future__ import annotations

import json

import pytest

from tests.fakes.auth_service import CODE
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.world import Someone, World
from widget.core.codes import code_in
from widget.model import CodeSent

EMAIL = "ann@people.test"
MINUTE_MS = 60_000
LIFE_MS = 10 * MINUTE_MS


async def asked(world: World, storage: MemoryStorage, wrong_ms: int = 0) -> Someone:
    ann = world.chat("Ann", storage=storage, wrong_ms=wrong_ms)
    await ann.chat.request_code(EMAIL, "Ann")
    return ann


async def loaded(world: World, gone: Someone, storage: MemoryStorage, away_ms: int, wrong_ms: int = 0) -> Someone:
    """The page again, `away_ms` later. What the page before had planned goes with it."""
    gone.chat.destroy()
    world.clock._timers.clear()
    await world.clock.advance(away_ms)
    again = world.chat("Ann", storage=storage, wrong_ms=wrong_ms)
    assert not await world.run(again.chat.restore())
    return again


async def test_a_page_that_is_loaded_anew_takes_the_code(world: World) -> None:
    storage = MemoryStorage()
    ann = await asked(world, storage)
    again = await loaded(world, ann, storage, 20_000)
    assert again.chat.pending_code() == CodeSent(EMAIL, 580, 40, "Ann")
    await again.chat.verify_code(CODE)
    assert again.chat.get_state().user_name == "Ann"
    assert storage.notes == {}
    assert again.chat.pending_code() is None


async def test_the_note_has_neither_code_nor_key(world: World) -> None:
    storage = MemoryStorage()
    await asked(world, storage)
    (noted,) = storage.notes.values()
    assert set(json.loads(noted)) == {"email", "name", "id", "nonce", "jkt", "at", "life", "wait"}
    assert list(storage.notes) == ["code https://auth.test"]


@pytest.mark.parametrize("away_ms", [LIFE_MS - 1, LIFE_MS])
async def test_the_note_ends_with_the_code_on_the_open_page(world: World, away_ms: int) -> None:
    storage = MemoryStorage()
    await asked(world, storage)
    await world.clock.advance(away_ms)
    assert (storage.notes == {}) == (away_ms == LIFE_MS)


@pytest.mark.parametrize("away_ms", [LIFE_MS - 1, LIFE_MS, 100 * LIFE_MS])
async def test_the_note_ends_with_the_code_while_no_page_is_open(world: World, away_ms: int) -> None:
    storage = MemoryStorage()
    again = await loaded(world, await asked(world, storage), storage, away_ms)
    is_alive = away_ms < LIFE_MS
    assert (again.chat.pending_code() is not None) == is_alive
    assert (storage.notes != {}) == is_alive


@pytest.mark.parametrize("wrong_ms", [-MINUTE_MS * 9, 0, MINUTE_MS * 9])
async def test_a_clock_that_is_wrong_all_the_time_changes_nothing(world: World, wrong_ms: int) -> None:
    """The service tells the first page what time it is, and the second page not yet."""
    storage = MemoryStorage()
    again = await loaded(world, await asked(world, storage, wrong_ms), storage, 20_000, wrong_ms)
    assert again.chat.pending_code() == CodeSent(EMAIL, 580, 40, "Ann")


async def test_a_clock_that_is_set_forward_only_shortens(world: World) -> None:
    storage = MemoryStorage()
    again = await loaded(world, await asked(world, storage), storage, 0, 9 * MINUTE_MS)
    assert again.chat.pending_code() == CodeSent(EMAIL, 60, 0, "Ann")
    again = await loaded(world, again, storage, 0, 9 * MINUTE_MS)
    assert again.chat.pending_code() == CodeSent(EMAIL, 60, 0, "Ann")


async def test_a_clock_that_is_set_back_ends_it(world: World) -> None:
    storage = MemoryStorage()
    again = await loaded(world, await asked(world, storage), storage, MINUTE_MS)
    again = await loaded(world, again, storage, 0, -1)
    assert again.chat.pending_code() is None
    assert storage.notes == {}


async def test_no_page_has_longer_than_the_one_before(world: World) -> None:
    """A clock that stands still for each page, as one that is set back a little each time."""
    storage = MemoryStorage()
    again = await asked(world, storage)
    for _ in range(20):
        before = again.chat.pending_code()
        again = await loaded(world, again, storage, MINUTE_MS // 2, again.clock.wrong_ms - MINUTE_MS // 4)
        after = again.chat.pending_code()
        assert before is not None
        assert after is not None
        assert after.expires_in_s < before.expires_in_s


async def test_another_e_mail_forgets_it(world: World) -> None:
    storage = MemoryStorage()
    ann = await asked(world, storage)
    ann.chat.forget_code()
    assert storage.notes == {}
    assert (await world.failing(ann.chat.verify_code(CODE))).code == "order.code"


async def test_signing_out_forgets_it(world: World) -> None:
    storage = MemoryStorage()
    ann = await world.person("Ann", storage=storage)
    await ann.chat.request_code("other@people.test", "Other")
    assert storage.notes != {}
    await ann.chat.logout()
    assert storage.notes == {}


async def test_a_sign_in_of_another_tab_ends_it(world: World) -> None:
    storage = MemoryStorage()
    ann = await asked(world, storage)
    note = dict(storage.notes)
    await ann.chat.verify_code(CODE)
    storage.notes = note
    again = world.chat("Ann", storage=storage)
    assert await world.run(again.chat.restore())
    assert storage.notes == {}


async def test_a_device_whose_key_is_gone_cannot_go_on(world: World) -> None:
    """Another tab signed out, or the browser keeps no keys."""
    storage = MemoryStorage()
    ann = await asked(world, storage)
    storage.records.clear()
    storage.keys.clear()
    again = await loaded(world, ann, storage, 1_000)
    assert again.chat.pending_code() is None
    assert storage.notes == {}


@pytest.mark.parametrize("note", ["", "3 slot", "{}", '{"email":1}', "[]", "x" * 5_000, '{"at":-1}'])
async def test_a_note_that_is_none_is_dropped(world: World, note: str) -> None:
    storage = MemoryStorage()
    ann = await asked(world, storage)
    storage.notes = dict.fromkeys(storage.notes, note)
    again = await loaded(world, ann, storage, 1_000)
    assert again.chat.pending_code() is None
    assert "".join(storage.notes.values()) == ""


async def test_an_old_page_does_not_erase_what_a_newer_one_waits_for(world: World) -> None:
    storage = MemoryStorage()
    await asked(world, storage)
    await world.clock.advance(LIFE_MS - 1)
    await asked(world, storage)
    await world.clock.advance(1)
    assert storage.notes != {}


async def test_who_is_called_again_while_waiting_keeps_the_newest_code(world: World) -> None:
    ann = await asked(world, MemoryStorage())
    await ann.chat.request_code(EMAIL, "Ann")
    assert not await ann.chat.restore()
    await ann.chat.verify_code(CODE)
    assert ann.chat.is_authenticated()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("12345678", "12345678"),
        (" 1234 5678 ", "12345678"),
        ("1234-5678", "12345678"),
        ("1234\u00a05678", "12345678"),
        ("1234\u20115678", "12345678"),
        ("Your code is 1234 5678. It is valid for 10 minutes.", "12345678"),
        ("Ihr Code: 12345678, gültig bis 10:45", "12345678"),
        ("验证码12345678。", "12345678"),
        ("1234 5678\n\nor without the space: 12345678", "12345678"),
        ("", ""),
        ("1234567", ""),
        ("123456789", ""),
        ("12345678 or 87654321", ""),
        ("a1b2c3d4e5f6g7h8", ""),
        ("①②③④⑤⑥⑦⑧", ""),
    ],
)
def test_a_code_is_found_in_what_was_typed_or_pasted(content: str, code: str) -> None:
    assert code_in(content) == code


@pytest.mark.parametrize(
    "zero", ["\u0660", "\u06f0", "\u0966", "\u0e50", "\uff10", "\U0001e950"],
    ids=["Arabic-Indic", "Persian", "Devanagari", "Thai", "fullwidth", "Adlam"],
)  # fmt: skip
def test_digits_of_any_script_are_digits(zero: str) -> None:
    digits = [chr(ord(zero) + digit) for digit in range(1, 9)]
    first, last = "".join(digits[:4]), "".join(digits[4:])
    for between in ("", " ", "\u200f \u200e", "\uff0d", "-"):
        assert code_in(f"\u061c{first}{between}{last}.") == first + last


async def test_a_pasted_sentence_signs_in(world: World) -> None:
    ann = await asked(world, MemoryStorage())
    await ann.chat.verify_code("Your code is 1234 5678. It is valid for 10 minutes.")
    assert ann.chat.is_authenticated()


async def test_what_is_no_code_costs_no_try(world: World) -> None:
    ann = await asked(world, MemoryStorage())
    for content in ("", "1234567", "hello"):
        assert (await world.failing(ann.chat.verify_code(content))).code == "code.wrong"
    assert world.auth.calls.count("/otp/verify") == 0
