from collections.abc import Callable

from tests.fakes.screen import Person, act, by_class, by_tag, event, labelled
from widget.errors import OrderError, RefusedError, UnreachableError
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
    person.chat.fails["verify_code"] = RefusedError("code.wrong", "This is not the code we sent.")
    person.type("Code of 8 digits", "12345678")
    person.type("Code of 8 digits", "1234 5678")
    assert len([call for call in person.chat.calls if call[0] == "verify_code"]) == 1
    person.submit()
    assert "This is not the code we sent." in person.sees()


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
    assert "A new code is on its way." in person.sees()


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
    act(form, "submit", event())
    act(form, "submit", event())
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
                raise OrderError("order.stopped", "Stopped.")
            seen.append(person.sees())
            if number == 1:
                act(labelled(person.screen, "Cancel"), "click", event())

    person.chat.work = work
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    return seen


def test_work_for_a_code_shows_a_calm_face() -> None:
    person = at_sign_in()
    (seen,) = at_work(person, 1)
    assert "Many people sign in just now. Your device works for your code." in seen
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
