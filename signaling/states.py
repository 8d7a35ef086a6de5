"""The states of a socket: what leads from one to the next, and what a client may say in each."""

from __future__ import annotations

from typing import Literal

from widget.wire.socket import Auth, Beat, Leave, Renew, Signal

State = Literal["opened", "hello", "authenticated", "joined", "closed"]

# From each state, what leads where. Everything may lead to "closed".
MOVES: dict[tuple[State, str], State] = {
    ("opened", "greeted"): "hello",
    ("hello", "asked"): "authenticated",
    ("authenticated", "seated"): "joined",
}

# What a client may say in which state; anything else is an offence.
MAY_SAY: dict[State, tuple[type, ...]] = {
    "opened": (),
    "hello": (Auth,),
    "authenticated": (),
    "joined": (Signal, bytes, Beat, Renew, Leave),
    "closed": (),
}
