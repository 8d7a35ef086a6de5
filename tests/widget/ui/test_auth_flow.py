from collections.abc import Callable

import pytest

from tests.fakes.screen import Person, act, by_class, by_tag, event, labelled, words
from widget.errors import RefusedError, StoppedError, UnreachableError
from widget.model import CodeSent
from widget.transport.refusals import SENTENCES, refused
from widget.ui.view import attributes


def at_sign_in() -> Person:
    return Person(auto_auth=True)


def at_code() -> Person:
    person = at_sign_in()
    person.type("E-mail", " ada@example.org ")
    person.type("Name others see", "Ada")
    person.click("Send code")
    return person


def test_a_code_is_asked_for_with_address_and_name() -> None:
    person = at_code()
    assert ("request_code", "ada@example.org", "Ada") in person.chat.calls
    assert "Enter your code" in person.sees()


def test_half_an_address_is_not_sent() -> None:
    person = at_sign_in()
    for slip in [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "ada@example.",
        "a da@example.org",
        "a@b@example.org",
    ]:
        person.type("E-mail", slip)
        person.click("Send code")
        assert "Enter a whole e-mail address" in person.sees()
    assert [call for call in person.chat.calls if call[0] == "request_code"] == []


def test_a_mistake_is_tied_to_its_field() -> None:
    person = at_sign_in()
    person.click("Send code")
    field = labelled(person.screen, "E-mail")
    alert = by_class(person.screen, "cw-mistake")[0]
    assert attributes(field)["aria-invalid"] == "true"
    assert attributes(field)["aria-describedby"] == attributes(alert)["id"]
    assert attributes(alert)["role"] == "alert"


def test_a_pasted_code_signs_in_at_once() -> None:
    person = at_code()
    person.type("Code of 8 digits", "1234 5678")
    assert ("verify_code", "12345678") in person.chat.calls
    assert "Rooms" in person.sees()


def test_a_short_code_is_not_sent() -> None:
    person = at_code()
    person.type("Code of 8 digits", "1234567")
    person.submit()
    assert "The code has 8 digits." in person.sees()
    assert [call for call in person.chat.calls if call[0] == "verify_code"] == []


def test_a_wrong_code_is_explained_and_tried_once() -> None:
    person = at_code()
    person.chat.fails["verify_code"] = refused("code.wrong", 0)
    person.type("Code of 8 digits", "12345678")
    person.type("Code of 8 digits", "1234 5678")
    assert len([call for call in person.chat.calls if call[0] == "verify_code"]) == 1
    person.submit()
    assert SENTENCES["code.wrong"] in person.sees()


def test_the_code_field_is_filled_by_the_browser() -> None:
    field = labelled(at_code().screen, "Code of 8 digits")
    assert attributes(field)["autocomplete"] == "one-time-code"
    assert attributes(field)["inputmode"] == "numeric"


def test_a_new_code_can_be_asked_for_when_the_time_has_come() -> None:
    person = at_code()
    assert attributes(labelled(person.screen, "Send again in 0:30"))["aria-disabled"] == "true"
    person.click("Send again in 0:30")
    person.clock.advance(1000)
    assert "Send again in 0:29" in person.sees()
    for _ in range(29):
        person.clock.advance(1000)
    person.click("Send a new code")
    assert len([call for call in person.chat.calls if call[0] == "request_code"]) == 2
    assert "A new code was asked for." in person.sees()


def test_the_service_may_make_one_wait_longer() -> None:
    person = at_code()
    person.chat.fails["verify_code"] = RefusedError("rate.limited", "Too many attempts.", 90)
    person.type("Code of 8 digits", "12345678")
    assert "Send again in 1:30" in person.sees()


def test_another_address_starts_over() -> None:
    person = at_code()
    person.click("Use another e-mail")
    assert attributes(labelled(person.screen, "E-mail"))["value"] == " ada@example.org "


def test_an_unreachable_service_keeps_what_was_typed() -> None:
    person = at_sign_in()
    person.chat.fails["request_code"] = UnreachableError("unreachable", "The sign-in service does not answer.")
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    assert "The sign-in service does not answer." in person.sees()
    assert attributes(labelled(person.screen, "E-mail"))["value"] == "ada@example.org"


