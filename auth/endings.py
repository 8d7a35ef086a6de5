"""Ending a sign-in, and telling who must know."""

from __future__ import annotations

from auth.ended import note_ended
from auth.mail.mails import reused_mail
from auth.revocations import Revoked, announce
from auth.service import Call, Service
from auth.store.devices import Device
from auth.store.families import Family, Turn
from auth.tokens import GUEST


async def tell(service: Service, call: Call, family_id: str, turn: Turn) -> None:
    """Nothing where all know. What fails is done by the next call that shows the same sign-in."""
    if turn.family is None or turn.untold == "":
        return
    family = turn.family
    if turn.untold != "logout" and family.via != GUEST:
        await note_ended(service.store, call.origin, family.device, turn.over_s)
    await announce(service.store, Revoked(family.sub, family.device, turn.over_s))
    if turn.untold == "reused" and family.mailbox != "":
        email = call.keys.secrets.disclose(family.mailbox, family_id)
        if email is not None:
            await service.mails.put(reused_mail(email, call.origin, service.now_s()))
    await service.devices.left(family.person, family.device, family_id)
    await service.families.told(family_id)


async def end_device(service: Service, call: Call, family: Family, device: Device) -> None:
    """Every sign-in on a device of this person, also those that it renews at this moment.

    It stays on the list until all is done, so that whoever was interrupted can do it again.
    """
    at_s = int(service.now_s()) + 1  # what it got within this second does not count either
    for family_id in device.families:
        await tell(service, call, family_id, await service.families.finish(family_id, device.id, "ended", at_s))
    if family.via != GUEST:
        await note_ended(service.store, call.origin, device.id, at_s)
    await announce(service.store, Revoked(family.sub, device.id, at_s))
    await service.memory.forget(family.account, device.id)
    await service.devices.drop(family.person, device.id)
    log = service.log
    log.write("device.ended", account=log.hashed(family.account), ip=log.hashed(call.address), origin=call.origin)


async def end_too_many(service: Service, call: Call, own: str, gone: list[tuple[str, str]]) -> None:
    """Sign-ins for which there is no place any more, those used longest ago. `own` is the device that has just come."""
    at_s = int(service.now_s())
    for device, family_id in gone:
        if device == own:  # to tell of it would cut the sockets of its other chats
            await service.families.drop(family_id)
        else:
            await tell(service, call, family_id, await service.families.finish(family_id, device, "logout", at_s))
