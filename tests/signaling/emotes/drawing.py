"""Pictures that people send, and the process that draws them anew with what it cost."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw

from signaling.emotes.drawn import Bounds, Drawn
from signaling.emotes.picture_room import COMMAND, ROOT, PictureRoom, read
from signaling.limits import Limits

LIMITS = Limits()
BOUNDS = Bounds(
    LIMITS.emote_side_px, LIMITS.emote_aspect, LIMITS.emote_frames, LIMITS.emote_pixels, LIMITS.emote_picture_bytes
)

# A process of its own, small and new: the system counts to a child what its parent had when it was made.
_MEASURED = """
import json, resource, subprocess, sys
given = sys.stdin.buffer.read()
done = subprocess.run({command}, input=given, cwd={root!r}, env={{}}, capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
head = [done.returncode, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime]
sys.stdout.buffer.write(json.dumps(head).encode() + b"\\n" + done.stdout)
"""


@dataclass(frozen=True)
class Cost:
    """What the process said, its memory at its most, and how long a core worked."""

    said: bytes
    status: int
    memory_bytes: int
    cpu_s: float

    @property
    def refused(self) -> str:
        return str(json.loads(self.said.partition(b"\n")[0]).get("refused", "")) if self.said else "killed"

    def drawn(self) -> Drawn:
        return read(self.said)


def drawn_by_a_process(data: bytes, **limits: Any) -> Cost:
    given = PictureRoom(Limits.model_construct(**limits))._bounds() + data
    program = _MEASURED.format(command=list(COMMAND), root=str(ROOT))
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], input=given, capture_output=True, check=True)
    head, _, said = done.stdout.partition(b"\n")
    status, memory_bytes, cpu_s = json.loads(head)
    return Cost(said, status, memory_bytes, cpu_s)


def saved(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def still(width: int = 64, height: int = 64, form: str = "PNG", **options: Any) -> bytes:
    """A disc on nothing."""
    mode = "RGB" if form == "JPEG" else "RGBA"
    image = Image.new(mode, (width, height))
    ImageDraw.Draw(image).ellipse((0, 0, width - 1, height - 1), "orange")
    return saved(image, form, **options)


def moving(count: int, width: int = 32, height: int = 32, form: str = "GIF", **options: Any) -> bytes:
    """A bar that goes on; no two frames are alike."""
    frames = []
    for number in range(count):
        frame = Image.new("RGB", (width, height), (number * 2 % 256, number // 128 * 60, 90))
        ImageDraw.Draw(frame).rectangle((number % width, 0, number % width + 3, height), "red")
        frames.append(frame)
    return saved(frames[0], form, save_all=True, append_images=frames[1:], **{"duration": 50, **options})


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def png(width: int, height: int, *more: tuple[bytes, bytes], pixels: bytes | None = None) -> bytes:
    """Written by hand, with chunks that no program writes; `pixels` are the packed ones."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(b"\0" * ((width * 4 + 1) * height)) if pixels is None else pixels
    chunks = ((b"IHDR", head), *more, (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
