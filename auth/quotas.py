"""The service's limits by name: who is counted, and what a refusal says."""

from __future__ import annotations

from dataclasses import dataclass

from auth.client_ip import address_subject, network_subject
from auth.limits import DAY_S, HOUR_S, MINUTE_S, Limits, Rate
from auth.otp import domain_of, mailbox_of
from auth.problems import BACKEND_DOWN, GUEST_LIMIT, RATE_LIMITED, Problem
from auth.puzzles import load_bits
from auth.settings import Settings

# While somebody works on a puzzle others raise the load: so much easier a one than is asked for now still counts.
SLACK_BITS = 2


@dataclass(frozen=True)
class Shared:
    """A limit that all strangers share: `soft` an hour for everybody, `hard` for who solves puzzles."""

    name: str
    subject: str
    soft: int
    hard: int


class Quotas:
    """Each method takes one use or raises Problem with the seconds to wait."""

    def __init__(self, limits: Limits, settings: Settings) -> None:
        self._limits = limits
        self._settings = settings

    async def send(self, address: str, origin: str, email: str, device: str, solved_bits: int) -> int:
        """What strangers may have sent: a caller, a network, a site, a recipient's domain and all of them together.

        0 when granted, else the bits of the puzzle that has to be solved before. `solved_bits` is 0 where none was.
        """
        bits = max([await self._bits(each) for each in self._shared(origin, email)])
        if bits > 0 and solved_bits < max(1, bits - SLACK_BITS):
            await self._worth_it(address, email, device)
            return bits
        for name, subject, rates in self._own(address):
            await self._take(name, subject, *rates)
        for each in self._shared(origin, email):
            if solved_bits > 0:
                await self._take(each.name, each.subject, Rate(each.hard, HOUR_S))
            elif await self._limits.take(each.name, each.subject, Rate(each.soft, HOUR_S)) > 0:
                return self._settings.puzzle_least_bits  # others were quicker
        await self._breaker("send-all", self._settings.send_all_hour)
        return 0

    async def send_known(self, email: str, device: str) -> None:
        """What devices may have sent that were signed in with the address before: strangers cannot use it up."""
        await self._take("send-known", f"{mailbox_of(email)} {device}", *self._email_rates())
        await self._breaker("send-known-all", self._settings.send_known_hour)

    async def mail_by_device(self, email: str, device: str) -> None:
        """What one device may have sent to one address. It learns only of its own requests, so it is told the truth."""
        await self._take("send-device", f"{mailbox_of(email)} {device}", *self._email_rates())

    async def mail_to(self, email: str) -> bool:
        """Whether strangers may have one more mail sent to this address; the answer must not reach the caller."""
        return await self._limits.take("send-email", mailbox_of(email), *self._email_rates()) == 0

    async def until_next(self, address: str, email: str, device: str, known: bool) -> int:
        """Seconds until one device may ask for the next code. What others had sent to the address is not told."""
        sends = ("send-known" if known else "send-device", f"{mailbox_of(email)} {device}", self._email_rates())
        counted = [sends] if known else [sends, *self._own(address)]
        return max([await self._limits.wait(name, subject, *rates) for name, subject, rates in counted])

    async def verify(self, address: str) -> None:
        rate = Rate(self._settings.verify_ip_10min, 10 * MINUTE_S)
        await self._take("verify-ip", address_subject(address), rate)

    async def refresh(self, address: str) -> None:
        rate = Rate(self._settings.refresh_ip_10min, 10 * MINUTE_S)
        await self._take("refresh-ip", address_subject(address), rate)

    async def site(self, address: str) -> None:
        rate = Rate(self._settings.site_ip_10min, 10 * MINUTE_S)
        await self._take("site-ip", address_subject(address), rate)

    async def guest(self, address: str, origin: str, solved_bits: int) -> int:
        """One more guest. 0 when granted, else the bits of the puzzle that has to be solved before."""
        rules = self._settings
        used = await self._limits.used("guest-origin", origin, HOUR_S)
        soft, hard, least = rules.guest_origin_hour, rules.guest_origin_most, rules.guest_bits
        bits = max(least, load_bits(used, soft, hard, least, rules.puzzle_most_bits))
        is_worked = solved_bits >= max(1, bits - SLACK_BITS)
        ask = self._limits.take if is_worked else self._limits.wait  # nobody works for what is refused afterwards
        for name, subject, rates in self._guests(address, origin):
            wait_s = await ask(name, subject, *rates)
            if wait_s > 0:
                raise Problem(GUEST_LIMIT, wait_s)
        return 0 if is_worked else bits

    def _guests(self, address: str, origin: str) -> list[tuple[str, str, tuple[Rate, ...]]]:
        rules = self._settings
        daily = (Rate(rules.guest_ip_hour, HOUR_S), Rate(rules.guest_ip_day, DAY_S))
        return [
            ("guest-ip", address_subject(address), daily),
            ("guest-network", network_subject(address), (Rate(rules.guest_network_hour, HOUR_S),)),
            ("guest-origin", origin, (Rate(rules.guest_origin_most, HOUR_S),)),
        ]

    def _own(self, address: str) -> list[tuple[str, str, tuple[Rate, ...]]]:
        """The limits of one caller and its network: name, subject, rates."""
        rules = self._settings
        daily = (Rate(rules.send_ip_hour, HOUR_S), Rate(rules.send_ip_day, DAY_S))
        return [
            ("send-ip", address_subject(address), daily),
            ("send-network", network_subject(address), (Rate(rules.send_network_hour, HOUR_S),)),
        ]

    def _shared(self, origin: str, email: str) -> list[Shared]:
        rules = self._settings
        return [
            Shared("send-origin", origin, rules.send_origin_hour, rules.puzzle_origin_hour),
            Shared("send-domain", domain_of(email), rules.send_domain_hour, rules.puzzle_domain_hour),
        ]

    async def _bits(self, each: Shared) -> int:
        """How hard a puzzle has to be solved for one more. Problem when there is no more to be had."""
        rules = self._settings
        used = await self._limits.used(each.name, each.subject, HOUR_S)
        if used >= max(each.soft, each.hard):
            wait_s = await self._limits.wait(each.name, each.subject, Rate(each.hard, HOUR_S))
            raise Problem(RATE_LIMITED, max(1, wait_s))
        return load_bits(used, each.soft, each.hard, rules.puzzle_least_bits, rules.puzzle_most_bits)

    async def _worth_it(self, address: str, email: str, device: str) -> None:
        """Nobody works for what is refused afterwards."""
        sends = ("send-device", f"{mailbox_of(email)} {device}", self._email_rates())
        for name, subject, rates in [*self._own(address), sends]:
            wait_s = await self._limits.wait(name, subject, *rates)
            if wait_s > 0:
                raise Problem(RATE_LIMITED, wait_s)

    async def _breaker(self, name: str, hourly: int) -> None:
        wait_s = await self._limits.take(name, "", Rate(hourly, HOUR_S))
        if wait_s > 0:
            raise Problem(BACKEND_DOWN, wait_s)

    def _email_rates(self) -> tuple[Rate, ...]:
        rules = self._settings
        return (
            Rate(1, rules.resend_after_s),
            Rate(rules.send_email_15min, 15 * MINUTE_S),
            Rate(rules.send_email_hour, HOUR_S),
            Rate(rules.send_email_day, DAY_S),
        )

    async def _take(self, name: str, subject: str, *rates: Rate) -> None:
        wait_s = await self._limits.take(name, subject, *rates)
        if wait_s > 0:
            raise Problem(RATE_LIMITED, wait_s)
