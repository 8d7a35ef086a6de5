"""Mails: what they say, and what they keep to themselves."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from auth.browsers import browser_of
from auth.mail.mails import Mail, code_mail, locked_mail, new_device_mail, reused_mail
from auth.otp import shown_code
from tests.auth.mails import EMAIL, MAILS, ORIGIN, SENDER
from tests.fakes.moment import START_S
from widget.core.codes import code_in


@pytest.mark.parametrize("code", ["12345678", "00000000", "20261129", "99999999"])
def test_the_code_is_found_in_the_whole_mail_and_in_each_line_of_it(code: str) -> None:
    """People paste what they have selected: a line, all of it, the subject too."""
    mail = code_mail(EMAIL, code, ORIGIN, "Firefox on Linux", START_S, 600)
    page = re.sub(r"<[^>]*>", "", mail.html())
    for pasted in (mail.text(), page, page.replace("\n", ""), f"{mail.subject}\n{mail.text()}", shown_code(code)):
        assert code_in(pasted) == code
    assert [code_in(line) for line in mail.lines] == [""] * len(mail.lines)


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.kind)
def test_no_mail_has_a_link_a_picture_or_a_script(mail: Mail) -> None:
    page = mail.html().lower()
    for forbidden in ("<a", "href", "src", "<img", "url(", "<link", "<script", "<form", "@import"):
        assert forbidden not in page
    assert page.count("<p") == mail.text().count("\n\n") + 1


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.kind)
def test_a_mail_shows_nothing_of_itself_in_a_log(mail: Mail) -> None:
    assert EMAIL not in repr(mail)
    assert "12345678" not in repr(mail)
    assert "site.test" not in repr(mail)


def test_what_comes_from_outside_is_text_in_the_page() -> None:
    mail = code_mail(EMAIL, "12345678", "https://<b>.test", browser_of("<script> Firefox"), START_S, 600)
    assert "&lt;b&gt;" in mail.html()
    assert "script" not in mail.text()


@pytest.mark.parametrize(("life_s", "told"), [(600, "for 10 minutes"), (599, "for 9 minutes")])
def test_a_code_mail_says_how_many_whole_minutes_it_lives(life_s: int, told: str) -> None:
    assert told in code_mail(EMAIL, "12345678", ORIGIN, "Firefox", START_S, life_s).text()


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that goes by the clock of Tokyo."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("far_east")
def test_a_mail_tells_the_time_that_it_names_wherever_the_server_stands() -> None:
    assert time.localtime(START_S).tm_hour == 17
    assert "15 January 2027 at 08:00 UTC" in new_device_mail(EMAIL, ORIGIN, "Firefox", START_S).text()
    assert MAILS[0].message(SENDER, START_S)["date"] == "Fri, 15 Jan 2027 08:00:00 +0000"


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("", "an unknown program"),
        ("click https://evil.test", "an unknown program"),
    ],
)
def test_a_browser_is_named_coarsely(agent: str, named: str) -> None:
    assert browser_of(agent) == named


def test_a_mail_has_its_headers_and_two_forms() -> None:
    message = MAILS[0].message(SENDER, START_S)
    assert (message["subject"], message["to"], message["from"]) == (MAILS[0].subject, EMAIL, SENDER)
    assert message["date"] == "Fri, 15 Jan 2027 08:00:00 +0000"
    assert message["message-id"].endswith("@chat.test>")
    with pytest.raises(ValueError, match="write it like"):
        MAILS[0].message("", START_S)
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content() == MAILS[0].text()
    assert page.get_content_type() == "text/html"
    assert page.get_content().strip() == MAILS[0].html()


def test_a_mail_is_paragraphs() -> None:
    mail = Mail("code", 0, EMAIL, "s", ("one", "two & three"), "12345678")
    assert mail.text() == "1234 5678\n\none\n\ntwo & three\n"
    body = mail.html().partition('sans-serif">')[2]
    assert body == (
        '<p style="font-size:28px;letter-spacing:2px"><b>1234 5678</b></p>'
        "<p>one</p><p>two &amp; three</p></body></html>"
    )
    assert Mail("reused", 0, EMAIL, "s", ("one",)).text() == "one\n"
    assert Mail("reused", 0, EMAIL, "s", ("one",)).html().endswith('sans-serif"><p>one</p></body></html>')


def test_a_mail_is_tried_as_long_as_it_is_of_use() -> None:
    mails = [
        code_mail(EMAIL, "12345678", ORIGIN, "", START_S, 600),
        new_device_mail(EMAIL, ORIGIN, "", START_S),
        locked_mail(EMAIL, ORIGIN, START_S, 86400),
        reused_mail(EMAIL, ORIGIN, START_S),
    ]
    assert [mail.until_s - START_S for mail in mails] == [600, 86400, 86400, 86400]
    assert [mail.kind for mail in mails] == ["code", "new device", "locked", "reused"]
    assert {mail.to for mail in mails} == {EMAIL}