def test_errors_of_the_program_are_not_shown_word_by_word() -> None:
    person = at_sign_in()
    person.chat.fails["request_code"] = KeyError("internals")
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    assert "internals" not in person.sees()
    assert "Something went wrong. Try again." in person.sees()


def test_one_press_sends_one_request() -> None:
    person = at_sign_in()
    person.type("E-mail", "ada@example.org")
    form = by_tag(person.screen, "form")[0]
    act(form, event("submit"))
    act(form, event("submit"))
    person.clock.settle()
    assert len([call for call in person.chat.calls if call[0] == "request_code"]) == 1


def test_one_can_look_around_first() -> None:
    person = at_sign_in()
    person.click("Look around first")
    assert "Sign in to join" in person.sees()


def at_work(person: Person, slices: int) -> list[str]:
    """Ask for a code that has to be worked for; what is on the screen during each slice, and "stopped" at the end."""
    seen: list[str] = []

    async def work(goes_on: Callable[[], bool]) -> None:
        for number in range(slices):
            if not goes_on():
                seen.append("stopped")
                raise StoppedError("order.stopped", "Stopped.")
            seen.append(person.sees())
            if number == 1:
                act(labelled(person.screen, "Cancel"), event("click"))

    person.chat.work = work
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    return seen


def test_work_for_a_code_shows_a_calm_face() -> None:
    person = at_sign_in()
    (seen,) = at_work(person, 1)
    assert "Many people are signing in right now. This takes a few seconds." in seen
    assert "One moment" in seen
    assert "Enter your code" in person.sees()


def test_work_for_a_code_can_be_cancelled() -> None:
    person = at_sign_in()
    seen = at_work(person, 9)
    assert len(seen) == 3
    assert seen[2] == "stopped"
    assert "Send code" in person.sees()
    assert by_class(person.screen, "cw-mistake") == []
    assert attributes(labelled(person.screen, "E-mail"))["value"] == "ada@example.org"
    assert "aria-disabled" not in attributes(labelled(person.screen, "Send code"))


def test_a_code_that_is_refused_after_work_says_why() -> None:
    person = at_sign_in()

    async def work(goes_on: Callable[[], bool]) -> None:
        goes_on()
        raise RefusedError("puzzle.expired", "This took too long.")

    person.chat.work = work
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    assert "This took too long." in person.sees()
    assert "Send code" in person.sees()


def verified(person: Person) -> list[object]:
    return [call[1] for call in person.chat.calls if call[0] == "verify_code"]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("\u0661\u0662\u0663\u0664 \u0665\u0666\u0667\u0668", "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"),
        ("Your code is 1234 5678. It is valid for 10 minutes.", "12345678"),
    ],
)
def test_a_code_in_other_digits_or_in_its_sentence_signs_in(typed: str, sent: str) -> None:
    person = at_code()
    person.type("Code of 8 digits", typed)
    assert verified(person) == [sent]


def test_the_code_field_takes_a_whole_sentence() -> None:
    assert "maxlength" not in attributes(labelled(at_code().screen, "Code of 8 digits"))


def test_a_field_for_addresses_leaves_them_as_they_are_written() -> None:
    """Chromium writes what is in a field for e-mail as IDNA 2003 has it."""
    field = attributes(labelled(at_sign_in().screen, "E-mail"))
    assert (field["type"], field["inputmode"], field["autocomplete"]) == ("text", "email", "email")


@pytest.mark.parametrize("email", ["ada@weiß.example", "ada@例え。jp", "ada@Example.org", "straße@example.org"])
def test_an_address_is_asked_for_as_it_is_written(email: str) -> None:
    person = at_sign_in()
    person.type("E-mail", email)
    person.click("Send code")
    assert ("request_code", email, "") in person.chat.calls


def test_the_code_step_survives_a_reload() -> None:
    person = at_sign_in()
    person.chat.pending = CodeSent("ada@example.org", 540, 12, "Ada")
    assert person.app.auth.resume()
    assert "Enter your code" in person.sees()
    assert "ada@example.org" in person.sees()
    assert "Send again in 0:12" in person.sees()
    person.clock.advance(12_000)
    person.click("Send a new code")
    assert ("request_code", "ada@example.org", "Ada") in person.chat.calls


