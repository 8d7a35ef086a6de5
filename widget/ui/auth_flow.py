"""Signing in: an e-mail address, then the code that was sent to it."""

from __future__ import annotations

from collections.abc import Callable

from widget.errors import RefusedError
from widget.ui.icons import icon, owl
from widget.ui.parts import button, field, submit
from widget.ui.stage import Stage, nothing, words_of
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, box, h, line, text
from widget.ui.when import only_digits

CODE_DIGITS = 8


class AuthFlow:
    """The two steps of signing in. `leave` goes back to where the person came from."""

    def __init__(self, stage: Stage, leave: Callable[[], None]) -> None:
        self._stage: Stage = stage
        self._leave: Callable[[], None] = leave
        self._email: str = ""
        self._name: str = ""
        self._code: str = ""
        self._tried: str = ""
        self._sent: bool = False
        self._busy: bool = False
        self._error: str = ""
        self._resend_at_ms: int = 0
        self._stop_ticking: Callable[[], None] = nothing

    def view(self) -> Node:
        return self._code_step() if self._sent else self._email_step()

    def reset(self) -> None:
        """Forget everything that was typed."""
        self._email = self._name = ""
        self._start_over()

    def _email_step(self) -> Node:
        email = {
            "name": "email", "type": "email", "autocomplete": "email", "inputmode": "email", "autofocus": "",
            "required": "", "maxlength": "254", "placeholder": say("you@example.org"), "value": self._email,
        }  # fmt: skip
        name = {"name": "name", "type": "text", "autocomplete": "nickname", "maxlength": "40", "value": self._name}
        rows = [
            field(say("E-mail"), "", email, self.on_email, self._error),
            field(say("Name others see"), say("optional"), name, self.on_name),
            submit(say("Sending") if self._busy else say("Send code"), self._busy),
            button("quiet", say("Look around first"), self.on_leave),
        ]
        promise = h(
            "p",
            {"class": "cw-promise"},
            [
                icon("lock"),
                h("span", {}, [text(say("Messages are end-to-end encrypted. Nobody in the chat sees your address."))]),
            ],
        )
        return self._page(
            "email",
            say("Sign in to chat"),
            [text(say("We send a code to your e-mail. There is no password."))],
            rows,
            [promise],
        )

    def _code_step(self) -> Node:
        before, after = say("It is on its way to {}.").split("{}")
        lead = [text(before), h("bdi", {"class": "cw-strong"}, [text(self._email)]), text(after)]
        attrs = {
            "name": "code", "type": "text", "autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": "",
            "maxlength": "24", "value": self._code, "spellcheck": "false", "data-code": "",
        }  # fmt: skip
        rows = [
            field(say("Code of 8 digits"), "", attrs, self.on_code, self._error),
            submit(say("Checking") if self._busy else say("Sign in"), self._busy),
            h("div", {"class": "cw-row"}, [self._resend(), button("quiet", say("Use another e-mail"), self.on_other)]),
        ]
        return self._page("code", say("Enter your code"), lead, rows, [])

    def _page(self, key: str, title: str, lead: list[Node], rows: list[Node], end: list[Node]) -> Node:
        head = [owl(), line("h2", "title", title), h("p", {"class": "cw-lead"}, lead)]
        form = h("form", {"class": "cw-form", "novalidate": ""}, rows, {"submit": self.on_submit})
        return h("div", {"class": "cw-auth"}, [box("auth-head", head), form, *end], None, key)

    def _resend(self) -> Node:
        left_s = (self._resend_at_ms - self._stage.clock.now_ms() + 999) // 1000
        if left_s > 0:
            wait = say("Send again in {}", f"{left_s // 60}:{left_s % 60:02d}")
            return button("quiet", wait, self.on_wait, True, "resend")
        return button("quiet", say("Send a new code"), self.on_resend, self._busy, "resend")

    def on_email(self, event: UiEvent) -> None:
        self._email = event.value
        self._error = ""
        self._stage.changed()

    def on_name(self, event: UiEvent) -> None:
        self._name = event.value

    def on_code(self, event: UiEvent) -> None:
        """A whole code is tried at once: people paste it, browsers fill it in."""
        self._code = event.value
        self._error = ""
        code = only_digits(self._code)
        if len(code) == CODE_DIGITS and code != self._tried and not self._busy:
            self._verify_now(code)
        self._stage.changed()

    def on_submit(self, event: UiEvent) -> None:
        event.prevent()
        if self._busy:
            return
        if self._sent:
            self._verify_now(only_digits(self._code))
        elif not looks_like_email(self._email):
            self._error = say("Enter a whole e-mail address, such as you@example.org.")
        else:
            self._start_work()
            self._stage.clock.spawn(self._request())
        self._stage.changed()

    def on_resend(self, event: UiEvent) -> None:
        if not self._busy:
            self._code = self._tried = ""
            self._start_work()
            self._stage.clock.spawn(self._request())

    def on_wait(self, event: UiEvent) -> None:
        """The button is there, but its time has not come."""

    def on_other(self, event: UiEvent) -> None:
        self._start_over()
        self._stage.changed()

    def on_leave(self, event: UiEvent) -> None:
        self._start_over()
        self._leave()

    def _start_over(self) -> None:
        self._stop_ticking()
        self._sent = self._busy = False
        self._code = self._tried = self._error = ""

    def _start_work(self) -> None:
        self._busy = True
        self._error = ""
        self._stage.changed()

    def _verify_now(self, code: str) -> None:
        if len(code) != CODE_DIGITS:
            self._error = say("The code has 8 digits.")
            return
        self._tried = code
        self._start_work()
        self._stage.clock.spawn(self._verify(code))

    async def _request(self) -> None:
        again = self._sent
        try:
            sent = await self._stage.chat.request_code(self._email.strip(), self._name.strip())
            self._sent = True
            self._wait_s(sent.resend_after_s)
            if again:
                self._stage.tell(say("A new code is on its way."))
        except Exception as error:
            self._fail(error)
        self._end_work()

    async def _verify(self, code: str) -> None:
        try:
            await self._stage.chat.verify_code(code)
            self.reset()
        except Exception as error:
            self._fail(error)
        self._end_work()

    def _fail(self, error: Exception) -> None:
        self._error = words_of(error)
        if isinstance(error, RefusedError) and error.retry_after_s > 0 and self._sent:
            self._wait_s(error.retry_after_s)

    def _end_work(self) -> None:
        self._busy = False
        self._stage.changed()

    def _wait_s(self, seconds: int) -> None:
        self._resend_at_ms = self._stage.clock.now_ms() + seconds * 1000
        self._stop_ticking()
        self._tick()

    def _tick(self) -> None:
        """Count down by the second, until a new code may be asked for."""
        self._stage.changed()
        if self._sent and self._resend_at_ms > self._stage.clock.now_ms():
            self._stop_ticking = self._stage.clock.after(1000, self._tick)


def looks_like_email(address: str) -> bool:
    """Enough to catch a slip; the service decides."""
    parts = address.strip().split("@")
    if len(parts) != 2 or parts[0] == "" or " " in address.strip():
        return False
    host = parts[1]
    return "." in host and not host.startswith(".") and not host.endswith(".")
