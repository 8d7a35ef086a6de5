"""The README says what is there: its verbs, its folders, its links, its length."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from _pytest.mark import expression

from tests.machines import commands

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "widget" / "crypto" / "README.md"]
PICTURE_BYTES = 120_000
INSTALL = "apt-get update && apt-get install --no-install-recommends"
PLACE = re.compile(r"`((?:widget|auth|signaling|tests|build|docs|bench|examples)/[\w/.-]*)`")
HISTORY = "decisions.md"  # tells of what was there when something was decided
PICKED = re.compile(r"pytest (tests/\S+)[^#\n]* -k \"?((?<=\")[^\"\n]+|\w+)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def verbs() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M))


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) < 150


def test_the_readme_begins_with_what_it_is_and_how_it_looks() -> None:
    first = README.split("\n\n- ")[0]
    assert "host yourself" in first.split("\n\n")[1]
    (picture,) = re.findall(r"^!\[[^\]]{10,}\]\(([^)]+\.png)\)$", first, re.M)
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")
    assert (ROOT / picture).stat().st_size < PICTURE_BYTES


def test_the_pages_that_a_project_needs_are_checked() -> None:
    named = {str(page.relative_to(ROOT)) for page in PAGES}
    assert {"README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/ARCHITECTURE.md"} <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_verb_of_a_page_exists(page: Path) -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text("utf-8"), re.M))
    assert named <= verbs()


def test_the_readme_names_every_verb_that_people_use() -> None:
    missing = [verb for verb in verbs() - {"help", "lock", "clean"} if verb not in README]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_place_that_a_page_names_exists(page: Path) -> None:
    named = PLACE.findall(page.read_text("utf-8")) if page.name != HISTORY else []
    assert [place for place in named if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_picks_of_the_tests_can_be_picked(page: Path) -> None:
    for place, picked in PICKED.findall(page.read_text("utf-8")):
        assert (ROOT / place).exists()
        expression.Expression.compile(picked)  # raises where pytest would


def test_the_tree_of_the_readme_is_the_tree() -> None:
    block = README.split("## The tree")[1].split("```")[1]
    folders = re.findall(r"^\s*([a-z_]+/)(?:  ([a-z_]+/))?", block, re.M)
    top = {name for name, _ in folders if (ROOT / name).is_dir()}
    assert {"widget/", "auth/", "signaling/", "build/", "cdn_dist/", "tests/", "examples/", "bench/", "docs/"} <= top
    for first, second in folders:
        for name in (first, second):
            assert name == "" or (ROOT / name).is_dir() or (ROOT / "widget" / name).is_dir(), name


def test_the_tree_of_the_readme_has_every_part_of_the_widget() -> None:
    parts = {path.parent.name for path in (ROOT / "widget").glob("*/__init__.py")}
    assert len(parts) > 5
    assert [name for name in sorted(parts) if f"  {name}/" not in README] == []


def test_the_readme_names_what_root_gets_installed() -> None:
    """In the line for those who are not root; the bare machines of tests/machines run it word for word."""
    installed = re.findall(r"packages\+=\(([\w-]+)\)", (ROOT / ".ci" / "system").read_text("utf-8"))
    assert f"{INSTALL} {' '.join(sorted(set(installed)))}    # as root" == commands.FOR_TESTS


def test_what_an_empty_image_needs_is_in_the_first_line() -> None:
    """Its lists of packages are empty, and git trusts no server without certificates."""
    assert f"{INSTALL} ca-certificates git make python3 python3-venv    # as root" == commands.NEEDED
    assert "apt-get update" not in (ROOT / "tests/machines/bare.py").read_text("utf-8")


def test_the_modules_the_readme_runs_exist() -> None:
    for name in re.findall(r"python -m ([a-z_.]+)", README):
        path = ROOT / name.replace(".", "/")
        assert (path / "__main__.py").is_file() or path.with_suffix(".py").is_file(), name


def test_contributing_says_where_the_packages_of_the_services_are() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (said,) = re.findall(r"^- Python: .*$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M)
    places = {**project["optional-dependencies"], "dependencies": project["dependencies"]}
    for package, words in (("starlette", "the services need"), ("httpx", "the terminal needs too"), ("mypy", "tools")):
        (place,) = re.findall(rf"{words} under `(\w+)`", said)
        assert any(line.startswith(package) for line in places[place]), package
