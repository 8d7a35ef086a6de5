"""The crypto core under stock Brython in Node: the same program, the same transcript."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
from pathlib import Path

import pytest

from build.brython import brython_file
from build.node import find_node
from build.vfs import vfs_modules
from tests.parity.brython import RUNNER, TIMEOUT_S
from tests.widget.crypto.programs import talk
from widget.native.crypto import native_crypto

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[3]
FOLDER = Path(__file__).with_name("programs")
PACKAGE = "tests.widget.crypto.programs"


def brython_transcript() -> str:
    """What the program prints in Brython."""
    parts = PACKAGE.split(".")
    packages = {".".join(parts[: end + 1]): [".py", "", [], 1] for end in range(len(parts))}
    programs = {name: (FOLDER / f"{name}.py").read_text("utf-8") for name in ("talk", "brython_port")}
    ours = {f"{PACKAGE}.{name}": [".py", text, []] for name, text in programs.items()}
    bridge = {"node_crypto": [".js", (FOLDER / "node_crypto.js").read_text("utf-8"), []]}
    program = f"{PACKAGE}.brython_port"
    question = {"modules": {**vfs_modules(ROOT), **packages, **ours, **bridge}, "scenarios": [program]}
    done = subprocess.run(
        [find_node(), str(RUNNER), str(brython_file("brython.js")), str(brython_file("brython_stdlib.js"))],
        input=json.dumps(question).encode(),
        capture_output=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    return bytes.fromhex(json.loads(done.stdout)[program]).decode("utf-8")


async def test_two_people_talk_under_brython_as_on_cpython() -> None:
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        await talk.talk(native_crypto())
        await talk.refuse(native_crypto())
    expected = written.getvalue()
    assert "Ada says hello" in expected
    assert brython_transcript() == expected
