"""True words for what can be sent now, and to whom."""

from __future__ import annotations

from widget.core.state import State

NETWORK_AWAY: str = "Your network is away. Messages wait."
SERVICE_AWAY: str = "The service is away. Messages wait."
SERVICE_AWAY_DIRECT: str = "The service is away. Messages go directly."
SERVICE_AWAY_SOME: str = "The service is away. Messages go directly to some, to the others later."
WAITING: str = "Waiting to be let in."
WAITING_ALONE: str = "Waiting to be let in. The host is not here."


def show_status(state: State, is_joined: bool, is_waiting: bool, is_ready: bool, is_online: bool) -> None:
    """`is_joined`: the service is there. `is_waiting`: somebody has to let me in. `is_ready`: others can read me."""
    others = [person for person in state.now.participants if not person.is_me]
    here = [person for person in others if person.standing == "in"]
    direct = [person for person in here if person.link in ("direct", "turn")]
    if is_joined and is_waiting:
        state.status("connecting", WAITING if any(person.is_host for person in others) else WAITING_ALONE)
    elif is_joined:
        state.status("connected" if is_ready else "connecting", None)
    elif len(direct) > 0:
        state.status("connected", SERVICE_AWAY_DIRECT if len(direct) == len(here) else SERVICE_AWAY_SOME)
    else:
        state.status("connecting", SERVICE_AWAY if is_online else NETWORK_AWAY)
