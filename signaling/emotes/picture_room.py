"""Has pictures drawn anew by a process of its own, one at a time, which is ended when it takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from pathlib import Path
from typing import Any

from auth.problems import BACKEND_DOWN, Problem
from signaling.emotes.drawn import SIZES, Drawn
from signaling.emotes.refusals import BROKEN, EFFORT, FORMAT, FRAMES, HEAVY, PIXELS, TAIL
from signaling.limits import Limits

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-E", "-s", "-m", "signaling.emotes.picture_process")
# The service's own environment has its secrets.
ENVIRON = {"PYTHONDONTWRITEBYTECODE": "1"}
HEAD_BYTES = 4096
READ_BYTES = 65_536
BUSY_S = 5
# By the word with which the process says no.
REFUSED = {kind.code.partition(".")[2]: kind for kind in (FORMAT, BROKEN, TAIL, PIXELS, FRAMES, EFFORT, HEAVY)}


class PictureRoom:
    """`draw` raises Problem with a sentence for whoever sent the picture."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._one = asyncio.Lock()
        # Of each size a moving, a still and a PNG picture.
        self._most_bytes = HEAD_BYTES + 3 * len(SIZES) * limits.emote_picture_bytes

    async def draw(self, data: bytes) -> Drawn:
        if self._one.locked():
            raise Problem(BACKEND_DOWN, BUSY_S)
        async with self._one:
            process = await asyncio.create_subprocess_exec(
                *COMMAND, cwd=ROOT, env=ENVIRON, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            try:
                async with asyncio.timeout(self._limits.emote_wall_s):
                    said = await self._said(process, self._bounds() + data)
                    status = await process.wait()
            except TimeoutError as error:
                raise Problem(EFFORT) from error
            finally:
                await _end(process)
        if status == -signal.SIGXCPU or status == -signal.SIGKILL:
            raise Problem(EFFORT)
        return read(said)

    def _bounds(self) -> bytes:
        limits = self._limits
        bounds = {
            "side_px": limits.emote_side_px, "aspect": limits.emote_aspect, "frames": limits.emote_frames,
            "pixels": limits.emote_pixels, "picture_bytes": limits.emote_picture_bytes,
            "memory_bytes": limits.emote_memory_bytes, "cpu_s": limits.emote_cpu_s,
        }  # fmt: skip
        return json.dumps(bounds).encode() + b"\n"

    async def _said(self, process: asyncio.subprocess.Process, data: bytes) -> bytes:
        """All that it writes; b"" when that is more than it could have to say."""
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(ConnectionError):  # it has ended before it read everything
            process.stdin.write(data)
            await process.stdin.drain()
        process.stdin.close()
        said = b""
        while len(part := await process.stdout.read(READ_BYTES)) > 0:
            said += part
            if len(said) > self._most_bytes:
                process.kill()
                return b""
        return said


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def read(said: bytes) -> Drawn:
    """Raises Problem. A process that a hostile picture has taken over may write anything."""
    line, _, rest = said.partition(b"\n")
    try:
        head: dict[str, Any] = json.loads(line)
        if "refused" in head:
            raise Problem(REFUSED[head["refused"]])
        files: dict[str, bytes] = {}
        for name, length in head["files"]:
            files[str(name)], rest = rest[:length], rest[length:]
            if len(files[str(name)]) != length:
                raise Problem(BROKEN)
        drawn = Drawn(int(head["width"]), int(head["height"]), head["animated"] is True, files)
    except (ValueError, KeyError, TypeError) as error:
        raise Problem(BROKEN) from error
    if set(drawn.files) != names(drawn.animated) or rest != b"":
        raise Problem(BROKEN)
    return drawn


def names(animated: bool) -> set[str]:
    """Of the files of one emote."""
    forms = (".webp", ".png", "_static.webp") if animated else (".webp", ".png")
    return {f"{multiple}x{form}" for multiple in SIZES for form in forms}
