"""The secrets of a private room's invites: who shows that they know the newest one may come in."""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.genesis import generation_of
from widget.crypto.keys import prove_psk, same
from widget.ports import Crypto
from widget.wire.proofs import MAX_PROOFS, PROOF_BYTES


class Invites:
    """`secrets`, newest first, of which a public room has none; `proofs` says of my credential that I know them.

    `knows` tells a device that need not know the newest: it was in the room before. While the secret is `stale`, since
    somebody was removed who knows it, nobody else comes in. `is_wrong` while others show me only other secrets.
    """

    def __init__(self, crypto: Crypto, room_id: bytes, secrets: list[bytes]) -> None:
        self._crypto: Crypto = crypto
        self._room_id: bytes = room_id
        self._credential: bytes = b""
        self.secrets: list[bytes] = secrets[:MAX_PROOFS]
        self.proofs: bytes = b""
        self.is_stale: bool = False
        self._shown: int = 0  # as the newest: 1 another one, 2 mine by somebody
        self.knows: Callable[[bytes], bool] = lambda device: False

    async def speak_for(self, credential: bytes) -> None:
        """This is mine: prove the secrets with it."""
        self._credential = credential
        self.proofs = await self._prove_all()

    @property
    def is_wrong(self) -> bool:
        return self._shown == 1

    async def add(self, secret: bytes) -> None:
        """A newer one, or another of the newest generation."""
        older = [known for known in self.secrets if generation_of(known) < generation_of(secret)]
        if secret not in self.secrets:
            self.secrets = [secret, *older][:MAX_PROOFS]
            self.proofs = await self._prove_all()

    async def admit(self, credential: bytes, proofs: bytes, device: bytes) -> bool:
        """The owner of that credential may come in: knows the newest secret, or was here before."""
        if len(self.secrets) == 0:
            return len(proofs) == 0
        newest = self.secrets[0]
        is_mine = await self._proves(credential, proofs[:PROOF_BYTES], newest)
        self._shown = max(self._shown, 2 if is_mine else 1)
        is_proved = not self.is_stale and (is_mine or await self._proves(credential, proofs, newest))
        return is_proved or self.knows(device)

    async def common(self, credential: bytes, proofs: bytes) -> bytes:
        """The newest secret that its owner knows as well; b"" for none."""
        for secret in self.secrets:
            if await self._proves(credential, proofs, secret):
                return secret
        return b""

    async def _prove_all(self) -> bytes:
        found: list[bytes] = []
        for secret in self.secrets:
            found.append(await prove_psk(self._crypto, secret, self._room_id, self._credential))
        return b"".join(found)

    async def _proves(self, credential: bytes, proofs: bytes, secret: bytes) -> bool:
        expected = await prove_psk(self._crypto, secret, self._room_id, credential)
        places = range(len(proofs) // PROOF_BYTES)
        return any(same(expected, proofs[PROOF_BYTES * place :][:PROOF_BYTES]) for place in places)
