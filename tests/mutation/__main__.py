"""`python -m tests.mutation NAME [PATTERN ...]`: change one folder in every small way and see whether its tests notice.

With --again, or patterns of mutants' names, only the survivors of the last run, or these, are tried, with the tests as
they are now, and no floor is asked for.
"""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.mutation.report import Mutant, counts, mutants, score, survivors
from tests.mutation.workspace import Part, lay, parts, project
from tests.nightly.shares import share

SLACK = 1.0  # percent above its floor at which a part asks for a higher one


def run(part: Part, patterns: list[str], workers: int) -> int:
    """mutmut in a session of its own, all of which is ended with it: a killed mutant leaves its redis-server behind."""
    venv = Path(sys.executable).parent
    path = f"{venv}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PATH": path}
    environment.pop("CHAT_NIGHTLY", None)
    command = [sys.executable, "-m", "tests.mutation.engine", str(workers), str(part.patience_s), *patterns]
    with (part.workspace / "log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=part.workspace, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            return process.wait()
        finally:
            end(process.pid)


def end(session: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def verdict(part: Part, reached: float) -> tuple[int, str]:
    """The exit code and one sentence."""
    floor = float(project()["strixun"]["floors"][f"mutation_{part.name}"])
    whole = "" if part.share == (1, 1) else f", share {part.share[0]} of {part.share[1]}"
    words = f"{part.folder}{whole}: {reached:.1f} % of the changes noticed, floor {floor:.1f}"
    if reached < floor:
        return 1, f"{words}: FELL BELOW"
    if reached > floor + SLACK and part.share == (1, 1):
        return 0, f"{words}: raise mutation_{part.name} in pyproject.toml to {int(reached * 10) / 10}"
    return 0, words


def main() -> int:
    known = parts()
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("part", choices=sorted(known))
    parser.add_argument("patterns", nargs="*", metavar="PATTERN")
    parser.add_argument("--again", action="store_true")
    parser.add_argument(
        "--share", type=share, default=(1, 1), metavar="1/2", help="of its functions; tonight/2: by date"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # or the processes below would go on
    part = replace(known[options.part], share=options.share)
    if (options.again or len(options.patterns) > 0) and not part.workspace.is_dir():
        parser.error(f"{part.workspace.name} was not run here yet: run it without patterns first")
    patterns = left(part) if options.again else options.patterns
    if len(patterns) == 0:
        lay(part)
    code = run(part, patterns or part.patterns, options.workers)
    if code != 0:
        print(re.sub(r"[^\n]*\r", "", (part.workspace / "log").read_text("utf-8"))[-4000:])
        print(f"{part.folder}: mutmut itself failed with {code}")
        return 1
    return tell(part, patterns)


def left(part: Part) -> list[str]:
    """The survivors of the last run, by name."""
    return [mutant.name for mutant in survivors(judged(part, part.patterns))]


def judged(part: Part, patterns: list[str]) -> list[Mutant]:
    """The mutants with such names: of a file that a share has a part of, the others were not tried."""
    os.chdir(part.workspace)
    return [one for one in mutants(part.files) if any(fnmatch.fnmatch(one.name, pattern) for pattern in patterns)]


def tell(part: Part, patterns: list[str]) -> int:
    """The survivors, the numbers, and the verdict in the last line."""
    found = judged(part, patterns or part.patterns)
    print(*(mutant.shown() for mutant in survivors(found)), sep="\n")
    print(counts(found))
    code, words = verdict(part, score(found)) if len(patterns) == 0 else (0, f"{part.folder}: only some were tried")
    print(words)
    return code


if __name__ == "__main__":
    sys.exit(main())
