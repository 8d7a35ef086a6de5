"""Brython's own parser, which runs in Node: one process for all texts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from build.brython import brython_file
from build.compiler.form_feeds import unfed
from build.node import find_node

DRIVER = Path(__file__).with_name("parse_brython.mjs")
TIMEOUT_S = 180


class ParserBroken(Exception):
    """Node itself failed, or is slow: no fault of a text."""


def ask_brython(texts: Mapping[str, str]) -> list[str]:
    """An answer for each, as JSON: {"tree": ...} or {"error", "line", "column"}. No texts need no Node."""
    if len(texts) == 0:
        return []
    files = [{"path": path, "text": unfed(text).text} for path, text in texts.items()]
    try:
        done = subprocess.run(  # noqa: S603 - our own Node and our own script
            [find_node(), str(DRIVER), str(brython_file("brython.js"))],
            input=json.dumps({"files": files}).encode("utf-8", "surrogatepass"),
            capture_output=True,
            timeout=TIMEOUT_S,
        )
    except subprocess.TimeoutExpired as error:
        raise ParserBroken(f"no answer in {TIMEOUT_S} s: this machine is very busy. Try again") from error
    if done.returncode != 0:
        raise ParserBroken(done.stderr.decode("utf-8", "replace")[-2000:])
    return done.stdout.decode("utf-8").split("\n")
