"""The doctor looks at Redis: what it is, whether it forgets, what our user may do, how long it takes."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

from auth.checks.finding import Finding, doubt, fault, good
from auth.rights import lacking
from auth.store.form import form_trouble, info
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.trial import NO_RIGHTS, RIGHTS, said, tried
from auth.unreached import words

WHAT = "Redis"
LEAST_VERSION = (6, 2)  # ZADD GT, ZRANGE BYSCORE
SLOW_MS = 20.0
FULL_FROM = 0.8
MIB = 1024 * 1024
TRIES = 20
LOCKED_OUT = "AuthenticationError"  # for redis-py one more way of not being connected


async def findings(store: Store, timeout_ms: int) -> list[Finding]:
    if store.embedded:
        return [doubt(WHAT, "there is none: everything is kept in one process and lost with it; set REDIS_URL.")]
    try:
        return [found async for found in _look(store, timeout_ms)]
    except StoreDown as error:
        if store.trouble != "":
            return [fault(WHAT, store.trouble)]
        if type(error.__cause__).__name__ == LOCKED_OUT:
            return [_locked_out(LOCKED_OUT)]
        reason = said(error)
        if reason is not None:
            return [fault(WHAT, reason.sentence)]
        late = f"it does not answer within {timeout_ms} ms ({words(error)})"
        advice = "look at REDIS_URL, where rediss:// is only for what speaks TLS, and whether it runs"
        return [fault(WHAT, f"{late}: {advice}.")]


async def _look(store: Store, timeout_ms: int) -> AsyncIterator[Finding]:
    try:
        await store.ping()
    except StoreRefusal as error:
        reason = said(error)
        if reason is None or reason is NO_RIGHTS:
            yield _locked_out(type(error).__name__)
        else:
            yield fault(WHAT, reason.sentence)
        return
    trouble = await form_trouble(store)
    if trouble != "":
        yield fault(WHAT, trouble)
        return
    yield await _version(store)
    yield await _memory(store)
    trial = await tried(store)
    if trial is not None:
        yield fault(WHAT, trial.sentence)
        return
    yield await _eviction(store)
    yield await _journal(store)
    yield await _rights(store)
    yield await _power(store)
    yield await _latency(store, timeout_ms)


def _locked_out(reason: str) -> Finding:
    return fault(WHAT, f"it does not let us in ({reason}): look at user and password in REDIS_URL.")


async def _about(store: Store, section: str) -> dict[str, Any] | None:
    """None when our user may not ask."""
    try:
        return (await info(store, section))[0]
    except StoreRefusal:
        return None


async def _version(store: Store) -> Finding:
    about = await _about(store, "server")
    if about is None:
        return doubt(WHAT, "our user may not ask its version (+info): look yourself that it is 6.2 or later.")
    text = str(about["redis_version"])
    numbers = tuple(int(part) for part in text.split(".")[:2])
    if numbers < LEAST_VERSION:
        return fault(WHAT, f"it is version {text}, which lacks commands that are needed: install 6.2 or later.")
    return good(WHAT, f"version {text} answers.")


async def _memory(store: Store) -> Finding:
    """Of the node that has least left."""
    try:
        nodes = await info(store, "memory")
    except StoreRefusal:
        return doubt(WHAT, "our user may not ask how full it is (+info): look yourself at its used_memory.")
    used, most = max(((int(node.get("used_memory", 0)), _most(node)) for node in nodes), key=_share)
    if most == 0:
        return good(WHAT, f"{used // MIB} MiB are in use, and it has no limit (maxmemory).")
    text = f"{max(0, most - used) // MIB} MiB of {most // MIB} are left"
    if _share((used, most)) > FULL_FROM:
        return doubt(WHAT, f"{text}, and once it is full it takes nothing: raise maxmemory.")
    return good(WHAT, f"{text}.")


def _most(node: dict[str, Any]) -> int:
    """Without a limit of its own it has the machine's."""
    return int(node.get("maxmemory", 0)) or int(node.get("total_system_memory", 0))


def _share(memory: tuple[int, int]) -> float:
    used, most = memory
    return used / most if most > 0 else 0.0


async def _eviction(store: Store) -> Finding:
    about = await _about(store, "memory")
    policy = "" if about is None else str(about.get("maxmemory_policy", ""))
    if policy == "":
        return doubt(WHAT, "it does not say whether it throws things away: see that maxmemory-policy is noeviction.")
    return good(WHAT, "it throws nothing away (noeviction).")


async def _journal(store: Store) -> Finding:
    """What it has lost when it starts again: sites, sign-ins and, worse, who signed out."""
    about = await _about(store, "persistence")
    if about is None or "aof_enabled" not in about:
        return doubt(WHAT, "it does not say whether it keeps what we write: see that appendonly is yes.")
    if int(about["aof_enabled"]) == 0:
        return doubt(WHAT, "it forgets at its end what came after its last snapshot, if it makes any, "
                           "so who signed out may be in again: set appendonly yes.")
    return good(WHAT, "it writes down each change (appendonly).")


async def _rights(store: Store) -> Finding:
    trouble = await lacking(store)
    if trouble is not None:
        return fault(WHAT, trouble.sentence)
    return good(WHAT, "our user may do what is needed, and hears what is published.")


async def _power(store: Store) -> Finding:
    try:
        await store.command("CONFIG", "GET", "maxmemory")
    except StoreRefusal:
        return good(WHAT, "our user may not change the server.")
    return doubt(
        WHAT, f"our user may do everything, also erase it: make one with {RIGHTS} "
        "(ACL SETUSER), and name it in REDIS_URL."
    )


async def _latency(store: Store, timeout_ms: int) -> Finding:
    took_ms: list[float] = []
    for _ in range(TRIES):
        began_s = time.perf_counter()
        await store.command("GET", "cw:doctor:nothing")
        took_ms.append((time.perf_counter() - began_s) * 1000)
    middle, longest = sorted(took_ms)[TRIES // 2], max(took_ms)
    text = f"a command takes {middle:.1f} ms, {longest:.1f} at most of {TRIES}"
    if longest > timeout_ms / 2:
        return fault(WHAT, f"{text}, and is given up after {timeout_ms}: move it nearer, or raise REDIS_TIMEOUT_MS.")
    if middle > SLOW_MS:
        return doubt(WHAT, f"{text}: move it nearer, each message waits for it.")
    return good(WHAT, f"{text}.")
