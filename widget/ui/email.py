"""E-mail addresses as people type them."""

from __future__ import annotations

import re

# Enough to catch a slip; the service decides. Dots as UTS 46 has them: those of Chinese and Japanese keyboards too.
EMAIL = re.compile(r"[^@ ]+@[^@ .\u3002\uff0e\uff61]+(?:[.\u3002\uff0e\uff61][^@ .\u3002\uff0e\uff61]+)+")


def is_email(text: str) -> bool:
    return EMAIL.fullmatch(text) is not None
