"""Servers of sites are for the night: by day nothing here is collected, and so nothing skipped."""

from __future__ import annotations

from tests.fakes.effort import NIGHT

collect_ignore_glob = [] if NIGHT else ["test_*.py"]
