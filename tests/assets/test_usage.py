"""The pages about versions and releases say what the build and the deployment do."""

from __future__ import annotations

import re
from pathlib import Path

from build.headers import FOREVER, SHORT, headers_for
from build.integrity import SCRIPT, STYLE, script_tag, style_tag
from build.link import CJS, ESM, READABLE, READABLE_STYLE
from build.pipeline import TYPES
from build.publish import MANIFEST
from build.versions import Version, aliases, is_exact, is_moving, project_version, read_releases

ROOT = Path(__file__).resolve().parents[2]
USAGE = (ROOT / "docs/CDN_USAGE.md").read_text("utf-8")
MIGRATION = (ROOT / "docs/MIGRATION.md").read_text("utf-8")
RELEASING = (ROOT / "docs/RELEASING.md").read_text("utf-8")
SECTION = USAGE.split("## Versions, caching, integrity")[1].split("\n## ")[0]
CODE = re.compile(r"\"((?:release|deploy|restore|cloudflare)\.[a-z_]+)\"")


def rows(text: str, heading: str) -> list[list[str]]:
    """The cells of the table that begins with `heading`."""
    table = text.split(heading)[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]


def example() -> Version:
    """The exact version that the page writes; its address never goes away."""
    versions = {Version.parse(text) for text in re.findall(r"/v(\d+\.\d+\.\d+)/", SECTION)}
    (version,) = versions
    return version


def test_the_example_is_a_version_that_exists() -> None:
    listed = {Version.parse(text) for text in read_releases(ROOT / "releases.json")}
    assert example() in {project_version(ROOT), *listed}


def test_the_table_of_addresses_says_how_each_is_cached() -> None:
    fixed, moving = rows(SECTION, "| address |")
    (address,) = re.findall(r"`/([^`/]+)/`", fixed[0])
    assert address == example().folder
    assert is_exact(address)
    assert headers_for(f"/{address}/{SCRIPT}")["Cache-Control"] == FOREVER == "public, max-age=31536000, immutable"
    assert fixed[2] == "one year, immutable"
    names = re.findall(r"`/([^`/]+)/`", moving[0])
    assert set(names) == set(aliases([example()]))
    for name in names:
        assert is_moving(name)
        assert headers_for(f"/{name}/{SCRIPT}")["Cache-Control"] == SHORT == "public, max-age=300, must-revalidate"
    assert moving[2] == "five minutes"


def test_the_table_of_files_is_what_a_folder_holds() -> None:
    """tests/assets/test_build.py holds the folder to the same names."""
    names = [row[0].strip("`") for row in rows(SECTION, "| file |")]
    assert sorted(names) == sorted(
        [SCRIPT, f"{SCRIPT}.map", READABLE, ESM, CJS, STYLE, READABLE_STYLE, TYPES, MANIFEST]
    )


def test_the_tags_are_those_of_the_manifest() -> None:
    for tag in (script_tag(example(), "sha384-…"), style_tag(example(), "sha384-…")):
        assert tag in SECTION


def test_only_exact_addresses_are_shown_with_a_hash() -> None:
    for page in ROOT.glob("docs/*.md"):
        for tag in re.findall(r"<(?:script|link)\b[^>]*>", page.read_text("utf-8")):
            if "integrity=" in tag:
                address = re.search(r"chat-cdn\.idling\.app/([^/]+)/", tag)
                assert address is not None
                assert is_exact(address[1]), tag


def test_every_refusal_of_a_release_or_a_deployment_is_explained_and_no_other() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "build").glob("*.py"))
    explained = re.findall(r"^\| `([a-z_.]+)` \|", RELEASING, re.M)
    assert sorted(explained) == sorted(set(CODE.findall(sources)))


def test_what_the_migration_names_exists() -> None:
    """Codes and names of the interface, so that a rename does not leave the page behind."""
    reference = (ROOT / "docs/API_REFERENCE.md").read_text("utf-8")
    for code in re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", MIGRATION):
        assert f"`{code}`" in reference or code == MANIFEST, code
    types = (ROOT / "build/chat-widget.d.ts").read_text("utf-8")
    for owner, name in re.findall(r"`([A-Z]\w+)\.(\w+)`", MIGRATION):
        assert re.search(rf"interface {owner} \{{[^}}]*\b{name}\b", types), f"{owner}.{name}"
    for setting in ("otpEncryptionKey", "iceServers", "mountInPage", "relay", "room", "container", "cssUrl"):
        assert f"`{setting}" in MIGRATION
        assert re.search(rf"^  {setting}\??:", types, re.M)
