"""Which sites take guests, who are nobody's to vouch for, and whether those may make rooms: kept in Redis."""

from __future__ import annotations

from typing import Literal

from auth.store.shared import Store

KEY = "cw:guests"
# What guests of a site may: nothing, talk in rooms that others made, make public rooms too.
Guests = Literal["", "talk", "rooms"]


async def guests_of(store: Store, origin: str) -> Guests:
    found = await store.command("HGET", KEY, origin)
    return "rooms" if found == "rooms" else "talk" if found == "talk" else ""


async def set_guests(store: Store, guests: Guests, *origins: str) -> None:
    """From the next call on. Who is in as a guest stays so until their tokens end."""
    for origin in origins:
        if guests == "":
            await store.command("HDEL", KEY, origin)
        else:
            await store.command("HSET", KEY, origin, guests)
