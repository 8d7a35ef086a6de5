"""Night only: small runs of the measurements that take long also when they are small."""

from __future__ import annotations

from tests.fakes.effort import NIGHT

collect_ignore_glob = [] if NIGHT else ["test_*.py"]
