"""The doctor asks the sign-in service for its keys, as each worker does."""

from __future__ import annotations

import httpx

from auth.checks.finding import Finding, fault
from auth.checks.keys import ending
from auth.settings import SettingsError
from auth.tokens import TokenError, read_key_set
from auth.unreached import words
from signaling.keys import fetch_from, root_pin
from signaling.settings import Settings

WHAT = "sign-in service"


async def findings(settings: Settings, now_s: int) -> list[Finding]:
    try:
        pin = root_pin(settings.service_key)
    except SettingsError as error:
        return [fault(WHAT, str(error))]
    try:
        keys = read_key_set(await fetch_from(settings.auth_url)(), pin, now_s)
    except (httpx.HTTPError, OSError, TimeoutError, UnicodeDecodeError) as error:
        silent = f"{settings.auth_url} does not give its keys ({words(error)})"
        return [fault(WHAT, f"{silent}: look at AUTH_URL, and whether it runs.")]
    except TokenError as error:
        return [fault(WHAT, f"its keys do not count ({error.reason}): SERVICE_KEY must be what "
                            "`python -m auth keys service-key` prints there.")]
    return [ending(keys.exp - now_s)]
