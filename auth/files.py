"""How many files a process may open: one that has too few takes no more connections, without a word."""

from __future__ import annotations

import resource

from auth.settings import SettingsError

SPARE = 200  # Redis, mail, logs, the listening socket


def refuse_few(wanted: int) -> None:
    """SettingsError where the system lets a process open fewer."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        raise SettingsError(f"Open files are limited to {allowed}: run `ulimit -n {wanted}` first.")
