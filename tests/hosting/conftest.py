"""A server of one's own is for the night: by day the page and its files are only read."""

from __future__ import annotations

from tests.fakes.effort import NIGHT

collect_ignore_glob = [] if NIGHT else ["test_page.py"]
