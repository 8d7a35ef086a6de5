"""Whether our user at Redis may do all that the services do: each command once, and a channel."""

from __future__ import annotations

import asyncio

from auth import revocations
from auth.probe import CHANNEL, probe
from auth.store.shared import Store, StoreRefusal
from auth.trial import RIGHTS, Trouble

HEARD_WITHIN_S = 5.0
DEAF = Trouble(
    "store.deaf", "what is published there is not heard: see that its nodes reach each other (the bus of a cluster)."
)


async def lacking(store: Store) -> Trouble | None:
    """None when nothing is; StoreDown when Redis does not answer."""
    if store.embedded:
        return None
    try:
        await probe(store)
        ear = await store.subscribe(revocations.CHANNEL, CHANNEL)
        try:
            await store.publish(CHANNEL, b"x")
            async with asyncio.timeout(HEARD_WITHIN_S):
                await ear.next()
        finally:
            await ear.close()
    except TimeoutError:
        return DEAF
    except StoreRefusal as error:
        sentence = f"our user may not do what is needed ({type(error).__name__}): give it {RIGHTS}."
        return Trouble("store.rights", sentence)
    return None
