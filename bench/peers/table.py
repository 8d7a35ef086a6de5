"""The part of the report about other compilers."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from importlib.metadata import distributions

from bench.peers.changes import PSCRIPT, TRANSCRYPT
from bench.peers.figures import Figures
from bench.peers.sides import HAND, PEERS
from build.brython import brython_version

WORDS = 160


def peer_lines(found: Sequence[Figures]) -> list[str]:
    by_hand = {figures.program: figures for figures in found if figures.side == HAND.name}
    return [
        f"A greeting and five programs as other compilers of Python do them ({', '.join(versions())}), minified, "
        f"processor time in us for one time in Node, median of {max(len(figures.us) for figures in found)} interleaved "
        "rounds:",
        "",
        "| | | as CPython | bytes | gzipped | us | / by hand |",
        "|---|---|---|---|---|---|---|",
        *(_row(figures, by_hand[figures.program]) for figures in found),
        "",
        "| | | as it is | what was changed |",
        "|---|---|---|---|",
        *(_change(figures) for figures in found if figures.refused != ""),
    ]


def versions() -> list[str]:
    """Of all that are compared, and of the Python that those run on which need one."""
    listed = {found.metadata["Name"].lower(): found.version for found in distributions(path=[str(PEERS)])}
    peers = [f"{name} {listed[name.lower()]}" for name in (TRANSCRYPT, PSCRIPT) if name.lower() in listed]
    return [*peers, f"Brython {brython_version()}", f"Python {sys.version_info.major}.{sys.version_info.minor}"]


def _row(figures: Figures, by_hand: Figures) -> str:
    if figures.script == b"":
        return f"| {figures.program} | {figures.side} | **no** | | | | |"
    right = "yes" if figures.refused == "" else "changed"
    us = statistics.median(figures.us)
    digits = 1 if us >= 1 else 3
    return (
        f"| {figures.program} | {figures.side} | {right} | {len(figures.script):,} | {figures.packed_bytes:,} "
        f"| {us:.{digits}f} | {us / statistics.median(by_hand.us):.2f} |"
    )


def _change(figures: Figures) -> str:
    words = " ".join(figures.refused.split()).replace("|", "\\|")
    shown = words if len(words) <= WORDS else f"{words[:WORDS]}..."
    return f"| {figures.program} | {figures.side} | {shown} | {'; '.join(figures.said)} |"
