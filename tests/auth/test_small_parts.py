"""Names, codes, addresses of callers, settings: the parts without a store."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.client_ip import address_subject, client_ip, network_subject
from auth.names import MAX_NAME_CHARS, given_name, pseudonym
from auth.otp import (
    EmailError,
    LettersError,
    code_mac,
    identity_of,
    mailbox_of,
    new_code,
    normal_email,
    shown_code,
)
from tests.widget.wire.name_cases import NAMES


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada", "Ada"),
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("\uff21\uff44\uff41", "Ada"),
        ("A\u202eda", "Ada"),
        ("A\u200bd\u2060a\ufeff", "Ada"),
        ("A\x00d\x1ba", "Ada"),
        ("A\nd\ta", "A d a"),
        ("\u3164\u115f", ""),
        ("\u2800", ""),
        ("A" + "\u0301" * 9, "Á" + "\u0301" * 4),
        ("A\u200b\u0301da", "Áda"),
        ("\ue000A\u0378da", "Ada"),
        ("x" * 38 + "👩\u200d👧", "x" * 38 + "👩"),
        *NAMES,
        ("\ud800Ada", "Ada"),
        ("x" * 39, "x" * 39),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 40),
        ("", ""),
    ],
)
def test_a_name_is_cleaned_of_what_deceives(typed: str, kept: str) -> None:
    assert given_name(typed) == kept


@given(st.text(max_size=200))
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    name = given_name(text)
    assert len(name) <= MAX_NAME_CHARS
    assert name == name.strip()
    name.encode()
    assert given_name(name) == name or len(name) == MAX_NAME_CHARS


def test_a_pseudonym_is_stable_and_short() -> None:
    assert pseudonym("ab" * 16) == pseudonym("ab" * 16)
    names = {pseudonym(f"{number:032x}") for number in range(500)}
    assert len(names) > 480
    assert all(given_name(name) == name for name in names)


def test_a_code_has_eight_digits_and_a_gap() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 195
    assert all(len(code) == 8 and code.isdecimal() for code in codes)
    assert shown_code("00012345") == "0001 2345"


def test_a_stored_code_is_bound_to_everything() -> None:
    base: dict[str, Any] = {
        "pepper": b"p" * 32,
        "challenge": b"c" * 16,
        "email": "a@b.de",
        "jkt": b"j" * 32,
        "code": "1",
    }
    others: dict[str, Any] = {
        "pepper": b"q" * 32,
        "challenge": b"d" * 16,
        "email": "a@b.dee",
        "jkt": b"k" * 32,
        "code": "2",
    }
    macs = {code_mac(**base), *(code_mac(**{**base, name: other}) for name, other in others.items())}
    assert len(macs) == 6
    assert code_mac(**base) == code_mac(**base)


def test_a_code_on_its_way_outlives_an_update_of_the_service() -> None:
    mac = code_mac(b"p" * 32, b"c" * 16, "a@b.de", b"j" * 32, "1")
    assert mac == "5201f35e8622b1da91040b75a7dea3460486dd39b5a32549aea630d299044dd3"


@pytest.mark.parametrize(("email", "good"), [
    (" " * 239 + "ada@example.org", True),
    (" " * 240 + "ada@example.org", False),
    ("ada@example.org\n", False),
    ("ada@example.org\r", False),
    ("\0ada@example.org", False),
])
def test_of_what_surrounds_an_address_only_spaces_are_forgiven(email: str, good: bool) -> None:
    if good:
        assert normal_email(email, development=False) == "ada@example.org"
    else:
        with pytest.raises(EmailError):
            normal_email(email, development=False)


def test_an_address_whose_local_part_is_not_ascii_needs_a_mail_server_that_takes_it() -> None:
    with pytest.raises(LettersError):
        normal_email("zoë@example.org", development=False)
    assert normal_email("zoë@example.org", False, takes_utf8=True) == "zoë@example.org"
    assert normal_email("zoe\u0308@example.org", False, takes_utf8=True) == "zoë@example.org"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Ada@Example.ORG", "Ada@example.org"),
        (" ada@example.org ", "ada@example.org"),
        ("ada@bücher.de", "ada@xn--bcher-kva.de"),
        ("a.d.a+x@example.org", "a.d.a+x@example.org"),
        ("u@weiß.example", "u@xn--wei-7ka.example"),
        ("u@WEISS.example", "u@weiss.example"),
        ("u@XN--WEI-7KA.example", "u@xn--wei-7ka.example"),
        ("u@mu\u0308nchen.de", "u@xn--mnchen-3ya.de"),
        ("u@例え。jp", "u@xn--r8jz45g.jp"),
        ("u@İstanbul.example", "u@xn--istanbul-o0e.example"),
    ],
)
def test_an_address_is_normalised_but_not_guessed_at(typed: str, normal: str) -> None:
    assert normal_email(typed, development=False) == normal


@pytest.mark.parametrize(("length", "good"), [(253, True), (254, True), (255, False)])
def test_an_address_has_at_most_254_characters(length: int, good: bool) -> None:
    labels = ".".join(["a" * 60] * 3) + "."
    email = "b" * 60 + "@" + labels
    email += "c" * (length - len(email) - 3) + ".de"
    assert len(email) == length
    if good:
        assert normal_email(email, development=False) == email
    else:
        with pytest.raises(EmailError):
            normal_email(email, development=False)


@pytest.mark.parametrize("email", ["ada@site.test", "ada@test", "ada@intranet"])
def test_only_in_development_made_up_domains_are_taken(email: str) -> None:
    assert normal_email(email, development=True) == email
    with pytest.raises(EmailError):
        normal_email(email, development=False)


@pytest.mark.parametrize(
    ("written", "identity"),
    [
        ("Ann@example.org", "ann@example.org"),
        ("ANN.B+x@example.org", "ann.b+x@example.org"),
        ("Straße@example.org", "straße@example.org"),
        ("STRASSE@example.org", "strasse@example.org"),
        ("ZOË@example.org", "zoË@example.org"),
    ],
)
def test_letters_of_a_mailbox_are_one_whatever_their_case(written: str, identity: str) -> None:
    assert identity_of(written) == identity
    assert identity_of(identity) == identity


def test_no_letter_beyond_ascii_is_taken_for_another() -> None:
    """Unicode's lower and casefold would make İ an i with a dot, K a k, ß ss: other people's mailboxes."""
    others = "".join(chr(code) for code in range(0x80, 0x11_0000) if not 0xD800 <= code < 0xE000)
    parts = [others[start : start + 64] for start in range(0, len(others), 64)]
    assert all(identity_of(f"{part}@example.org") == f"{part}@example.org" for part in parts)


def test_spellings_of_a_mailbox_are_one_only_for_limits() -> None:
    assert mailbox_of("A.d.a+news@example.org") == "ada@example.org"


def scope(peer: str | None, *forwarded: str) -> dict[str, Any]:
    headers = [(b"x-real-ip", b"6.6.6.6"), *((b"x-forwarded-for", value.encode()) for value in forwarded)]
    return {"client": (peer, 5) if peer else None, "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "found"),
    [
        ("203.0.113.5", [], (), "203.0.113.5"),
        ("203.0.113.5", ["198.51.100.1"], (), "203.0.113.5"),
        ("203.0.113.5", ["198.51.100.1"], ("10.0.0.1",), "203.0.113.5"),
        ("10.0.0.1", ["198.51.100.1"], ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1"], ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.1"], ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1, 10.0.0.2"], ("10.0.0.1", "10.0.0.2"), "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1, nonsense"], ("10.0.0.1",), "0.0.0.0"),
        ("10.0.0.1", [], ("10.0.0.1",), "10.0.0.1"),
        ("::ffff:203.0.113.5", [], (), "203.0.113.5"),
        ("2001:DB8:0::5", [], (), "2001:db8::5"),
        ("10.0.0.1", ["2001:db8::5"], ("10.0.0.1",), "2001:db8::5"),
        (None, ["198.51.100.1"], (), "0.0.0.0"),
        (None, ["198.51.100.1"], ("unix",), "198.51.100.1"),
        (None, [], ("unix",), "0.0.0.0"),
        ("testclient", [], (), "0.0.0.0"),
        ("testclient", ["198.51.100.1"], ("10.0.0.1",), "0.0.0.0"),
        ("10.0.0.7", ["203.0.113.5:51234"], ("10.0.0.7",), "203.0.113.5"),
        ("10.0.0.7", ["[2001:db8::5]"], ("10.0.0.7",), "2001:db8::5"),
        ("10.0.0.7", ["[2001:db8::5]:443"], ("10.0.0.7",), "2001:db8::5"),
        ("10.0.0.7", ['"[2001:db8::5]:443"'], ("10.0.0.7",), "2001:db8::5"),
        ("10.0.0.7", ["[::ffff:203.0.113.5]:443"], ("10.0.0.7",), "203.0.113.5"),
        ("10.0.0.7", ["fe80::5%eth0"], ("10.0.0.7",), "fe80::5"),
        ("10.0.0.7", ["203.0.113.5:port"], ("10.0.0.7",), "0.0.0.0"),
        ("10.0.0.7", ["unknown"], ("10.0.0.7",), "0.0.0.0"),
        ("10.0.0.7", ["203.0.113.5, unknown"], ("10.0.0.7",), "0.0.0.0"),
        ("10.0.0.7", ["_hidden, 203.0.113.5"], ("10.0.0.7",), "203.0.113.5"),
        ("10.0.0.7", ["203.0.113.5"], ("10.0.0.0/8",), "203.0.113.5"),
        ("11.0.0.7", ["203.0.113.5"], ("10.0.0.0/8",), "11.0.0.7"),
        ("10.0.0.7", ["6.6.6.6, 203.0.113.5, 10.9.9.9:80"], ("10.0.0.0/8",), "203.0.113.5"),
        ("fd00::7", ["203.0.113.5"], ("fd00:0:0:0:0:0:0:7",), "203.0.113.5"),
        ("fd00::7", ["203.0.113.5"], ("fd00::/8",), "203.0.113.5"),
        ("::ffff:10.0.0.7", ["203.0.113.5"], ("10.0.0.7",), "203.0.113.5"),
        ("10.0.0.7", ["203.0.113.5"], ("::ffff:10.0.0.7",), "203.0.113.5"),
        ("10.0.0.7", ["203.0.113.5"], ("none",), "10.0.0.7"),
    ],
)
def test_a_caller_is_who_a_trusted_hop_names(
    peer: str | None, forwarded: list[str], trusted: tuple[str, ...], found: str
) -> None:
    assert client_ip(scope(peer, *forwarded), trusted) == found


def test_a_household_is_one_caller() -> None:
    assert address_subject("203.0.113.5") == "203.0.113.5"
    assert address_subject("2001:db8:1:2:3::4") == address_subject("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert network_subject("203.0.113.5") == "203.0.113.0/24"
    assert network_subject("2001:db8:1:2::9") == "2001:db8:1::/48"
