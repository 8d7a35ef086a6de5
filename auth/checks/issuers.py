"""The doctor looks at the sites that vouch for their visitors: whether their keys can be had."""

from __future__ import annotations

from auth.checks.finding import Finding, doubt, good
from auth.issuers import issuers
from auth.key_fetch import FetchError, fetch_keys
from auth.origins import allowed
from auth.store.shared import Store, StoreDown, StoreRefusal

WHAT = "logins of sites"


async def findings(store: Store, development: bool) -> list[Finding]:
    """None where no site vouches, or Redis does not say."""
    try:
        registered, listed = await issuers(store), await allowed(store) or frozenset()
    except (StoreDown, StoreRefusal):  # told already, for the list of sites
        return []
    found = [
        doubt(WHAT, f"{origin} has keys here, but its pages may not embed the chat: "
                    f"run `python -m auth origins allow {origin}`, or `issuers remove`.")
        for origin in registered if origin not in listed and not development
    ]  # fmt: skip
    for origin, issuer in registered.items():
        if issuer.jwks_url != "":
            found.append(await _published(origin, issuer.jwks_url, development))
    return found


async def _published(origin: str, url: str, development: bool) -> Finding:
    try:
        keys = await fetch_keys(url, development)
    except FetchError as error:
        return doubt(WHAT, f"{origin} cannot sign its visitors in much longer: {url}, {error}.")
    return good(WHAT, f"{origin} publishes {len(keys)} keys for its own login.")
