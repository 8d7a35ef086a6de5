"""The kinds of runs: who lies, from which seat, and what else goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.simulation.issuing_liars import (
    FarAhead,
    Forker,
    GhostMaker,
    LiarAboutBook,
    LiarAboutHeads,
    LockerOut,
    PutterBack,
    Staller,
)
from tests.simulation.liar import Liar
from tests.simulation.silent_liars import Mirror, Replayer, Reviver, Withholder
from tests.simulation.talking_liars import (
    Backdater,
    EndedModerator,
    Equivocator,
    Flooder,
    LateEquivocator,
    PatientFlooder,
    Pusher,
)

FOUNDER, SECOND, FOURTH, FIFTH, NOT_AT_FIRST = 0, 1, 3, 4, 99


@dataclass(frozen=True)
class Kind:
    """`faults`: names in `faults.SCRIPT`."""

    name: str
    faults: tuple[str, ...] = ()
    liar: type[Liar] | None = None
    seat: int = FIFTH
    loss: float = 0.1
    keeps_history: bool = True
    clocks_differ: bool = False
    faults_last_s: int = 70
    asks: bool = False  # signs of life are asked for

    @property
    def rests(self) -> bool:
        """Nobody goes on lying, talks on though he was put out, or asks for what nobody has any more."""
        puts_out = {"remove", "end_device"} & set(self.faults)
        return self.liar is None and not puts_out and self.keeps_history


HONEST = (
    Kind("loss"),
    Kind("partitions", ("part",)),
    Kind("churn", ("join", "leave", "crash", "reload")),
    Kind("all_faults", ("part", "join", "leave", "crash", "reload", "remove")),
    Kind("none_history", ("part", "join", "leave", "reload"), keeps_history=False),
    Kind("kick_race", ("remove", "part", "join")),
    Kind("wrong_clocks", ("part", "join"), clocks_differ=True),
    Kind("host_gone", ("host_crashes", "join", "part")),
    Kind("server_selective", ("selective", "join", "leave")),
    Kind("server_hides", ("mole", "crash", "join")),
    Kind("idle", loss=0.0, faults_last_s=20),
    Kind("carried_pulse", ("carry_pulse",)),
    Kind("device_ended", ("end_device", "join", "leave")),
    Kind("many_sessions", ("come_late", "crowd")),
)


def _lies(liars: dict[str, type[Liar]]) -> tuple[Kind, ...]:
    """Each from a seat like any other."""
    return tuple(Kind(f"liar_{name}", ("join", "part"), liar) for name, liar in liars.items())


MEMBERS = _lies(
    {
        "equivocate": Equivocator,
        "push": Pusher,
        "flood": Flooder,
        "patience": PatientFlooder,
        "falseheads": Mirror,
        "backdate": Backdater,
        "replay": Replayer,
        "withhold": Withholder,
    }
)

ISSUERS = _lies(
    {
        "fork": Forker,
        "lockout": LockerOut,
        "ghost": GhostMaker,
        "farahead": FarAhead,
        "liebook": LiarAboutBook,
    }
)

STEWARDS = tuple(
    Kind(f"steward_{name}", ("join", "leave"), liar, FOUNDER)
    for name, liar in {
        "withhold": Withholder,
        "fork": Forker,
        "farahead": FarAhead,
        "liebook": LiarAboutBook,
        "falseheads": Mirror,
        "stall": Staller,
    }.items()
)

SEATS = (
    Kind("liar_putback", ("leave", "join"), PutterBack, FOURTH),
    Kind("mod_backdates", ("host_ends_power", "join"), EndedModerator, SECOND),
    Kind("lie_heads_none", ("join",), LiarAboutHeads, FOUNDER, keeps_history=False),
    Kind("withhold_none", ("join", "part"), Withholder, FOURTH, keeps_history=False),
    Kind("kicked_backdates", ("host_removes", "join"), Backdater, FOURTH),
    Kind("newcomer_backdates", ("liar_enters",), Backdater, NOT_AT_FIRST),
    Kind("founder_farahead", ("come_late",), FarAhead, FOUNDER),
    Kind("push_parted", ("two_part",), Pusher, FIFTH),
    Kind("push_none", ("join", "part"), Pusher, FIFTH, keeps_history=False),
    Kind("push_wrong_clocks", ("join", "part"), Pusher, FIFTH, clocks_differ=True),
    Kind("forks_late", ("join", "part"), LateEquivocator, FIFTH),
    Kind("putback_parted", ("join", "leave", "part"), PutterBack, FOURTH),
    Kind("two_devices", ("second_devices", "join"), Mirror, FOURTH, loss=0.4),
)

ASKED_NAMES = ("partitions", "churn", "all_faults", "host_gone", "server_selective", "server_hides", "idle")

# The same with signs of life that are asked for, as the chat does it.
ASKED = (
    *(replace(kind, name=f"asked_{kind.name}", asks=True) for kind in HONEST if kind.name in ASKED_NAMES),
    Kind("asked_revive", ("join", "crash", "part"), Reviver, asks=True),
    Kind("asked_withhold", ("join", "crash", "part"), Withholder, asks=True),
)

KINDS = {kind.name: kind for kind in (*HONEST, *MEMBERS, *ISSUERS, *STEWARDS, *SEATS, *ASKED)}
