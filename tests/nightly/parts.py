"""The long tests as parts of at most ten minutes on two cores, each of which can be run alone."""

from __future__ import annotations

from dataclasses import dataclass

LIMIT_S = 600  # what a part may take on two cores: one that takes longer has failed
HANGS_S = 3 * LIMIT_S  # a part that takes this long is ended


@dataclass(frozen=True)
class Part:
    """`arguments` follow `python`; the last line that the command prints is its outcome."""

    name: str
    what: str
    arguments: tuple[str, ...]


def _tests(name: str, what: str, *arguments: str, workers: str = "auto") -> Part:
    return Part(name, what, ("-m", "pytest", "-q", "-n", workers, "--dist", "worksteal", "--durations=5", *arguments))


def _codecs(name: str, what: str, which: str) -> Part:
    files = ("tests/widget/wire", "tests/auth/test_small_parts.py", "tests/signaling/test_signals.py")
    return _tests(name, what, *files, "-k", which)


def _browser(name: str, what: str, *files: str) -> Part:
    return _tests(name, what, *[f"tests/browser/test_{file}.py" for file in files])


def _mutation(folder: str, nights: int) -> Part:
    """Every file once in so many nights."""
    what = f"small changes to {folder}: do its tests notice? Each night another share of {nights}"
    return Part(f"mutation-{folder}", what, ("-m", "tests.mutation", folder, "--share", f"tonight/{nights}"))


def _networks(name: str, what: str, *files: str) -> Part:
    """In one process: its browsers and services take all cores."""
    return _tests(f"network-{name}", what, *[f"tests/network/test_{file}.py" for file in files], workers="0")


def _simulation(name: str, what: str, *files: str) -> Part:
    return _tests(f"simulation-{name}", what, *[f"tests/simulation/test_{file}.py" for file in files])


def _machines(name: str, what: str) -> Part:
    """One at a time: what is tested on the bare machine takes all cores."""
    return _tests(f"machines-{name}", what, f"tests/machines/test_{name}.py", workers="0")


def _hosting(name: str, suite: str) -> Part:
    what = f"docs/HOSTING.md on an empty Debian ({suite}): nginx, Caddy, coturn, mail, TLS, two browsers that talk"
    return _tests(f"hosting-{name}", what, "tests/hosting/test_page.py", "-k", suite, workers="0")


VARIED = ("other_browsers", "strict", "third_party", "accessibility", "storage")  # tests with more to try by night
BROKEN = "noise or changed_good"  # in names of tests

PARTS = (
    _tests("programs", "random programs, others every night, on CPython and compiled", "tests/parity/test_fuzz.py"),
    Part("strangers", "CPython's own tests, where the subset has them, compiled too", ("-m", "tests.strangers")),
    _tests(
        "sources", "changed sources, others every night: both parsers take and refuse alike, nothing breaks",
        "tests/compiler/test_sources.py",
    ),
    _tests(
        "patterns",
        "random regular expressions, and every order of evaluation, on CPython and compiled",
        "tests/compiler/test_patterns.py",
        "tests/parity/test_evaluation_order.py",
    ),
    _codecs("bytes", "random and broken bytes for every decoder", BROKEN),
    _codecs("values", "random values, written and read again by every codec", f"not ({BROKEN})"),
    _tests(
        "crypto",
        "random attacks on frames and handshakes; storms of joins and cuts; state machines, that of logs too",
        "tests/widget/crypto",
        "tests/widget/room/test_log_machine.py",
    ),
    Part(
        "fuzz",
        "parsers under a fuzzer that sees what they run: each night others, two for five minutes",
        ("-m", "tests.fuzz", "--seconds", "300", "--share", "tonight/10"),
    ),
    _tests(
        "text",
        "random text for the message tokenizer, random names",
        "tests/widget/ui/test_tokens.py",
        "tests/widget/wire/test_names.py",
    ),
    _networks("cuts", "networks and services that go away and come back", "cuts", "services"),
    _networks("away", "three minutes without a network, and another address", "away"),
    _networks("paths", "firewalls, TURN, clocks, bad lines, sixteen at once", "paths", "clocks", "bad_line", "many"),
    _tests("adversary", "a member and a service that do what they like: a fifteenth of 500 seeds", "tests/adversary"),
    _simulation("faults", "rooms as logs, 500 runs a kind: networks and people", "honest"),
    _simulation("members", "the same with one member who lies about what is said", "lying_members"),
    _simulation("stewards", "the same with a liar who makes epochs or is first", "lying_stewards"),
    _simulation(
        "seats", "the same with a liar who has power, was removed, has just come; signs of life asked for",
        "lying_seats", "asked",
    ),
    _tests("class", "thirty people behind one address, in within 3 s", "tests/signaling/test_class.py", workers="0"),
    _tests("sites", "the servers of docs/SITE_LOGIN.md sign visitors in: six frameworks", "tests/sites", workers="0"),
    _tests(
        "rest", "calls made of the OpenAPI files; sign-ins, renewals and ends at once at two workers",
        "tests/rest", "tests/auth/test_two_workers.py", workers="0",
    ),
    _browser("browser", "other browsers, pages with a past, storage that fails, each look by axe", *VARIED),
    _tests("bench", "lists, keys, letters and puzzles of `make bench`, each run once and small", "tests/bench/runs"),
    Part("emoji", "the emoji beside the script are what emojibase and CLDR give", ("-m", "build", "emoji", "--check")),
    _mutation("crypto", 6),
    _mutation("core", 2),
    _mutation("account", 2),
    _mutation("room", 48),
    _mutation("chat", 2),
    _mutation("transport", 4),
    _mutation("auth", 16),
    _machines("demo", "`make demo` on bare Debian 12 and 13, and two browsers that talk over it"),
    _hosting("debian12", "bookworm"),
    _hosting("debian13", "trixie"),
    _machines("nodes", "the build and the demo under Node 20, 22, 24 and none"),
    _machines("debian12", "`make test` on a bare Debian 12 without Node, as root: each night the other half"),
    _machines("debian13", "`make test` on a bare Debian 13 with Node 22, not as root: the half that 12 does not run"),
)
