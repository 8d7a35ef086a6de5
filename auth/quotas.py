"""The service's limits by name: who is counted, and what a refusal says."""

from __future__ import annotations

from auth.client_ip import address_subject, network_subject
from auth.limits import DAY_S, HOUR_S, MINUTE_S, Limits, Rate
from auth.otp import domain_of, mailbox_of
from auth.problems import BACKEND_DOWN, RATE_LIMITED, Problem
from auth.settings import Settings


class Quotas:
    """Each method takes one use or raises Problem with the seconds to wait."""

    def __init__(self, limits: Limits, settings: Settings) -> None:
        self._limits = limits
        self._settings = settings

    async def send(self, address: str, origin: str, email: str) -> None:
        """What a caller, a network, a site, a recipient's domain and the whole service may send."""
        rules = self._settings
        daily = (Rate(rules.send_ip_hour, HOUR_S), Rate(rules.send_ip_day, DAY_S))
        await self._take("send-ip", address_subject(address), *daily)
        await self._take("send-network", network_subject(address), Rate(rules.send_network_hour, HOUR_S))
        await self._take("send-origin", origin, Rate(rules.send_origin_hour, HOUR_S))
        await self._take("send-domain", domain_of(email), Rate(rules.send_domain_hour, HOUR_S))
        wait_s = await self._limits.take("send-all", "", Rate(rules.send_all_hour, HOUR_S))
        if wait_s > 0:
            raise Problem(BACKEND_DOWN, wait_s)

    async def mail_by_device(self, email: str, device: str) -> None:
        """What one device may have sent to one address. It learns only of its own requests, so it is told the truth."""
        await self._take("send-device", f"{mailbox_of(email)} {device}", *self._email_rates())

    async def mail_to(self, email: str) -> bool:
        """Whether strangers may have one more mail sent to this address; the answer must not reach the caller."""
        return await self._limits.take("send-email", mailbox_of(email), *self._email_rates()) == 0

    async def verify(self, address: str) -> None:
        rate = Rate(self._settings.verify_ip_10min, 10 * MINUTE_S)
        await self._take("verify-ip", address_subject(address), rate)

    async def refresh(self, address: str) -> None:
        rate = Rate(self._settings.refresh_ip_10min, 10 * MINUTE_S)
        await self._take("refresh-ip", address_subject(address), rate)

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
