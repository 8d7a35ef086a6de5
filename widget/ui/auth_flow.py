"""Signing in: an e-mail address, then the code that was sent to it; by the site, which is asked; or as a guest."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.codes import code_in
from widget.errors import RefusedError
from widget.ui.countdown import Countdown
from widget.ui.email import is_email, meant
from widget.ui.icons import icon
from widget.ui.parts import around, button, field, loading, mistake, submit
from widget.ui.sign_in_page import sign_in_page
from widget.ui.stage import Stage, Work
from widget.ui.strings import isolated, say, silence
from widget.ui.view import Effect, Node, UiEvent, h

OTHER_DOORS = ("site.", "guest")  # refusals that say nothing of codes
SPENT = ("code.expired", "code.used", "code.locked")


class AuthFlow:
    """The two steps of signing in. `leave` goes back to where the person came from."""

    def __init__(self, stage: Stage, leave: Callable[[], None]) -> None:
        self._stage: Stage = stage
        self._leave: Callable[[], None] = leave
        self._work: Work = Work(stage)
        self._work.failed = self._refused
        self._email: str = ""
        self._name: str = ""
        self._code: str = ""
        self._tried: str = ""
        self._sent: bool = False
        self._solving: bool = False
        self._as_guest: bool = False
        self._door: str = ""  # that was chosen
        self._again: Countdown = Countdown(stage)

    @property
    def error(self) -> str:
        return self._work.error

    def view(self) -> Node:
        if self._solving:
            return self._solving_step()
        if self._sent:
            return self._code_step()
        here = self._here()
        if here == "site":
            return self._site_step()
        return self._guest_step() if here == "guest" else self._email_step()

    def resume(self) -> bool:
        """Wait for the code that was asked for before the page was loaded anew; False when there is none."""
        sent = self._stage.chat.pending_code()
        if sent is None:
            return False
        self._email = sent.email
        self._name = sent.name
        self._sent = True
        self._again.start(sent.resend_after_s)
        return True

    def opened(self) -> None:
        """Somebody came here to sign in."""
        if self._here() == "site" and not self._work.busy:
            self._work.spawn(self._ask_site())

    def reset(self) -> None:
        """Forget everything that was typed."""
        self._email = self._name = self._door = ""
        self._start_over()

    def _site_step(self) -> Node:
        """Nothing is typed: the page knows who its visitor is, or does not."""
        rows = [loading(say("One moment"))]
        if not self._work.busy:
            rows = [mistake(self._work.error), submit(say("Try again"), False)]
        rows += self._ways()
        lead = say("You sign in with your account on this site.")
        return sign_in_page("site", say("Sign in to chat"), [lead], rows, self.on_submit)

    def _email_step(self) -> Node:
        # No field for e-mail: Chromium would write a domain in letters as IDNA 2003 has it, "weiß" as "weiss".
        email = {
            "type": "text",
            "autocomplete": "email",
            "inputmode": "email",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": "",
            "required": "",
            "maxlength": "254",
            "placeholder": say("you@example.org"),
            "value": self._email,
        }
        rows = [
            field("email", say("E-mail"), "", email, self.on_email, self._work.error),
            self._name_field(None, ""),
            submit(say("Sending") if self._work.busy else self._again.label(say("Send code")), self._work.busy),
            *self._ways(),
        ]
        better = meant(self._email.strip())
        if better != "":
            rows.insert(1, button("quiet", say("Did you mean {}?", isolated(better)), self.on_meant))
        promise = say("Messages are end-to-end encrypted. Nobody in the chat sees your address.")
        end = [h("p", {"class": "cw-promise"}, [icon("lock"), h("span", {}, [promise])])]
        lead = say("We send a code to your e-mail. There is no password.")
        return sign_in_page("email", say("Sign in to chat"), [lead], rows, self.on_submit, end)

    def _guest_step(self) -> Node:
        label = say("One moment") if self._work.busy else way_name("guest")
        rows = [self._name_field("", self._work.error), submit(label, self._work.busy), *self._ways()]
        lead = say("You need no account. Others see that you are a guest.")
        return sign_in_page("guest", say("Come in as a guest"), [lead], rows, self.on_submit)

    def _name_field(self, autofocus: str | None, error: str) -> Node:
        name = {
            "type": "text",
            "autocomplete": "nickname",
            "autofocus": autofocus,
            "maxlength": "40",
            "value": self._name,
        }
        return field("name", say("Name others see"), say("optional"), name, self.on_name, error)

    def _doors(self) -> list[str]:
        """That are open. Who is a guest already wants another."""
        is_guest = self._stage.chat.get_state().authenticated
        found = [door for door in self._stage.chat.doors if door != "guest" or not is_guest]
        return found if len(found) > 0 else ["mail"]

    def _here(self) -> str:
        """The door that one stands at: the preferred one before another is chosen."""
        return self._doors()[0] if self._door == "" else self._door

    def _ways(self) -> list[Node]:
        """Other ways on. Who is a guest already goes back to where they were."""
        here, state = self._here(), self._stage.chat.get_state()
        leave = button("quiet", say("Cancel") if state.authenticated else say("Look around first"), self.on_leave)
        return [*[self._way(door) for door in self._doors() if door != here], leave]

    def _way(self, door: str) -> Node:
        return button("plain", way_name(door), lambda event: self.on_door(door), self._work.busy)

    def _code_step(self) -> Node:
        lead = around(say("It comes by mail to {}."), h("bdi", {"class": "cw-strong"}, [self._email]))
        attrs = {
            "type": "text",
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autofocus": "",
            "value": self._code,
            "spellcheck": "false",
            "data-code": "",
        }
        waits = self._work.busy or self._again.left_s() > 0
        resend = button("quiet", self._again.label(say("Send a new code")), self.on_resend, waits)
        # The service does not say whether it sends one: whoever asks could learn who signs in just now.
        doubt = say(
            "No mail? Look into the spam folder. Where another device has just asked for this address none is sent: "
            "ask again when the time is up."
        )
        rows = [
            field("code", say("Code of 8 digits"), "", attrs, self.on_code, self._work.error),
            submit(say("Checking") if self._work.busy else say("Sign in"), self._work.busy),
            h("div", {"class": "cw-row"}, [resend, button("quiet", say("Use another e-mail"), self.on_other)]),
            h("p", {"class": "cw-sub"}, [doubt]),
        ]
        return sign_in_page("code", say("Enter your code"), lead, rows, self.on_submit)

    def _solving_step(self) -> Node:
        """The service is asked for very many codes: this device works for the one of its reader, or for a guest."""
        lead = say("Many people are signing in right now. This takes a few seconds.")
        if self._as_guest:
            lead = say("Your device works for a moment, as for every guest.")
        rows = [loading(say("One moment")), button("quiet", say("Cancel"), self.on_other)]
        return sign_in_page("solving", say("Sign in to chat"), [lead], rows, self.on_submit)

    def on_email(self, event: UiEvent) -> None:
        self._email = event.value
        self._again.end()
        self._work.wrong(silence)

    def on_meant(self, event: UiEvent) -> None:
        self._email = meant(self._email.strip())
        self._stage.do(Effect("focus", "cw-email"))  # the button goes

    def on_name(self, event: UiEvent) -> None:
        self._name = event.value

    def on_code(self, event: UiEvent) -> None:
        """A whole code is tried at once: people paste it, browsers fill it in."""
        self._code = event.value
        self._work.wrong(silence)
        code = code_in(self._code)
        if code not in ("", self._tried) and not self._work.busy:
            self._verify(code)

    def on_submit(self, event: UiEvent) -> None:
        if self._work.busy:
            return
        if self._sent:
            self._verify(code_in(self._code))
        elif self._here() == "guest":
            self._be_guest()
        elif self._here() == "site":
            self.opened()
        elif is_email(self._email.strip()):
            self._work.spawn(self._request())
        else:
            self._work.wrong(lambda: say("Enter a whole e-mail address, such as you@example.org."))

    def on_resend(self, event: UiEvent) -> None:
        if not self._work.busy and self._again.left_s() <= 0:
            self._code = self._tried = ""
            self._work.spawn(self._request())

    def on_other(self, event: UiEvent) -> None:
        self._start_over()
        self._stage.changed()

    def on_door(self, door: str) -> None:
        if door == "guest":
            self._be_guest()
        elif not self._work.busy:
            self._work.wrong(silence)
            self._door = door
            self._stage.changed()
            self.opened()

    def _be_guest(self) -> None:
        if not self._work.busy:
            self._solving = self._as_guest = True
            self._work.spawn(self._come_in())

    def on_leave(self, event: UiEvent) -> None:
        self._start_over()
        self._leave()

    def _start_over(self) -> None:
        self._work.clear()
        self._stage.chat.forget_code()
        self._sent = self._solving = self._as_guest = False
        self._code = self._tried = ""
        self._again.end()

    def _verify(self, code: str) -> None:
        if code != "":
            self._code = self._tried = code
            self._work.spawn(self._check(code))
        else:
            self._work.wrong(lambda: say("The code has 8 digits."))

    async def _ask_site(self) -> None:
        if not await self._stage.chat.restore() or self._stage.chat.get_state().via == "guest":
            self._work.wrong(lambda: say("You are not signed in on this site. Sign in there, then come back."))

    async def _request(self) -> None:
        turn = self._work.turn
        sent = await self._stage.chat.request_code(self._email.strip(), self._name.strip(), self._goes_on)
        if turn != self._work.turn:
            self._stage.chat.forget_code()
            return
        self._solving = False
        if self._sent:
            self._stage.tell(lambda: say("A new code was asked for."))
        self._sent = True
        self._again.start(sent.resend_after_s)

    async def _come_in(self) -> None:
        turn = self._work.turn
        await self._stage.chat.become_guest(self._name.strip(), lambda: turn == self._work.turn and self._goes_on())
        self.reset()

    def _goes_on(self) -> bool:
        """There is work to be done for the code: show it, until somebody cancels it."""
        self._solving = self._work.busy
        self._stage.changed()
        return self._solving

    async def _check(self, code: str) -> None:
        await self._stage.chat.verify_code(code)
        self.reset()

    def _refused(self, error: Exception) -> None:
        """The service may ask for patience: the button counts that down. A code that is spent makes room."""
        self._solving = self._as_guest = False
        if isinstance(error, RefusedError) and error.code[0:5] not in OTHER_DOORS:
            plain = error.plain
            self._work.wrong(lambda: say(plain))
            if error.code in SPENT:
                self._code = ""
            if error.retry_after_s >= self._again.left_s():
                self._again.start(error.retry_after_s)


def way_name(door: str) -> str:
    if door == "guest":
        return say("Continue as guest")
    return say("Sign in by e-mail") if door == "mail" else say("Sign in with this site")
