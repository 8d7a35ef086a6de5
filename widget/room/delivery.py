"""How far my words got. No other code decides what these words mean."""

from __future__ import annotations

from widget.model import Delivery

DELIVERED_UP_TO: int = 16  # members; in larger rooms nobody waits for all


def delivery_of(before: Delivery, readers: list[str], holders: list[str], here: dict[str, str]) -> Delivery:
    """`readers` are the others of the event's epoch, `holders` told that they have it, `here` are the others now, by
    sid, and whose sessions these are. None of mine is another: what only my own device has nobody was told.

    One alone could claim to have it and keep it for itself, in as many sessions as they like. So it takes two people,
    or the only other. What was reached is not taken back.
    """
    have = {here[sid] for sid in here if sid in holders}
    wanted = [sid for sid in here if sid in readers]
    if len(wanted) > 0 and len(here) < DELIVERED_UP_TO and all(sid in holders for sid in wanted):
        return "delivered"
    if before == "sending" or before == "unheard":
        if len(have) > 1 or (len(have) == 1 and len(set(here.values())) == 1):
            return "sent"
        return "unheard" if len(here) == 0 else before
    return before
