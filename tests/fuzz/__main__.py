"""`python -m tests.fuzz [TARGET ...]`: look for inputs that make a parser stumble, two targets at a time.

What was found to be interesting stays in .work/fuzz/ for the next time, and so does an input that shows a fault.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.targets import TARGETS, seeds_of
from tests.nightly.shares import share, shared

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".work" / "fuzz"
AT_ONCE = 2
HANGS_S = 60  # beyond its time
OPTIONS = ("-max_len=20000", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1")
RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
MISSING = "the fuzzer is missing: pip install -r requirements-fuzz.lock (Linux on x86_64)"


@dataclass(frozen=True)
class Found:
    name: str
    runs: int
    fault: str  # "" for none


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"none: all of {' '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=300, help="each (300)")
    parser.add_argument("--share", type=share, default=(1, 1), help="of the targets, as 1/4 or tonight/4")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.targets if name not in TARGETS]
    if len(unknown) > 0:
        parser.error(f"no such target: {' '.join(unknown)}")
    if importlib.util.find_spec("atheris") is None:
        print(MISSING)
        return 1
    names = shared(options.targets or list(TARGETS), options.share, lambda name: 1)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return verdict(pool.map(lambda name: fuzzed(name, options.seconds), names))


def fuzzed(name: str, seconds: int) -> Found:
    corpus, seeds = FOLDER / name / "corpus", FOLDER / name / "seeds"
    for folder in (corpus, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds_of(TARGETS[name])):
        (seeds / str(number)).write_bytes(data)
    limits = (f"-max_total_time={seconds}", f"-artifact_prefix={FOLDER / name}/", *OPTIONS)
    command = [sys.executable, "-m", "tests.fuzz.one", name, *limits, str(corpus), str(seeds)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=seconds + HANGS_S, check=False
        )
    except subprocess.TimeoutExpired:
        return Found(name, 0, "it hangs")
    runs = RUNS.search(done.stderr)
    count = 0 if runs is None else int(runs[1])
    if done.returncode == 0 and count > 0:
        return Found(name, count, "")
    return Found(name, count, f"{done.stdout[-3000:]}{done.stderr[-3000:]}")


def verdict(found: Iterable[Found]) -> int:
    """Says of each what came out; the last line is the outcome."""
    all_of_them: list[Found] = []
    for one in found:
        all_of_them.append(one)
        print(f"{one.name}: {one.runs} inputs{'' if one.fault == '' else ': FAULT'}\n{one.fault}".rstrip(), flush=True)
    faulty = [one.name for one in all_of_them if one.fault != ""]
    inputs = sum(one.runs for one in all_of_them)
    names = " ".join(one.name for one in all_of_them)
    print(f"{names}: {inputs} inputs, {len(faulty)} at fault {' '.join(faulty)}".rstrip())
    return 1 if len(faulty) > 0 else 0


if __name__ == "__main__":
    sys.exit(main())
