"""The hint that an address has a slip in its domain."""

from __future__ import annotations

import pytest

from tests.fakes.screen import Person, labelled
from widget.ui.email import DOMAINS, meant
from widget.ui.view import Effect, attributes


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("Ada@gmial.com", "Ada@gmail.com"),
        ("ada@gmai.com", "ada@gmail.com"),
        ("ada@gmaill.com", "ada@gmail.com"),
        ("ada@gmail.con", "ada@gmail.com"),
        ("ada@Hotnail.com", "ada@hotmail.com"),
        ("ada@wbe.de", "ada@web.de"),
        ("ada@mailg.com", "ada@gmail.com"),
    ],
)
def test_one_slip_is_noticed(typed: str, better: str) -> None:
    assert meant(typed) == better


@pytest.mark.parametrize("domain", DOMAINS)
def test_who_types_a_domain_is_told_nothing_on_the_way(domain: str) -> None:
    assert [meant(f"ada@{domain[:count]}") for count in range(len(domain) + 1)] == [""] * (len(domain) + 1)


@pytest.mark.parametrize(
    "typed",
    [
        "", "ada", "@gmial.com", "ada@b.de", "ada@example.org", "ada@gmial.con", "ada@liamg.com", "ada@gmailxyz.com",
    ],
)  # fmt: skip
def test_other_addresses_are_well(typed: str) -> None:
    assert meant(typed) == ""


def test_a_press_puts_it_right() -> None:
    someone = Person(auto_auth=True)
    someone.type("E-mail", "ada@gmial.com")
    someone.click("Did you mean \u2068ada@gmail.com\u2069?")
    assert attributes(labelled(someone.screen, "E-mail"))["value"] == "ada@gmail.com"
    assert "Did you mean" not in someone.sees()
    assert someone.app.stage.effects() == [Effect("focus", "cw-email")]
