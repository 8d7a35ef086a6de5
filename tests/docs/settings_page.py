"""The tables of docs/SETTINGS.md: `python -m tests.docs.settings_page` writes them anew from the commands they name."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import auth.__main__
import signaling.__main__

PAGE = Path(__file__).parents[2] / "docs/SETTINGS.md"
TABLE = re.compile(r"(<!-- python -m (auth|signaling) settings --markdown -->\n).*?(<!-- end -->)", re.S)
COMMANDS = {"auth": auth.__main__.main, "signaling": signaling.__main__.main}


def written(page: str) -> str:
    """`page` with what the commands print now."""
    return TABLE.sub(lambda found: found[1] + _printed(found[2]) + found[3], page)


def _printed(service: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        COMMANDS[service](["settings", "--markdown"])
    return out.getvalue()


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
