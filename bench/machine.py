"""What machine a figure was measured on, in one line without names."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> str:
    return f"{os.cpu_count()} cores, {_memory_gib()} GiB RAM, {_processor()}"


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.is_file():
        for line in listed.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
