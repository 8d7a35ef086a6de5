"""What sessions send each other."""

from __future__ import annotations

from typing import NamedTuple

from tests.simulation.epoch import Epoch
from tests.simulation.event import Event

Heads = dict[int, tuple[int, int]]  # by author: how many events, and the id of the last


class Beat(NamedTuple):
    """Where I am, what I hold in short, and the signs of life that I heard, with their age in ticks."""

    number: int
    kid: int
    digest: int
    pulses: dict[int, tuple[int, int]]  # by session: the how manyeth, and its age


class Held(NamedTuple):
    """What I hold in full, for whose digest differs."""

    heads: Heads
    book: tuple[int, ...] = ()
    closed: tuple[tuple[int, int], ...] = ()
    proofs: frozenset[int] = frozenset()


class Want(NamedTuple):
    """Events by author, first and last; decisions by id."""

    ranges: tuple[tuple[int, int, int], ...]
    decisions: tuple[int, ...] = ()


class Frame(NamedTuple):
    """Events under the key of an epoch; `asked`: the answer to a Want."""

    kid: int
    events: tuple[Event, ...]
    asked: bool


class Grant(NamedTuple):
    """An epoch with its secret."""

    epoch: Epoch


class Known(NamedTuple):
    """An epoch without its secret, so that a chain can be checked."""

    epoch: Epoch


class AskEpoch(NamedTuple):
    kid: int


class AskCredential(NamedTuple):
    sid: int


class Credential(NamedTuple):
    sid: int


class AskBook(NamedTuple):
    pass


class BookPart(NamedTuple):
    decisions: tuple[Event, ...]


class Seek(NamedTuple):
    """Whether that session is here: I know no sign of it after that tick."""

    sid: int
    at: int


class Sign(NamedTuple):
    """ "I was here at that tick", signed; whoever has it may hand it on."""

    sid: int
    at: int


class Forked(NamedTuple):
    """Two events of one author in one place."""

    one: Event
    other: Event


class IssuedTwice(NamedTuple):
    """Two epochs of one issuer with one number, or after one epoch."""

    one: Epoch
    other: Epoch


Packet = (
    Beat
    | Held
    | Want
    | Frame
    | Grant
    | Known
    | AskEpoch
    | AskCredential
    | Credential
    | AskBook
    | BookPart
    | Seek
    | Sign
    | Forked
    | IssuedTwice
)
