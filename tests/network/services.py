"""The services as they are hosted: Redis, sign-in, signaling with two workers, mail, STUN and TURN, each a program."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from subprocess import Popen

from auth.key_folder import new_folder
from auth.keys import service_key
from tests.network.namespaces import PATIENCE_S, Namespace, inside, until
from tests.network.site import AUTH_PORT, MAIL_PORT, PAGE_PORT, ROOT, SIGNALING_PORT
from tests.network.street import SERVER

REDIS_PORT, TURN_PORT = 6379, 3478
REDIS = f"redis://127.0.0.1:{REDIS_PORT}"
TURN_SECRET = "only-for-tests-and-so-nobody-else"
TURN = f"turn:{SERVER}:{TURN_PORT}?transport"
# By day the street shares two cores with every other test.
PATIENCE_MS = "5000"
# The mail of a whole street goes to one provider, and homes with many people have one address.
MANY = str(10**6)
SENDS = ("IP_HOUR", "IP_DAY", "NETWORK_HOUR", "DOMAIN_HOUR", "ORIGIN_HOUR")
# One of several workers may take seconds until it reads what came to the port that they share.
ASK = """import http.client, sys
asked = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=float(sys.argv[2]))
asked.request("GET", "/health/live")
asked.getresponse()"""


class Program:
    """One of them. Stopped it ends what it does, killed it does not."""

    def __init__(self, at: Namespace, port: int, log: Path, command: tuple[str, ...], more: dict[str, str]) -> None:
        self._at = at
        self._port = port
        self._log = log
        self._command = command
        self._more = {"PYTHONPATH": str(ROOT), **more}
        self._way_in: Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as out:
            self._way_in = self._at.start(*self._command, out=out, more=self._more)
        until(self._listens, f"{self._log.stem} does not start: {self._log}")
        if self._port in (AUTH_PORT, SIGNALING_PORT):
            self._at.run(sys.executable, "-c", ASK, str(self._port), str(PATIENCE_S))

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def workers(self) -> list[int]:
        """The processes that a service with several has for its work."""
        return [number for number in self._children() if b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes()]

    def _end(self, number: signal.Signals) -> None:
        """Who is killed is not asked to end its children, so they are killed too, as a machine that crashes would."""
        if self._way_in is not None and self._way_in.poll() is None:
            children = self._children() if number == signal.SIGKILL else []
            for process in (inside(self._way_in), *children):
                with suppress(ProcessLookupError):
                    os.kill(process, number)
            self._way_in.wait(PATIENCE_S)

    def _children(self) -> list[int]:
        assert self._way_in is not None
        number = inside(self._way_in)
        return [int(word) for word in Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()]

    def _listens(self) -> bool:
        assert self._way_in is not None
        assert self._way_in.poll() is None, f"{self._log.stem} ended: {self._log.read_text('utf-8')}"
        return self._at.run("ss", "-Hltn", f"sport = :{self._port}") != ""


class Services:
    """All in one namespace; what they say is in `folder`."""

    def __init__(self, at: Namespace, folder: Path) -> None:
        new_folder(folder / "keys", f"http://127.0.0.1:{AUTH_PORT}", int(time.time()))
        self.key = service_key(folder / "keys")

        def program(name: str, port: int, *command: str, **more: str) -> Program:
            return Program(at, port, folder / f"{name}.log", command, more)

        self.redis = program("redis", REDIS_PORT, *_redis())
        self.site = program("site", PAGE_PORT, sys.executable, "-m", "tests.network.site", self.key)
        self.auth = program("auth", AUTH_PORT, sys.executable, "-m", "auth", "serve", **_auth(folder))
        self.signaling = program("signaling", SIGNALING_PORT, *_signaling(), **_signaling_settings(self.key))
        self.turn = program("turn", TURN_PORT, *_turn())
        self._all = (self.redis, self.site, self.auth, self.signaling, self.turn)

    def start(self) -> None:
        for program in self._all:
            program.start()

    def kill_worker(self, which: int) -> None:
        """One of signaling's two; another takes its place."""
        os.kill(self.signaling.workers()[which], signal.SIGKILL)


def _redis() -> tuple[str, ...]:
    """Keeps nothing: started again it is empty."""
    return (_found("redis-server"), "--port", str(REDIS_PORT), "--save", "", "--appendonly", "no")


def _auth(folder: Path) -> dict[str, str]:
    return {
        "AUTH_KEY_FOLDER": str(folder / "keys"), "AUTH_HOST": "0.0.0.0", "AUTH_PORT": str(AUTH_PORT),
        "AUTH_DEVELOPMENT": "1", "AUTH_REDIS_URL": REDIS, "AUTH_SMTP_URL": f"smtp://127.0.0.1:{MAIL_PORT}",
        "REDIS_TIMEOUT_MS": PATIENCE_MS,
        "AUTH_VERIFY_IP_10MIN": MANY, **{f"AUTH_SEND_{name}": MANY for name in SENDS},
    }  # fmt: skip


def _signaling() -> tuple[str, ...]:
    options = ("--host", "0.0.0.0", "--port", str(SIGNALING_PORT), "--workers", "2")
    return (sys.executable, "-m", "signaling", "serve", *options)


def _signaling_settings(key: str) -> dict[str, str]:
    return {
        "SIGNALING_DEVELOPMENT": "1", "SIGNALING_SEVEN_TV": "0", "SIGNALING_REDIS_URL": REDIS, "SERVICE_KEY": key,
        "REDIS_TIMEOUT_MS": PATIENCE_MS,
        "SIGNALING_AUTH_URL": f"http://127.0.0.1:{AUTH_PORT}", "SIGNALING_SOCKETS_PER_WORKER": "300",
        "SIGNALING_STUN_URL": f"stun:{SERVER}:{TURN_PORT}",
        "SIGNALING_TURN_URL": f"{TURN}=udp,{TURN}=tcp", "SIGNALING_TURN_SECRET": TURN_SECRET,
    }  # fmt: skip


def _turn() -> tuple[str, ...]:
    return (
        _found("turnserver"), "-n", "--no-cli", "--no-tls", "--no-dtls", "--log-file=stdout", "--pidfile=",
        "--realm=chat.test", f"--listening-port={TURN_PORT}", f"--listening-ip={SERVER}", f"--relay-ip={SERVER}",
        "--use-auth-secret", f"--static-auth-secret={TURN_SECRET}",
    )  # fmt: skip


def _found(name: str) -> str:
    program = shutil.which(name)
    assert program is not None, f"no {name} on the PATH: run `make test`, or install it"
    return program
