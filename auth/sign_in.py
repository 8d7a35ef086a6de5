"""Signing in: a code by mail, and the code back from the same device."""

from __future__ import annotations

import os
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from auth.browsers import browser_of
from auth.code_requests import grant_code
from auth.grants import Grants, Person
from auth.hpke import MEDIA_TYPE, seal_reply
from auth.mail.mails import code_mail, locked_mail, new_device_mail
from auth.names import given_name, pseudonym
from auth.otp import (
    CHALLENGE_BYTES,
    EmailError,
    LettersError,
    code_mac,
    identity_of,
    login_nonce,
    new_code,
    normal_email,
    typed_code,
)
from auth.p256 import PUBLIC_BYTES, thumbprint, verify_signature
from auth.problems import (
    ACCOUNT_HELD,
    BACKEND_DOWN,
    CODE_EXPIRED,
    CODE_LOCKED,
    CODE_USED,
    CODE_WRONG,
    EMAIL_INVALID,
    EMAIL_LETTERS,
    SEAL_BROKEN,
    Problem,
)
from auth.service import Call, Service, claim, open_call
from auth.store.memory import Take
from auth.tokens import MAIL
from widget.errors import CwError
from widget.wire.fields import hex_field, text_field
from widget.wire.sign_in import login_bytes

REQUEST_PATH = "/otp/request"
VERIFY_PATH = "/otp/verify"
MAX_NAME_INPUT_CHARS = 200
REFUSALS = {"used": CODE_USED, "expired": CODE_EXPIRED}


@dataclass(frozen=True)
class Attempt:
    """What /otp/verify brings, read but not yet believed."""

    email: str
    challenge: bytes
    code: str
    name: str
    dk: bytes
    sig: bytes


