"""The doctor asks the sign-in service which Redis database it uses."""

from __future__ import annotations

from auth.checks.finding import Finding, doubt, fault, good
from auth.settings import SettingsError
from auth.store.shared import Store, StoreDown, StoreRefusal
from signaling.database import OTHER, compared
from signaling.settings import Settings

WHAT = "one database"


async def findings(settings: Settings, store: Store) -> list[Finding]:
    """None without Redis, where there is nothing to compare."""
    if store.embedded:
        return []
    try:
        verdict = await compared(store, settings.auth_url)
    except SettingsError as error:
        return [fault(WHAT, str(error))]
    except (StoreDown, StoreRefusal):
        return [fault(WHAT, "it was not compared, since Redis does not give what is asked for: see above.")]
    if verdict == "other":
        return [fault(WHAT, OTHER)]
    if verdict == "unknown":
        silent = f"nothing answers at {settings.auth_url}, or without its Redis"
        return [doubt(WHAT, f"{silent}: run this again once it does.")]
    return [good(WHAT, "the sign-in service uses the same as we.")]
