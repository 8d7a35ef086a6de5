"""All of `make test` takes longer than a part of the night may: each machine runs it in halves, one a part."""

from __future__ import annotations

HALVES = {"first": "1/2", "second": "2/2"}  # by the last word of the part's name, as CHAT_SHARE