class SignIn:
    """The two calls of a sign-in."""

    def __init__(self, service: Service, grants: Grants) -> None:
        self._service = service
        self._grants = grants

    async def request_code(self, request: Request) -> Response:
        """The answer is the same whoever the address belongs to, and whether or not a mail goes out."""
        call = await open_call(self._service, request, MEDIA_TYPE, REQUEST_PATH)
        email, jkt = self._email(call), _jkt(call)
        if await self._service.mails.store.is_full():
            raise Problem(BACKEND_DOWN, 30)
        known = await grant_code(self._service, call, email, jkt)
        challenge = os.urandom(CHALLENGE_BYTES)
        await self._send_code(call, email, jkt, challenge, known)
        settings = self._service.settings
        fields = {
            "challenge": challenge.hex(),
            "nonce": login_nonce(call.keys.secrets.derived("nonce"), challenge, jkt).hex(),
            "expiresIn": settings.code_life_s,
            "resendAfter": settings.resend_after_s,
        }
        return Response(seal_reply(call.opened, fields, self._service.now_s()), media_type=MEDIA_TYPE)

    async def verify_code(self, request: Request) -> Response:
        call = await open_call(self._service, request, MEDIA_TYPE, VERIFY_PATH)
        attempt = self._attempt(call)
        jkt = self._proved(call, attempt)
        await self._service.quotas.verify(call.address)
        await claim(self._service, call)
        secrets = call.keys.secrets
        person = identity_of(attempt.email)
        account = secrets.account(person)
        macs = [code_mac(pepper, attempt.challenge, person, jkt, attempt.code) for pepper in secrets.peppers]
        take = await self._service.memory.take(account, jkt.hex(), attempt.challenge.hex(), macs)
        await self._note(call, account, attempt.email, take)
        if take.state == "locked":
            quotas = self._service.quotas
            raise Problem(CODE_LOCKED, await quotas.until_next(call.address, attempt.email, jkt.hex(), take.known))
        if take.state != "ok":
            raise _refusal(take)
        sub = secrets.pseudonym(account, call.origin)
        kept = await self._service.memory.name(account, sub, given_name(attempt.name))
        who = Person(account, sub, kept or pseudonym(sub), MAIL, attempt.email)
        fields = await self._grants.begin(call, who, jkt)
        return Response(seal_reply(call.opened, fields, self._service.now_s()), media_type=MEDIA_TYPE)

    async def _send_code(self, call: Call, email: str, jkt: bytes, challenge: bytes, known: bool) -> None:
        """A code by mail, or, when strangers have asked for too many, a challenge that no code fits."""
        service, device = self._service, jkt.hex()
        person = identity_of(email)
        account = call.keys.secrets.account(person)
        sent = known or await service.quotas.mail_to(email)
        code = new_code()
        mac = code_mac(call.keys.secrets.peppers[0] if sent else os.urandom(32), challenge, person, jkt, code)
        await service.memory.issue(account, device, challenge.hex(), mac, sent)
        now_s, life_s = service.now_s(), service.settings.code_life_s
        mail = code_mail(email, code, call.origin, browser_of(call.browser), now_s, life_s)
        await service.mails.put(mail, is_meant=sent)
        service.log.write("code.issued", account=service.log.hashed(account), origin=call.origin, sent=sent)

    def _email(self, call: Call) -> str:
        try:
            text = text_field(call.opened.fields, "email", 1000)
            settings = self._service.settings
            return normal_email(text, settings.development, settings.smtp_utf8 or settings.smtp_url is None)
        except LettersError as error:
            raise Problem(EMAIL_LETTERS) from error
        except (EmailError, CwError) as error:
            raise Problem(EMAIL_INVALID) from error

    def _attempt(self, call: Call) -> Attempt:
        fields, email = call.opened.fields, self._email(call)
        try:
            return Attempt(
                email,
                bytes.fromhex(hex_field(fields, "challenge", CHALLENGE_BYTES)),
                typed_code(text_field(fields, "code", 200)),
                text_field(fields, "name", MAX_NAME_INPUT_CHARS),
                bytes.fromhex(hex_field(fields, "dk", PUBLIC_BYTES)),
                bytes.fromhex(hex_field(fields, "sig", 64)),
            )
        except CwError as error:
            raise Problem(SEAL_BROKEN) from error

    def _proved(self, call: Call, attempt: Attempt) -> bytes:
        """The jkt of the device that signed. The nonce was made for one jkt, so another device cannot sign it."""
        jkt = thumbprint(attempt.dk)
        nonce = login_nonce(call.keys.secrets.derived("nonce"), attempt.challenge, jkt)
        data = login_bytes(attempt.challenge, nonce, call.opened.rid, call.origin)
        if not verify_signature(attempt.dk, attempt.sig, data):
            raise Problem(SEAL_BROKEN)
        return jkt

    async def _note(self, call: Call, account: str, email: str, take: Take) -> None:
        """Log and count, and tell the owner of the address what she should know."""
        service = self._service
        service.metrics.codes.labels(take.state).inc()
        service.log.write(
            f"code.{take.state}",
            account=service.log.hashed(account),
            ip=service.log.hashed(call.address),
            origin=call.origin,
            failures=take.failures,
        )
        if take.state == "ok" and take.devices > 0 and not take.known:
            await service.mails.put(new_device_mail(email, call.origin, browser_of(call.browser), service.now_s()))
        if take.failures == service.settings.lock_after:
            await service.mails.put(locked_mail(email, call.origin, service.now_s(), service.settings.lock_s))


def _jkt(call: Call) -> bytes:
    try:
        return bytes.fromhex(hex_field(call.opened.fields, "jkt", 32))
    except CwError as error:
        raise Problem(SEAL_BROKEN) from error


def _refusal(take: Take) -> Problem:
    if take.state == "held":
        return Problem(ACCOUNT_HELD, take.retry_after_s)
    if take.state == "wrong":
        return Problem(CODE_WRONG, extra={"attemptsLeft": take.left})
    return Problem(REFUSALS[take.state])
