"""What a host or a moderator decides: the body of a DECISION.

    op u8 | sub16 | flags u8 | u8 len name | n u8 x (sid16 | seq u32) | n u8 x id16 | rest

    op 1 REMOVE     flags 1 ban, 2 hide; the cuts: the last event that counts of each session of the person
       2 LIFT       the ids of the removals that it lifts
       3 ROLE       flags 1: a moderator from now on; 0: no more, with the cuts
       4 ADMIT      the person may come in
       5 INVITE     sub zeros; rest = the new invite secret16 | n u8 x jkt32, the devices that need not know it

`name` is what the person was called when it was decided.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer, utf8

REMOVE = 1
LIFT = 2
ROLE = 3
ADMIT = 4
INVITE = 5

BAN = 1
HIDE = 2
ON = 1

NOBODY = "00000000000000000000000000000000"
SECRET_BYTES = 16
MAX_PERSON_CHARS = 40
MAX_NAMED = 255


@dataclass(frozen=True)
class Decision:
    """`sub`, `lifts` and `devices` in hex; `cuts` has the number of the last event that counts by session."""

    op: int
    sub: str
    flags: int = 0
    name: str = ""
    cuts: dict[str, int] = field(default_factory=dict)
    lifts: list[str] = field(default_factory=list)
    secret: bytes = field(default=b"", repr=False)
    devices: list[str] = field(default_factory=list)

    @property
    def is_ban(self) -> bool:
        """The person may not come back."""
        return self.flags % 2 == BAN

    @property
    def hides(self) -> bool:
        """Also what the person said before."""
        return self.flags >= HIDE


def write_decision(decision: Decision) -> bytes:
    """At most 255 sessions, removals and devices: the first that are given."""
    writer = Writer().u8(decision.op).hex(decision.sub, 16).u8(decision.flags).short(decision.name.encode("utf-8"))
    cuts = list(decision.cuts.items())[:MAX_NAMED]
    writer.u8(len(cuts))
    for sid, seq in cuts:
        writer.hex(sid, 16).u32(seq)
    _write_ids(writer, decision.lifts, 16)
    if decision.op == INVITE:
        writer.fixed(decision.secret, SECRET_BYTES)
        _write_ids(writer, decision.devices, 32)
    return writer.done()


def read_decision(data: bytes) -> Decision:
    """CwError(MALFORMED) for anything that `write_decision` would not have written."""
    reader = Reader(data)
    op, sub, flags, name = reader.u8(), reader.hex(16), reader.u8(), utf8(reader.short())
    cuts = _read_cuts(reader)
    lifts = _read_ids(reader, 16)
    secret = b""
    devices: list[str] = []
    if op == INVITE:
        secret = reader.fixed(SECRET_BYTES)
        devices = _read_ids(reader, 32)
    reader.end()
    if op < REMOVE or op > INVITE or flags > BAN + HIDE or len(name) > MAX_PERSON_CHARS:
        raise CwError(MALFORMED, "not a decision")
    return Decision(op, sub, flags, name, cuts, lifts, secret, devices)


def _read_cuts(reader: Reader) -> dict[str, int]:
    cuts: dict[str, int] = {}
    for _ in range(reader.u8()):
        sid = reader.hex(16)
        if sid in cuts:
            raise CwError(MALFORMED, "a session is named twice")
        cuts[sid] = reader.u32()
    return cuts


def _write_ids(writer: Writer, ids: list[str], size: int) -> None:
    named = ids[:MAX_NAMED]
    writer.u8(len(named))
    for one in named:
        writer.hex(one, size)


def _read_ids(reader: Reader, size: int) -> list[str]:
    return [reader.hex(size) for _ in range(reader.u8())]
