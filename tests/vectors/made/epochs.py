"""Epochs of the vectors' public room, and what comes to a member of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from tests.fakes.wire import wire
from tests.vectors.made.people import People, bytes_from, sign
from widget.crypto.live_epoch import LiveEpoch, open_epoch
from widget.native.crypto import native_crypto
from widget.wire.change import change_from
from widget.wire.epoch import Epoch, commit_input, epoch_signed, read_signed_epoch, stated, write_epoch
from widget.wire.pair import Grant, read_blob

AT = "ben"
NO_KID = "00" * 16


@dataclass
class Made:
    """An epoch, and the blob that grants it."""

    epoch: Epoch
    blob: bytes
    live: LiveEpoch

    def told(self, *ids: str) -> dict[str, Any]:
        """What a member has when it holds this."""
        digits = [int.from_bytes(self.live.hash[at : at + 4], "big") % 100_000 for at in range(8, 24, 4)]
        code = " ".join(f"{number:05d}" for number in digits)
        return {"kid": self.live.kid, "roster": self.live.roster, "code": code, "ids": list(ids)}


class Epochs:
    """Epochs of the public room, honest but for the changes."""

    def __init__(self, people: People) -> None:
        self.people = people

    def hashes(self, *names: str) -> dict[str, str]:
        found = {self.people.seats[name].sid: self.people.seats[name].session.me.credential_hash for name in names}
        return {sid: found[sid] for sid in sorted(found)}

    async def make(
        self, maker: str, n: int, *names: str, secret: str = "secret", granted: bytes = b"", **changes: Any
    ) -> Made:
        seat, raw = self.people.seats[maker], bytes_from(secret, 32)
        fields: dict[str, Any] = {"book": bytes(32)} if "book" in Epoch.__dataclass_fields__ else {}
        commit = await native_crypto().digest.sha256(commit_input(raw))
        fields |= {
            "room_id": seat.session.room_id,
            "n": n,
            "prev": NO_KID * 2 if n < 2 else bytes_from(f"epoch {n - 1}", 32).hex(),
            "issuer": seat.sid,
            "reason": 2,
            "commit": commit,
        }
        epoch = Epoch(**{**fields, "roster": self.hashes(*names), **changes})
        body = write_epoch(epoch)
        digest = await native_crypto().digest.sha256(body)
        signature = sign(seat.session.signing.private, epoch_signed(epoch.room_id, epoch.issuer, stated(body, digest)))
        grant = Grant(body + signature, granted or raw)
        present = sorted(self.people.seats.values(), key=lambda one: one.sid)
        members = [one.session.me for one in present if one.sid in epoch.roster]
        live = await open_epoch(native_crypto(), seat.session, n, digest, grant, members, 0)
        return Made(epoch, wire(grant), live)

    async def change(self, before: Made, maker: str, n: int, *names: str, **changes: Any) -> Made:
        """Told as what changed since that one."""
        made = await self.make(maker, n, *names, **{"prev": before.live.hash.hex(), **changes})
        grant = read_blob(made.blob)
        assert isinstance(grant, Grant)
        _, body, signature = read_signed_epoch(grant.epoch)
        change = change_from(before.epoch.roster, body, made.epoch.roster, signature, grant.secret)
        return replace(made, blob=wire(change))

    def statement(self, made: Made) -> bytes:
        """What its issuer signed of it."""
        grant = read_blob(made.blob)
        assert isinstance(grant, Grant)
        _, body, signature = read_signed_epoch(grant.epoch)
        return stated(body, made.live.hash) + signature

    async def tie(self, held: Made, wins: bool) -> Made:
        """Another epoch of that number by somebody else, better than that one or worse."""
        for number in count():
            other = await self.make("cleo", held.epoch.n, "ada", "ben", "cleo", secret=f"tie {number}")
            if (other.live.kid < held.live.kid) == wins:
                return other
        raise AssertionError


def given(*steps: dict[str, Any], met: tuple[str, ...] = ("ada", "cleo"), **more: Any) -> dict[str, Any]:
    return {"at": AT, "met": list(met), "heard_of": [], "expelled": [], "out": [], "steps": list(steps), **more}


def step(blob: bytes, by: str = "ada", after: int = 100, **more: Any) -> dict[str, Any]:
    fields = {"is": "blob", "from": by, "data": blob.hex(), "after": after, "asked": 0, "times": 1}
    return {**fields, **more}
