"""What a signed-in device gets: access token, identity certificate, refresh key."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from auth.endings import end_too_many, tell
from auth.issuers import host_of
from auth.keys import Keys
from auth.refresh import RefreshKey, first_refresh
from auth.service import Call, Service
from auth.store.families import Family, new_family_id
from auth.tokens import GUEST, SITE, Claims, issue_access, issue_identity, new_jti


@dataclass(frozen=True)
class Person:
    """Who comes in, by which door. `email` is "" where it is not known."""

    account: str
    sub: str
    name: str
    via: str
    email: str = field(default="", repr=False)


class Grants:
    """Makes the reply of whatever signs in."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def vouched(self, call: Call, person: Person, jkt: bytes) -> dict[str, object]:
        """Begin or go on with what the site vouches for. In place of a refresh key there is the family's name."""
        family_id = call.keys.secrets.family(person.sub, jkt.hex())
        shown = RefreshKey(bytes.fromhex(family_id))
        family = Family(person.account, person.sub, person.name, "", jkt.hex(), person.via)
        turn = await self._service.families.vouch(family_id, call.origin, shown.sha256.hex(), family)
        if turn.state == "ended":
            await tell(self._service, call, family_id, turn)
            await self._service.families.vouch(family_id, call.origin, shown.sha256.hex(), family)
        await self._note(call, family, family_id)
        return self.reply(call.keys, call.origin, family, shown)

    async def begin(self, call: Call, person: Person, jkt: bytes) -> dict[str, object]:
        """Start a refresh family for this device. The address is kept closed, for the mail about a stolen key."""
        family_id = new_family_id()
        mailbox = "" if person.email == "" else call.keys.secrets.close(person.email, family_id)
        family = Family(person.account, person.sub, person.name, mailbox, jkt.hex(), person.via)
        refresh = first_refresh(family_id)
        await self._service.families.begin(family_id, call.origin, refresh.sha256.hex(), family)
        await self._note(call, family, family_id)
        return self.reply(call.keys, call.origin, family, refresh)

    async def _note(self, call: Call, family: Family, family_id: str) -> None:
        """Put the device on the person's list; what has no place there any more ends."""
        service = self._service
        traits, now_s = service.traits(call), int(service.now_s())
        gone = await service.devices.note(family.person, family.device, family_id, family.via, traits, now_s)
        await end_too_many(service, call, family.device, gone)
        if family.via != GUEST:
            await self._end_guest(call, family.device)

    async def _end_guest(self, call: Call, device: str) -> None:
        """Who was a guest on this device is one no more: the refresh keys of then get no more tokens.

        Nobody is told: their session goes on in the room until the person's own takes over.
        """
        service, secrets = self._service, call.keys.secrets
        account = secrets.guest(call.origin, bytes.fromhex(device))
        guest = account, secrets.pseudonym(account, call.origin)
        for listed in await service.devices.listed(guest, int(service.now_s())):
            for family_id in listed.families:
                await service.families.drop(family_id)
            await service.devices.drop(guest, listed.id)

    def reply(self, keys: Keys, origin: str, family: Family, refresh: RefreshKey) -> dict[str, object]:
        settings, now_s = self._service.settings, int(self._service.now_s())
        signing = keys.signing_key(now_s)
        jkt = bytes.fromhex(family.device)
        end_s = now_s + settings.access_life_s
        by = host_of(origin) if family.via == SITE else ""
        access = Claims(family.sub, family.name, origin, jkt, new_jti(), now_s, end_s, family.via, by)
        identity = dataclasses.replace(access, jti=new_jti(), exp=now_s + settings.identity_life_s)
        return {
            "access": issue_access(signing, keys.issuer, access),
            "identity": issue_identity(signing, keys.issuer, identity),
            "refresh": refresh.value.hex(),
            "expiresIn": settings.access_life_s,
            "sub": family.sub,
            "name": family.name,
        }
