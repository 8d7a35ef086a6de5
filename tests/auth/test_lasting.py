"""What may never change under people who have signed in: the names they go by, and how their secrets are derived."""

from __future__ import annotations

import pytest

from auth.names import given_name, pseudonym
from auth.secret import Secrets, keyed

SECRETS = Secrets(b"\x07" * 32, (b"\x08" * 32,))


def test_accounts_and_pseudonyms_are_the_same_for_ever() -> None:
    account = SECRETS.account("ada@example.org")
    assert account == "055c2c3708bfca28995f64a223432912"
    assert SECRETS.pseudonym(account, "https://site.test") == "bb62a8d345a357f311a5f6fcaddc3f39"
    assert SECRETS.derived("refresh").hex() == "7b58c1c9069ddedca07621fedadd54d9f4f7be88479f10a58da4ed02964b63d9"
    assert keyed(b"k", b"d").hex() == "e7ea21c3bcb63a4da3ad78503168d36bdca0be622382ea60a108fad4e4966679"


def test_each_use_of_the_master_key_has_its_own() -> None:
    uses = ("account", "sub", "mailbox", "nonce", "refresh", "log", "limits")
    assert len({SECRETS.derived(use) for use in uses}) == len(uses)


def test_a_closed_text_opens_only_where_it_belongs() -> None:
    closed = SECRETS.close("ada@example.org", "family")
    assert SECRETS.disclose(closed, "family") == "ada@example.org"
    assert SECRETS.disclose(closed, "another family") is None
    assert Secrets(b"\x09" * 32, ()).disclose(closed, "family") is None
    assert len(bytes.fromhex(closed)) == 12 + len("ada@example.org") + 16
    assert SECRETS.close("ada@example.org", "family") != closed


def test_an_address_that_was_closed_before_can_still_be_read() -> None:
    closed = "da16ff5aa40f364c68871a0ab9e7ed29e244c2dd12adf6528e1eaa12ccdd48c12cf5e8b3ea1701da2baf4e"
    assert SECRETS.disclose(closed, "family") == "ada@example.org"


@pytest.mark.parametrize(("sub", "name"), [("00" * 16, "Polite Heron 13"), ("ab" * 16, "Warm Tern 34")])
def test_a_pseudonym_in_words_is_the_same_for_ever(sub: str, name: str) -> None:
    assert pseudonym(sub) == name


@pytest.mark.parametrize(("typed", "kept"), [
    ("a\u00a0b", "a b"),
    ("a\u2003b", "a b"),
    ("a\u2028b", "a b"),
    ("aXb", "aXb"),
    ("\u0301" * 5 + "a", "\u0301" * 4 + "a"),
    ("a" + "\u20dd" * 5 + "b", "a" + "\u20dd" * 4 + "b"),
    ("a\u0301\u0301b\u0301\u0301", "\u00e1\u0301b\u0301\u0301"),
])
def test_a_name_keeps_four_marks_on_a_letter_and_single_spaces(typed: str, kept: str) -> None:
    assert given_name(typed) == kept
