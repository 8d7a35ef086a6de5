"""`python -m tests.nightly [list | PART ...]`: run the long tests, all parts or the named ones."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import machine
from tests.nightly.outcomes import RESULTS, Outcome, keep
from tests.nightly.parts import HANGS_S, LIMIT_S, PARTS, Part

ROOT = Path(__file__).parents[2]
NAMES = tuple(part.name for part in PARTS)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.nightly", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="`list` prints their names; none: all of them")
    parser.add_argument("--json", action="store_true", help="the list as a JSON array of names")
    parser.add_argument("--check", action="store_true", help="only see whether there are such parts")
    options = parser.parse_args(arguments)
    if options.parts == ["list"]:
        print(json.dumps(NAMES) if options.json else "\n".join(f"{part.name:<20} {part.what}" for part in PARTS))
        return 0
    wanted = [name for text in options.parts for name in text.split()]
    unknown = [name for name in wanted if name not in NAMES]
    if len(unknown) > 0:
        parser.error(f"no such part: {' '.join(unknown)}. Parts are: {' '.join(NAMES)}")
    if options.check:
        return 0
    try:
        return run_all([part for part in PARTS if len(wanted) == 0 or part.name in wanted])
    except KeyboardInterrupt:
        return 130  # who ends it knows why


def run_all(parts: list[Part]) -> int:
    """Every part is run, whatever became of the one before. 0 if all passed."""
    failed = [part.name for part in parts if not run(part)]
    print(f"nightly: {len(parts) - len(failed)} passed, {len(failed)} failed {' '.join(failed)}".rstrip())
    return 1 if len(failed) > 0 else 0


def run(part: Part) -> bool:
    print(f"nightly: {part.name}: {part.what}", flush=True)
    begun, commit = time.monotonic(), _commit()
    code, words = _words_of(part)
    took_s = time.monotonic() - begun
    minutes, late = took_s / 60, took_s > LIMIT_S
    passed = code == 0 and not late
    outcome = f"{'passed' if passed else 'FAILED'}: {f'over {LIMIT_S // 60} minutes: ' if late else ''}{words}"
    print(f"nightly: {part.name}: {outcome} ({minutes:.1f} minutes)", flush=True)
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    keep(Outcome(part.name, today, commit, f"{minutes:.1f}", outcome, machine()), NAMES)
    return passed


def _words_of(part: Part) -> tuple[int, str]:
    """The exit code and the last line; everything is passed on as it comes."""
    words = "printed nothing"
    command = ["timeout", "--kill-after=30", str(HANGS_S), sys.executable, *part.arguments]
    environment = os.environ | {"CHAT_NIGHTLY": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            for line in running.stdout:
                sys.stdout.write(line)
                words = line.strip() or words
        except KeyboardInterrupt:
            running.send_signal(signal.SIGINT)  # Ctrl-C does not reach it: `timeout` makes a group of its own
            running.communicate()
            raise
    return running.returncode, words


def _commit() -> str:
    """The short name of what was tested; "+" where something besides the results is not committed."""
    name = _git("rev-parse", "--short=7", "HEAD")
    changed = _git("status", "--porcelain", "--", ".", f":!{RESULTS.relative_to(ROOT)}")
    return name + ("+" if changed != "" else "")


def _git(*arguments: str) -> str:
    return subprocess.check_output(["git", *arguments], cwd=ROOT, text=True).strip()


if __name__ == "__main__":
    sys.exit(main())
