"""CHANGE, an epoch for those who hold the one before it: who went and who came.

    CHANGE = 06 | terms117 | count u16 x sid16 (went) | count u16 x (sid16 | SHA-256(SC)32) (came) | sigSK64 | secret32

`terms` are the bytes of E from `n` to `book` (widget/wire/epoch.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.epoch import SIGNATURE_BYTES, TERMS_BYTES, TERMS_START, VERSION, read_roster, write_roster

PREV_START = 4  # in the terms, behind n


@dataclass(frozen=True)
class Change:
    """`went` are sids, `came` hashes of credentials by sid."""

    terms: bytes
    went: list[str]
    came: dict[str, str]
    signature: bytes
    secret: bytes

    @property
    def prev(self) -> str:
        """The hash of the epoch that it builds on, in hex."""
        return self.terms[PREV_START : PREV_START + 32].hex()


def change_from(before: dict[str, str], body: bytes, roster: dict[str, str], signature: bytes, secret: bytes) -> Change:
    """`body` is E with that roster, for who holds an epoch with the roster `before`."""
    went = [sid for sid in before if sid not in roster]
    came = {sid: name for sid, name in roster.items() if sid not in before}
    return Change(body[TERMS_START : TERMS_START + TERMS_BYTES], went, came, signature, secret)


def signed_epoch(change: Change, room_id: bytes, before: dict[str, str]) -> bytes:
    """E and its signature. CwError(MALFORMED) when who went was not in, or who came was."""
    stayed = {sid: name for sid, name in before.items() if sid not in change.went}
    roster = {**stayed, **change.came}
    if len(roster) != len(before) - len(change.went) + len(change.came):
        raise CwError(MALFORMED, "a change of another roster")
    writer = Writer().u8(VERSION).fixed(room_id, 16).raw(change.terms)
    write_roster(writer, {sid: roster[sid] for sid in sorted(roster)})
    return writer.raw(change.signature).done()


def write_change(writer: Writer, change: Change) -> bytes:
    """Behind the kind of blob."""
    writer.raw(change.terms).u16(len(change.went))
    for sid in change.went:
        writer.hex(sid, 16)
    write_roster(writer, change.came)
    return writer.fixed(change.signature, SIGNATURE_BYTES).fixed(change.secret, 32).done()


def read_change(reader: Reader) -> Change:
    """Behind the kind of blob. What the terms say is checked once it is an epoch again."""
    terms = reader.fixed(TERMS_BYTES)
    went: list[str] = []
    for _ in range(reader.u16()):
        sid = reader.hex(16)
        if len(went) > 0 and sid <= went[-1]:
            raise CwError(MALFORMED, "who went does not ascend")
        went.append(sid)
    return Change(terms, went, read_roster(reader, 0), reader.fixed(SIGNATURE_BYTES), reader.fixed(32))
