"""The doctor looks at the list of sites that may embed the chat."""

from __future__ import annotations

from auth import origins
from auth.checks.finding import Finding, fault, good
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.trial import NO_RIGHTS, RIGHTS, said

WHAT = "sites"
SHOWN = 5


async def findings(store: Store) -> list[Finding]:
    try:
        listed = await origins.allowed(store)
    except StoreRefusal as error:
        if said(error) not in (None, NO_RIGHTS):
            return [fault(WHAT, "the list is in Redis, which does not give it: see above.")]
        return [fault(WHAT, f"Redis does not give us the list ({type(error).__name__}): "
                            f"give our user {RIGHTS}, and see that {origins.KEY} is a set.")]
    except StoreDown:
        return [fault(WHAT, "the list is in Redis, which does not answer: see above.")]
    if not listed:
        return [fault(WHAT, "none may embed the chat: run `python -m auth origins allow https://example.org`.")]
    some = ", ".join(sorted(listed)[:SHOWN])
    return [good(WHAT, f"{len(listed)} may embed the chat: {some}{', ...' if len(listed) > SHOWN else ''}.")]
