"""Telling who must know that a sign-in has ended."""

from __future__ import annotations

from auth.mail.mails import reused_mail
from auth.revocations import Revoked, announce
from auth.service import Call, Service
from auth.store.families import Turn


async def tell(service: Service, call: Call, family_id: str, turn: Turn) -> None:
    """Nothing where all know. What fails is done by the next call that shows the same sign-in."""
    if turn.family is None or turn.untold == "":
        return
    family = turn.family
    await announce(service.store, Revoked(family.sub, family.device, turn.over_s))
    if turn.untold == "reused" and family.mailbox != "":
        email = call.keys.secrets.disclose(family.mailbox, family_id)
        if email is not None:
            await service.mails.put(reused_mail(email, call.origin, service.now_s()))
    await service.families.told(family_id)
