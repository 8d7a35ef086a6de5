"""The process that draws one picture anew, within bounds that the system holds it to: no files, no children, so much
memory and so many seconds of a core. It reads its bounds (a line of JSON) and the picture from its input, and writes a
line of JSON and the pictures, one after the other.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any, BinaryIO

LIBRARIES_BYTES = 256 * 1024 * 1024  # of address space that is mapped from files and takes no memory of its own


def main(source: BinaryIO, sink: BinaryIO) -> None:
    bounds = json.loads(source.readline())
    confine(bounds.pop("memory_bytes"), bounds.pop("cpu_s"))
    head, files = answer(source, bounds)
    sink.write(json.dumps(head).encode() + b"\n" + b"".join(files))
    sink.flush()


def confine(memory_bytes: int, cpu_s: int) -> None:
    """From now on. Raises OSError or ValueError where the system does not allow it: then nothing is decoded."""
    from PIL import AvifImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes + LIBRARIES_BYTES, memory_bytes + LIBRARIES_BYTES))


def answer(source: BinaryIO, bounds: dict[str, int]) -> tuple[dict[str, Any], list[bytes]]:
    """{"refused": word}, or size, motion and the files by name and length."""
    from signaling.emotes.drawn import Bounds
    from signaling.emotes.picture_form import Refused
    from signaling.emotes.pictures import redraw

    try:
        drawn = redraw(source.read(), Bounds(**bounds))
    except Refused as refused:
        return {"refused": refused.word}, []
    except MemoryError:
        return {"refused": "effort"}, []
    except Exception:  # Pillow raises SyntaxError, struct.error, OSError and more for what it cannot read
        return {"refused": "broken"}, []
    files = [[name, len(body)] for name, body in drawn.files.items()]
    head = {"width": drawn.width, "height": drawn.height, "animated": drawn.animated, "files": files}
    return head, list(drawn.files.values())


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
