"""What is said of a Redis that is no good to who starts a service, or gives a command."""

from __future__ import annotations

from auth.environment import SettingsError
from auth.rights import lacking
from auth.store.form import form_trouble, is_locked_out
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.trial import FORM, said, tried
from auth.unreached import words

LASTING = (FORM, "store.evicts", "store.rights", "store.type")  # no waiting mends these
LOCKED_OUT = "Redis does not let us in: look at the user and the password in REDIS_URL."


async def redis_line(store: Store, development: bool) -> str:
    """What keeps Redis from being our store now, as a line; SettingsError for what stays so until somebody acts."""
    trouble = await form_trouble(store)
    if trouble != "":
        raise SettingsError(trouble)
    found = await tried(store) or await lacking(store)
    if found is None:
        return ""
    if found.word in LASTING and not development:
        raise SettingsError(f"Redis: {found.sentence}")
    return f"Redis: {found.sentence}"


def away(error: StoreDown) -> str:
    """A line for who starts before Redis does; SettingsError where waiting is of no use."""
    if is_locked_out(error):
        raise SettingsError(LOCKED_OUT) from error
    found = said(error)
    if found is None:
        return f"Redis does not answer ({words(error)}); until it does, everything is refused"
    if found.word in LASTING:
        raise SettingsError(f"Redis: {found.sentence}") from error
    return f"Redis: {found.sentence}"


def undone(error: StoreDown) -> str:
    """For who asked for something by a command."""
    if is_locked_out(error):
        return LOCKED_OUT
    found = said(error)
    if found is None:
        silent = f"Redis does not answer, so nothing was changed ({words(error)})"
        return f"{silent}: look at REDIS_URL, and whether it runs."
    return f"Redis: {found.sentence}"


def redis_refuses(error: StoreRefusal) -> str:
    found = said(error)
    if found is not None:
        return f"Redis: {found.sentence}"
    return f"Redis refuses what the services need ({type(error).__name__}): look at its user's rights."
