"""A deployment against a local server in the shape of Cloudflare's API, with the real wrangler where it uploads."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from build.cli import main
from build.cloudflare import BATCH, CloudflareRefused
from build.deploy import Deployment, DeployRefused, Settings
from build.folder import FolderRefused
from build.headers import headers_file
from build.integrity import SCRIPT, STYLE, hashes
from build.publish import HEADERS, MANIFEST, arrange, lay_version
from build.versions import Version
from tests.cloudflare.conftest import ROOT
from tests.fakes.cloudflare_api import ACCOUNT, PROJECT, TOKEN, ZONE, CloudflareApi, cloudflare_api
from tests.fakes.small_repository import begin, commit_all, git
from tests.fakes.way_out import way_out

# Stands where wrangler stands and says how it was called.
STAND_IN = """
const named = ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_BASE_URL', 'WRANGLER_SEND_METRICS']
console.log(JSON.stringify({ words: process.argv.slice(2), given: named.map((name) => process.env[name]) }))
if (require('fs').existsSync(__dirname + '/fail')) process.exit(3)
"""


@dataclass
class Site:
    """A checkout with releases, its CDN folder, and what a deployment said and waited."""

    root: Path
    api: CloudflareApi
    said: io.StringIO = field(default_factory=io.StringIO)
    paused_s: list[float] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / "cdn_dist"

    @property
    def deployment(self) -> Deployment:
        given = {"PATH": os.environ["PATH"], **self.api.settings}
        return Deployment(self.root, self.folder, given, self.said.write, self.paused_s.append)

    def wrangler(self, folder: Path | None = None) -> Path:
        """The stand-in's folder; the real one where `folder` is given."""
        place = self.root / ".work/cloudflare/node_modules/wrangler/bin"
        place.parent.mkdir(parents=True)
        if folder is not None:
            place.symlink_to(folder)
        else:
            place.mkdir()
            (place / "wrangler.js").write_text(STAND_IN)
        return place


@pytest.fixture
def api() -> Iterator[CloudflareApi]:
    with cloudflare_api() as server:
        yield server


def release(root: Path, text: str) -> None:
    """As a release leaves it: laid, listed, arranged and committed."""
    files = {SCRIPT: f"v = '{text}'\n".encode(), STYLE: b"p{}\n"}
    version = Version.parse(text)
    folder = root / "cdn_dist"
    folder.mkdir(exist_ok=True)
    lay_version(folder / version.folder, version, files)
    arrange(folder)
    listed = json.loads((root / "releases.json").read_text("utf-8"))
    (root / "releases.json").write_text(json.dumps({**listed, text: hashes(files)}), "utf-8")
    commit_all(root, f"Release {text}")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = begin(tmp_path_factory.mktemp("released") / "small")
    for text in ("1.0.0", "1.1.0"):
        release(root, text)
    return root


@pytest.fixture
def bare(released: Path, tmp_path: Path, api: CloudflareApi) -> Site:
    """Two releases, and no wrangler yet."""
    return Site(Path(shutil.copytree(released, tmp_path / "small")), api)


@pytest.fixture
def site(bare: Site) -> Site:
    bare.wrangler()
    return bare


@pytest.fixture
def real(bare: Site) -> Site:
    bare.wrangler(ROOT / ".work/cloudflare/node_modules/wrangler/bin")
    return bare


