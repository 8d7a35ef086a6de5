"""The doctor looks at the key folder: whether it can be read, and when it ends."""

from __future__ import annotations

from pathlib import Path

from auth.checks.finding import Finding, doubt, fault, good
from auth.health import KEYS_SOON_S
from auth.key_folder import ROOT
from auth.keys import DAY_S, KeyFolderError, load_keys

WHAT = "keys"
RENEW = "run `python -m auth keys rotate` (monthly, by a timer)"


def findings(folder: Path, now_s: int) -> list[Finding]:
    try:
        keys = load_keys(folder, now_s)
        keys.signing_key(now_s)
    except KeyFolderError as error:
        return [fault(WHAT, str(error))]
    found = [ending(keys.key_set.exp - now_s)]
    if not any(keys.seal_key(kid, now_s) for kid in keys.seal):
        found.append(fault(WHAT, f"no sealing key is valid, so nobody can sign in: {RENEW}."))
    if (folder / ROOT).exists():
        found.append(doubt(WHAT, f"{ROOT} lies beside the others: whoever gets in here has it; keep it elsewhere."))
    return found


def ending(left_s: int) -> Finding:
    """Of the signed list, `left_s` before its end."""
    if left_s <= KEYS_SOON_S:
        days = max(0, left_s) // DAY_S
        return fault(WHAT, f"the signed list ends in {days} days, and everybody is out then: {RENEW}.")
    return good(WHAT, f"the signed list is valid for {left_s // DAY_S} days more.")
