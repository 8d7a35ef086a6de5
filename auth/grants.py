"""What a signed-in device gets: access token, identity certificate, refresh key."""

from __future__ import annotations

import dataclasses

from auth.keys import Keys
from auth.refresh import RefreshKey, first_refresh
from auth.service import Call, Service
from auth.store.memory import Family, new_family_id
from auth.tokens import Claims, issue_access, issue_identity, new_jti


class Grants:
    """Makes the reply of /otp/verify and /token."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def begin(self, call: Call, account: str, email: str, sub: str, name: str, jkt: bytes) -> dict[str, object]:
        """Start a refresh family for this device. The address is kept closed, for the mail about a stolen key."""
        family_id = new_family_id()
        family = Family(account, sub, name, call.keys.secrets.close(email, family_id), jkt.hex())
        refresh = first_refresh(family_id)
        await self._service.memory.begin(family_id, call.origin, refresh.sha256.hex(), family)
        return self.reply(call.keys, call.origin, family, refresh)

    def reply(self, keys: Keys, origin: str, family: Family, refresh: RefreshKey) -> dict[str, object]:
        settings, now_s = self._service.settings, int(self._service.now_s())
        signing = keys.signing_key(now_s)
        jkt = bytes.fromhex(family.device)
        end_s = now_s + settings.access_life_s
        access = Claims(family.sub, family.name, origin, jkt, new_jti(), now_s, end_s)
        identity = dataclasses.replace(access, jti=new_jti(), exp=now_s + settings.identity_life_s)
        return {
            "access": issue_access(signing, keys.issuer, access),
            "identity": issue_identity(signing, keys.issuer, identity),
            "refresh": refresh.value.hex(),
            "expiresIn": settings.access_life_s,
            "sub": family.sub,
            "name": family.name,
        }