def served(folder: Path) -> dict[str, bytes]:
    files = {f"/{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if name != f"/{HEADERS}"}


def moving(site: Site) -> list[str]:
    exact = ("/v1.0.0/", "/v1.1.0/")
    return sorted(f"{site.api.origin}/cdn{path}" for path in served(site.folder) if not path.startswith(exact))


def called(site: Site) -> dict[str, list[str]]:
    """How the stand-in was called."""
    found: dict[str, list[str]] = json.loads(next(line for line in site.said.getvalue().splitlines() if "{" in line))
    return found


def test_wrangler_uploads_the_folder_and_only_what_moves_is_purged(real: Site) -> None:
    told = real.deployment.run(first=True)
    assert real.api.site == served(real.folder)
    assert real.api.form[HEADERS] == headers_file()
    assert real.api.form["branch"] == "main"
    assert real.api.form["commit_hash"] == git(real.root, "rev-parse", "HEAD").strip()
    purged = [address for batch in real.api.purged for address in batch]
    assert sorted(purged) == moving(real)
    assert max(len(batch) for batch in real.api.purged) <= BATCH
    assert told == f"1.0.0, 1.1.0 deployed\n{len(purged)} addresses purged"
    assert TOKEN not in real.said.getvalue()


def test_wrangler_asks_nobody_else(real: Site) -> None:
    """Neither for metrics nor for news: it knows the way out and does not take it."""
    with way_out() as out:
        given = {**real.deployment.given, **out.settings}
        Deployment(real.root, real.folder, given, real.said.write, real.paused_s.append).run(first=True)
        assert "Proxy environment variables detected" in real.said.getvalue()
        assert out.asked == []


@pytest.mark.parametrize("version", ["1.1.0", "1.2.0"])
def test_neither_a_changed_nor_an_unreleased_version_is_deployed(site: Site, version: str) -> None:
    lay_version(site.folder / f"v{version}", Version.parse(version), {SCRIPT: b"v = 0\n", STYLE: b"p{}\n"})
    arrange(site.folder)
    for act in (site.deployment.run, site.deployment.plan, site.deployment.purge):
        with pytest.raises(FolderRefused, match=rf"^deploy\.(changed|unreleased): .*v{version}"):
            act()
    assert site.api.asked == []


def test_a_second_deployment_sees_what_the_first_one_left(real: Site) -> None:
    real.deployment.run(first=True)
    release(real.root, "1.2.0")
    real.deployment.run()
    assert real.api.site == served(real.folder)
    assert f"GET /cdn/{MANIFEST}" in real.api.asked


def test_an_upload_that_cloudflare_refuses_is_an_error_and_nothing_is_purged(real: Site) -> None:
    real.api.fail("/deployments", 400, 8000096, "the manifest is not right")
    with pytest.raises(DeployRefused, match=r"^deploy\.upload: wrangler ended with 1; "):
        real.deployment.run(first=True)
    assert "the manifest is not right" in real.said.getvalue()
    assert real.api.purged == []


def test_wrangler_gets_the_folder_by_flags_and_the_token_by_the_environment(site: Site) -> None:
    site.deployment.run(first=True)
    how = called(site)
    head = git(site.root, "rev-parse", "HEAD").strip()
    assert how["words"] == [
        "pages", "deploy", str(site.folder), f"--project-name={PROJECT}", "--branch=main", f"--commit-hash={head}",
        "--commit-message=1.1.0", "--commit-dirty=false",
    ]  # fmt: skip
    assert how["given"] == ["***", ACCOUNT, f"{site.api.origin}/client/v4", "false"]
    assert TOKEN not in site.said.getvalue()


def test_the_production_branch_is_cloudflares_to_say(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site.api, "answer", lambda *_: {"production_branch": "live"})
    site.deployment.run(first=True)
    assert "--branch=live" in called(site)["words"]


def test_an_upload_that_fails_is_an_error_and_nothing_is_purged(site: Site) -> None:
    (site.root / ".work/cloudflare/node_modules/wrangler/bin/fail").touch()
    with pytest.raises(DeployRefused, match=r"^deploy\.upload: wrangler ended with 3; "):
        site.deployment.run(first=True)
    assert site.api.purged == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_bad_token_ends_it_before_anything_is_sent(site: Site, status: int) -> None:
    site.api.fail(f"/projects/{PROJECT}", status, 10000, f"Authentication error for {TOKEN}")
    with pytest.raises(CloudflareRefused) as refused:
        site.deployment.run(first=True)
    path = f"/accounts/{ACCOUNT}/pages/projects/{PROJECT}"
    assert str(refused.value) == (
        f"cloudflare.token: GET {path} answered {status}: Authentication error for *** (Cloudflare's code 10000)"
    )
    assert site.paused_s == []
    assert site.said.getvalue() == ""


def test_an_unknown_project_is_an_error(site: Site) -> None:
    site.api.fail(f"/projects/{PROJECT}", 404, 8000007, "Project not found")
    with pytest.raises(CloudflareRefused, match=r"^cloudflare\.refused: .* answered 404: Project not found"):
        site.deployment.run(first=True)


def test_a_server_error_is_tried_again(site: Site) -> None:
    for _ in range(3):
        site.api.fail("/purge_cache", 500, 1, "Internal")
    site.deployment.run(first=True)
    assert site.paused_s == [2.0, 2.0, 2.0]
    assert sorted(address for batch in site.api.purged for address in batch) == moving(site)


def test_a_server_that_stays_broken_is_an_error(site: Site) -> None:
    for _ in range(4):
        site.api.fail(f"/projects/{PROJECT}", 503)
    with pytest.raises(CloudflareRefused, match=r"^cloudflare\.unavailable: .* answered 503: "):
        site.deployment.run(first=True)
    assert len(site.paused_s) == 3


def test_a_server_that_is_not_there_is_an_error(site: Site) -> None:
    given = {**site.deployment.given, "CF_API_BASE_URL": "http://127.0.0.1:9"}
    with pytest.raises(CloudflareRefused, match=r"^cloudflare\.unreachable: ConnectError$"):
        Deployment(site.root, site.folder, given, site.said.write, site.paused_s.append).run(first=True)


def test_a_rate_limit_is_waited_for_as_long_as_it_says(site: Site) -> None:
    site.api.fail("/purge_cache", 429, 10014, "slow down", Retry_After="17")
    site.deployment.run(first=True)
    assert site.paused_s == [17.0]
    assert len(site.api.purged) == len(moving(site)) // BATCH + 1


def test_a_rate_limit_without_end_is_an_error(site: Site) -> None:
    site.api.fail(f"/projects/{PROJECT}", 429, 10014, "slow down", Retry_After="3600")
    with pytest.raises(CloudflareRefused, match=r"^cloudflare\.rate_limited: .* answered 429: slow down"):
        site.deployment.run(first=True)
    assert site.paused_s == []


def test_a_purge_that_fails_in_part_names_what_is_left_and_can_be_repeated(site: Site) -> None:
    left = moving(site)[:BATCH]
    site.api.fail("/purge_cache", 400, 1094, "Unable to purge")
    with pytest.raises(DeployRefused) as refused:
        site.deployment.run(first=True)
    first, *addresses = str(refused.value).splitlines()
    count = f"{BATCH} of {len(moving(site))} addresses are not purged"
    assert first.startswith(f"deploy.purge: {count}; cloudflare.refused: POST ")
    assert "Unable to purge (Cloudflare's code 1094)" in first
    assert addresses == left
    assert [address for batch in site.api.purged for address in batch] == moving(site)[BATCH:]
    site.api.purged.clear()
    assert site.deployment.purge() == f"{len(moving(site))} addresses purged"
    assert len(site.said.getvalue().splitlines()) == 1


def test_a_token_that_may_not_purge_is_told_after_the_upload(site: Site) -> None:
    site.api.fail("/purge_cache", 403, 10000, "Authentication error")
    with pytest.raises(DeployRefused, match=r"^deploy\.purge: nothing is purged; cloudflare\.token: .* --purge-only"):
        site.deployment.run(first=True)


def test_a_success_that_is_none_is_an_error(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.api.fail("/purge_cache", 200, 1012, "Request must contain one of purge_everything, files, tags")
    with pytest.raises(DeployRefused, match="answered 200: Request must contain"):
        site.deployment.run(first=True)


def test_a_dry_run_says_all_and_asks_nobody(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in site.api.settings.items():
        monkeypatch.setenv(name, value)
    assert main(["--root", str(site.root), "deploy", "--dry-run"]) == 0
    plan = capsys.readouterr().out
    assert site.api.asked == []
    assert TOKEN not in plan
    site.deployment.run(first=True)
    assert "serves  1.0.0, 1.1.0\n" in plan
    assert "moves   latest -> 1.1.0, v1 -> 1.1.0, v1.0 -> 1.0.0, v1.1 -> 1.1.0\n" in plan
    words = [word for word in called(site)["words"] if not word.startswith("--branch")]
    assert all(word in plan for word in words)
    bodies = [line.partition("purge_cache ")[2] for line in plan.splitlines() if "purge_cache" in line]
    assert [json.loads(body)["files"] for body in bodies] == site.api.purged
    assert f"POST {site.api.origin}/client/v4/zones/{ZONE}/purge_cache" in plan


def test_a_dry_run_needs_no_settings(site: Site) -> None:
    plan = Deployment(site.root, site.folder, {}, site.said.write, site.paused_s.append).plan()
    assert "https://api.cloudflare.com/client/v4/zones/$CF_ZONE_ID/purge_cache" in plan
    assert '"https://chat-cdn.idling.app/latest/chat-widget.iife.min.js"' in plan


def test_settings_that_are_missing_are_named_all_at_once() -> None:
    with pytest.raises(DeployRefused, match=r"^deploy\.setting: the environment lacks CF_API_TOKEN, CF_ZONE_ID$"):
        Settings.read({"CF_ACCOUNT_ID": "a", "CF_ZONE_ID": ""})


def test_the_reason_of_a_refusal_is_what_the_terminal_shows(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("CF_API_TOKEN", "CF_ACCOUNT_ID", "CF_ZONE_ID"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--root", str(site.root), "deploy"]) == 1
    assert capsys.readouterr().err == "deploy.setting: the environment lacks CF_API_TOKEN, CF_ACCOUNT_ID, CF_ZONE_ID\n"


def test_a_release_that_is_not_here_is_taken_back_from_the_cdn(site: Site) -> None:
    """A fresh clone builds the newest version only, and a deployment replaces the whole site."""
    site.api.site = served(site.folder)
    before = served(site.folder)
    shutil.rmtree(site.folder / "v1.0.0")
    shutil.rmtree(site.folder / "v1.0")
    assert "GET " + site.api.origin + "/cdn/v1.0.0/*" in site.deployment.plan()
    site.deployment.run()
    assert served(site.folder) == before
    assert site.said.getvalue().splitlines()[0] == f"restored 1.0.0 from {site.api.origin}/cdn"


def test_a_release_that_the_cdn_serves_with_other_bytes_is_not_believed(site: Site) -> None:
    site.api.site = {**served(site.folder), f"/v1.0.0/{SCRIPT}": b"alert(1)"}
    shutil.rmtree(site.folder / "v1.0.0")
    with pytest.raises(FolderRefused, match=rf"^restore\.changed: .* other bytes for 1\.0\.0: {SCRIPT}$"):
        site.deployment.run()
    assert not (site.folder / "v1.0.0").exists()


def test_a_release_that_is_nowhere_is_to_be_built_from_its_tag(site: Site) -> None:
    shutil.rmtree(site.folder / "v1.0.0")
    with pytest.raises(FolderRefused, match=r"^restore\.missing: .* git worktree add \.\./v1\.0\.0 v1\.0\.0$"):
        site.deployment.run(first=True)
    assert site.api.purged == []


def test_a_version_that_only_the_cdn_knows_is_not_removed(site: Site) -> None:
    site.deployment.run(first=True)
    site.api.site = served(site.folder)
    git(site.root, "checkout", "--quiet", "HEAD~1", "--", "releases.json")
    shutil.rmtree(site.folder / "v1.1.0")
    arrange(site.folder)
    with pytest.raises(DeployRefused, match=r"^deploy\.would_remove: the CDN serves 1\.1\.0, which"):
        site.deployment.run()


def test_a_version_that_the_cdn_serves_otherwise_is_not_replaced(site: Site) -> None:
    live = json.loads((site.folder / MANIFEST).read_bytes())
    live["versions"]["1.0.0"]["files"][STYLE]["integrity"] = "sha384-other"
    site.api.site = {f"/{MANIFEST}": json.dumps(live).encode()}
    with pytest.raises(DeployRefused, match=rf"^deploy\.would_change: the CDN serves 1\.0\.0 with other {STYLE}$"):
        site.deployment.run()


@pytest.mark.parametrize(
    ("live", "said"), [(b"<html>", "is not our manifest"), (b'{"versions": []}', "is not our manifest")]
)
def test_a_cdn_that_is_not_ours_is_an_error(site: Site, live: bytes, said: str) -> None:
    site.api.site = {f"/{MANIFEST}": live}
    with pytest.raises(DeployRefused, match=rf"^deploy\.cdn_unreachable: .* {said}$"):
        site.deployment.run()


def test_a_cdn_that_cannot_be_asked_is_an_error(site: Site) -> None:
    site.api.fail(f"/{MANIFEST}", 522)
    with pytest.raises(DeployRefused, match=r"^deploy\.cdn_unreachable: .* answered 522$"):
        site.deployment.run()
    given = {**site.deployment.given, "CDN_BASE_URL": "http://127.0.0.1:9"}
    with pytest.raises(DeployRefused, match=r"^deploy\.cdn_unreachable: .* say --first$"):
        Deployment(site.root, site.folder, given, site.said.write, site.paused_s.append).run()
    assert site.said.getvalue() == ""
