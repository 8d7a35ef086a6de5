"""The doctor looks at the machine: its clock and how many files a process may open."""

from __future__ import annotations

import ctypes
import resource
import time

from auth.checks.finding import Finding, doubt, fault, good
from auth.store.shared import Store, StoreDown, StoreRefusal

CLOCK = "clock"
FAULT_OFF_S = 30.0  # half of what tokens and proofs may be off
DOUBT_OFF_S = 2.0
CLOCK_ADVICE = "run a time service on all machines (systemd-timesyncd or chrony)"
UNSYNCHRONISED = 5  # TIME_ERROR of adjtimex(2)


async def clock(store: Store) -> list[Finding]:
    """Against Redis, whose clock limits go by, and whether anything keeps ours right."""
    found = [_kept_right()]
    if store.embedded:
        return found
    try:
        began_s = time.time()
        seconds, micros = await store.command("TIME")
        off_s = int(seconds) + int(micros) / 1e6 - (began_s + time.time()) / 2
    except (StoreDown, StoreRefusal):
        return found
    return [_against_redis(off_s), *found]


def _against_redis(off_s: float) -> Finding:
    text = f"that of Redis differs from ours by {abs(off_s):.1f} s"
    if abs(off_s) > FAULT_OFF_S:
        return fault(CLOCK, f"{text}, so sign-ins fail: {CLOCK_ADVICE}.")
    if abs(off_s) > DOUBT_OFF_S:
        return doubt(CLOCK, f"{text}: {CLOCK_ADVICE}.")
    return good(CLOCK, f"{text}.")


def _kept_right() -> Finding:
    state = _kernel_state()
    if state is None:
        return doubt(CLOCK, f"the system does not say whether anything keeps it right: {CLOCK_ADVICE}.")
    if state == UNSYNCHRONISED:
        return doubt(CLOCK, f"nothing keeps it right: {CLOCK_ADVICE}.")
    return good(CLOCK, "a time service keeps it right.")


def _kernel_state() -> int | None:
    """What adjtimex(2) says with nothing to change; None where there is none."""
    try:
        ask = ctypes.CDLL(None, use_errno=True).adjtimex
    except (OSError, AttributeError):
        return None
    state = int(ask(ctypes.create_string_buffer(512)))
    return None if state < 0 else state


def files(wanted: int) -> Finding:
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        return fault(
            "files", f"a process may open {allowed}, and {wanted} are needed: set LimitNOFILE={wanted} in the unit, "
            f"or run `ulimit -n {wanted}` first."
        )
    return good("files", f"a process may open {'any number of' if allowed == resource.RLIM_INFINITY else allowed}.")
