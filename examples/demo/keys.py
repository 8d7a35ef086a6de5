"""The demo's own keys: made at the first start, renewed when they grow old."""

from __future__ import annotations

import shutil
from pathlib import Path

from auth.key_folder import new_folder, rotate
from auth.keys import KeyFolderError, load_keys, service_key
from auth.tokens import TokenError

ISSUER = "https://demo.localhost"


def demo_keys(folder: Path, now_s: int) -> str:
    """The service key (`otpEncryptionKey`) of the folder, which is valid afterwards."""
    try:
        rotate(folder, now_s)
        load_keys(folder, now_s)
    except (KeyFolderError, TokenError, OSError, ValueError):
        shutil.rmtree(folder, ignore_errors=True)
        return new_folder(folder, ISSUER, now_s)
    return service_key(folder)
