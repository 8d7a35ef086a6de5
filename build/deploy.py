"""A deployment: take back what is missing, check the folder, upload it with wrangler, purge what moves."""

from __future__ import annotations

import json
import shlex
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from build.cloudflare import API, Cloudflare, CloudflareRefused, batches
from build.folder import Folder, checked_folder, missing_releases
from build.integrity import CDN_ORIGIN
from build.publish import MANIFEST, arrange
from build.repository import Repository
from build.restore import restore
from build.versions import differing, read_releases
from build.wrangler import wrangler_command, wrangler_surroundings

UPLOAD_TIMEOUT_S = 900
LIVE_TIMEOUT_S = 30.0
NEEDED = ("CF_API_TOKEN", "CF_ACCOUNT_ID", "CF_ZONE_ID")
WITH_DEFAULT = {"CF_PAGES_PROJECT": "chat-widget-cdn", "CDN_BASE_URL": CDN_ORIGIN, "CF_API_BASE_URL": API}
BRANCH = "its production branch"
AGAIN = "`python -m build deploy --purge-only` tries again, and browsers ask anew after five minutes anyway"


class DeployRefused(Exception):
    """`code` is stable; the message says what to do and holds no token."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


@dataclass(frozen=True)
class Settings:
    """Of the environment, by these names in capitals: CF_API_TOKEN, CF_ACCOUNT_ID, ..."""

    token: str
    account: str
    zone: str
    project: str
    base: str
    api: str

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Settings:
        missing = [name for name in NEEDED if given.get(name, "") == ""]
        if len(missing) > 0:
            raise DeployRefused("deploy.setting", f"the environment lacks {', '.join(missing)}")
        return cls.shown(given)

    @classmethod
    def shown(cls, given: Mapping[str, str]) -> Settings:
        """For a dry run: the name stands where a value is not given, and always for the token."""
        values = [given.get(name) or f"${name}" for name in NEEDED]
        values += [(given.get(name) or default).rstrip("/") for name, default in WITH_DEFAULT.items()]
        return cls(*values)


@dataclass(frozen=True)
class Deployment:
    """`given` is the environment, `write` gets lines for the terminal, `pause` gets seconds."""

    root: Path
    target: Path
    given: Mapping[str, str]
    write: Callable[[str], object]
    pause: Callable[[float], object]

    def run(self, first: bool = False) -> str:
        """What to say at the end. `first` is for a CDN that is not there yet.

        Raises DeployRefused, FolderRefused, CloudflareRefused, WranglerMissing.
        """
        settings = Settings.read(self.given)
        releases = read_releases(self.root / "releases.json")
        self._restore(settings, releases)
        folder = checked_folder(self.target, releases)
        if not first:
            refuse_removal(settings.base, releases)
        cloudflare = self._cloudflare(settings)
        branch = cloudflare.production_branch(settings.account, settings.project)
        self._upload(settings, self._command(settings, folder, branch))
        return f"{self._names(folder)} deployed\n{self._purge(settings, folder)}"

    def purge(self) -> str:
        """Only the last step, for when it failed."""
        settings = Settings.read(self.given)
        return self._purge(settings, checked_folder(self.target, read_releases(self.root / "releases.json")))

    def plan(self) -> str:
        """All that `run` would do; asks nobody and writes nothing."""
        settings = Settings.shown({**self.given, "CF_API_TOKEN": ""})
        releases = read_releases(self.root / "releases.json")
        missing = missing_releases(self.target, releases)
        steps = [f"GET {settings.base}/{version.folder}/*, hashes as in releases.json" for version in missing]
        if len(missing) > 0:
            return "\n".join(["dry run, nothing is sent", *steps, "then the folder is whole, and the rest can be said"])
        folder = checked_folder(self.target, releases)
        moving = ", ".join(f"{name} -> {version}" for name, version in folder.moving.items())
        purge = f"POST {settings.api}/zones/{settings.zone}/purge_cache"
        steps = [
            "dry run, nothing is sent",
            f"serves  {self._names(folder)}",
            f"moves   {moving}",
            f"files   {len(folder.sizes):,}, {sum(folder.sizes.values()):,} bytes",
            f"GET {settings.base}/{MANIFEST}: no version there may be missing or other here",
            f"GET {settings.api}/accounts/{settings.account}/pages/projects/{settings.project}: {BRANCH}",
            f"RUN {shlex.join(self._command(settings, folder, BRANCH))}",
            "    with CLOUDFLARE_API_TOKEN=$CF_API_TOKEN CLOUDFLARE_ACCOUNT_ID=" + settings.account,
            *(f"{purge} {json.dumps({'files': batch})}" for batch in batches(self._moving(settings, folder))),
        ]
        return "\n".join(steps)

    def _restore(self, settings: Settings, releases: Mapping[str, Mapping[str, str]]) -> None:
        restored = restore(self.target, releases, settings.base)
        if len(restored) > 0:
            arrange(self.target)
            self.write(f"restored {', '.join(map(str, restored))} from {settings.base}\n")

    def _command(self, settings: Settings, folder: Folder, branch: str) -> list[str]:
        head = Repository(self.root).head()
        options = {"project-name": settings.project, "branch": branch, "commit-hash": head}
        options |= {"commit-message": str(folder.versions[-1]), "commit-dirty": "false"}
        flags = [f"--{name}={value}" for name, value in options.items()]
        return [*wrangler_command(self.root), "pages", "deploy", str(self.target), *flags]

    def _upload(self, settings: Settings, command: list[str]) -> None:
        with tempfile.TemporaryDirectory(prefix="strixun-deploy-") as name:
            surroundings = wrangler_surroundings(self.given, Path(name))
            surroundings |= {"CLOUDFLARE_API_TOKEN": settings.token, "CLOUDFLARE_ACCOUNT_ID": settings.account}
            surroundings["CLOUDFLARE_API_BASE_URL"] = settings.api
            process = subprocess.Popen(  # noqa: S603 - the pinned program with our own arguments
                command,
                cwd=name,
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            limit = threading.Timer(UPLOAD_TIMEOUT_S, process.kill)
            limit.start()
            try:
                assert process.stdout is not None
                with process.stdout:
                    for line in process.stdout:
                        self.write(line.replace(settings.token, "***"))
                ended = process.wait()
            finally:
                limit.cancel()
                process.kill()
        if ended != 0:
            raise DeployRefused("deploy.upload", f"wrangler ended with {ended}; the CDN serves what it served before")

    def _purge(self, settings: Settings, folder: Folder) -> str:
        addresses = self._moving(settings, folder)
        try:
            purged = self._cloudflare(settings).purge(settings.zone, addresses)
        except CloudflareRefused as refused:
            raise DeployRefused("deploy.purge", f"nothing is purged; {refused}; {AGAIN}") from refused
        if len(purged.left) > 0:
            listed = "\n".join(purged.left)
            reasons = "; ".join(purged.reasons)
            count = f"{len(purged.left)} of {len(addresses)} addresses are not purged"
            raise DeployRefused("deploy.purge", f"{count}; {reasons}; {AGAIN}\n{listed}")
        return f"{len(purged.done)} addresses purged"

    def _cloudflare(self, settings: Settings) -> Cloudflare:
        return Cloudflare(settings.token, self.pause, settings.api)

    def _moving(self, settings: Settings, folder: Folder) -> list[str]:
        return [settings.base + path for path in folder.moving_paths]

    def _names(self, folder: Folder) -> str:
        return ", ".join(map(str, folder.versions))


def refuse_removal(base: str, releases: Mapping[str, Mapping[str, str]]) -> None:
    """Raises DeployRefused where the CDN serves a version that this checkout does not know, or knows otherwise."""
    address = f"{base}/{MANIFEST}"
    try:
        answer = httpx.get(address, timeout=LIVE_TIMEOUT_S)
    except httpx.TransportError as error:
        text = f"GET {address}: {type(error).__name__}; where there is no CDN yet, say --first"
        raise DeployRefused("deploy.cdn_unreachable", text) from error
    if answer.status_code == 404:
        return
    if answer.status_code != 200:
        raise DeployRefused("deploy.cdn_unreachable", f"GET {address} answered {answer.status_code}")
    for version, told in _live_versions(answer).items():
        if version not in releases:
            text = f"the CDN serves {version}, which releases.json here does not list: bring it up to date first"
            raise DeployRefused("deploy.would_remove", text)
        changed = differing(releases[version], told)
        if len(changed) > 0:
            raise DeployRefused("deploy.would_change", f"the CDN serves {version} with other {', '.join(changed)}")


def _live_versions(answer: httpx.Response) -> dict[str, dict[str, str]]:
    try:
        versions: dict[str, Any] = answer.json()["versions"]
        return {
            version: {name: str(fact["integrity"]) for name, fact in entry["files"].items()}
            for version, entry in versions.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DeployRefused("deploy.cdn_unreachable", f"{answer.url} is not our manifest") from error