def test_there_is_nothing_to_resume_where_no_code_is_on_its_way() -> None:
    person = at_sign_in()
    assert not person.app.auth.resume()
    assert "Send code" in person.sees()


def test_another_address_forgets_the_code() -> None:
    person = at_code()
    assert person.chat.pending is not None
    person.click("Use another e-mail")
    assert person.chat.pending is None


def test_after_too_many_wrong_codes_the_screen_says_when_the_next_can_be_sent() -> None:
    person = at_code()
    person.clock.advance(30_000)
    person.chat.fails["verify_code"] = refused("code.locked", 125)
    person.type("Code of 8 digits", "12345678")
    assert SENTENCES["code.locked"] in person.sees()
    assert attributes(labelled(person.screen, "Send again in 2:05"))["aria-disabled"] == "true"
    person.clock.advance(1_000)
    assert "Send again in 2:04" in person.sees()
    person.clock.advance(124_000)
    person.click("Send a new code")
    assert SENTENCES["code.locked"] not in person.sees()


@pytest.mark.parametrize(("retry_after_s", "left"), [(0, "0:20"), (5, "0:20"), (20, "0:20"), (21, "0:21")])
def test_a_refusal_never_shortens_the_wait_and_lengthens_it_only_where_it_says_so(
    retry_after_s: int, left: str
) -> None:
    person = at_code()
    for _ in range(9):
        person.clock.advance(1_000)
    person.clock.advance(500)
    person.chat.fails["verify_code"] = refused("rate.limited", retry_after_s)
    person.type("Code of 8 digits", "12345678")
    person.clock.advance(500)
    assert f"Send again in {left}" in person.sees()


@pytest.mark.parametrize(("code", "left"), [("wrong", "12345678"), ("expired", ""), ("used", ""), ("locked", "")])
def test_each_refusal_of_a_code_says_what_it_is(code: str, left: str) -> None:
    person = at_code()
    person.chat.fails["verify_code"] = refused(f"code.{code}", 0)
    person.type("Code of 8 digits", "1234 5678")
    alerts = [words(alert) for alert in by_class(person.screen, "cw-mistake")]
    assert alerts == [SENTENCES[f"code.{code}"]]
    assert attributes(labelled(person.screen, "Code of 8 digits"))["value"] == left


def test_the_refusals_of_a_code_are_told_apart() -> None:
    sentences = [SENTENCES[f"code.{code}"] for code in ("wrong", "expired", "used", "locked")]
    assert len(set(sentences)) == 4


def test_who_asks_again_too_soon_sees_when_it_is_time() -> None:
    """In a tab that does not know of the first request."""
    person = at_sign_in()
    person.chat.fails["request_code"] = refused("rate.limited", 40)
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    assert SENTENCES["rate.limited"] in person.sees()
    assert "40 s" not in person.sees(), "it would stand still"
    person.clock.advance(1_000)
    assert "Send again in 0:39" in person.sees()
    person.type("E-mail", "ben@example.org")
    assert "Send code" in person.sees()


def test_the_code_step_promises_no_mail_that_may_not_come() -> None:
    """The service sends none while another device has just asked, and must not say so."""
    seen = at_code().sees()
    assert "on its way" not in seen
    assert "Where another device has just asked for this address none is sent" in seen
    assert "Send again in 0:30" in seen


def test_a_mistake_of_one_step_is_gone_in_the_next() -> None:
    person = at_code()
    person.type("Code of 8 digits", "1234")
    person.submit()
    assert len(by_class(person.screen, "cw-mistake")) == 1
    person.click("Use another e-mail")
    assert by_class(person.screen, "cw-mistake") == []
    person.type("E-mail", "ada@")
    person.click("Send code")
    assert len(by_class(person.screen, "cw-mistake")) == 1
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    assert by_class(person.screen, "cw-mistake") == []


@pytest.mark.parametrize("fails", [False, True])
def test_who_has_left_meanwhile_is_not_told_what_became_of_it(fails: bool) -> None:
    person = at_sign_in()

    async def work(goes_on: Callable[[], bool]) -> None:
        person.app.auth.on_leave(event("click"))
        if fails:
            raise refused("rate.limited", 40)

    person.chat.work = work
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    person.click("Sign in")
    assert "Send code" in person.sees()
    assert by_class(person.screen, "cw-mistake") == []
    assert person.chat.pending is None
