"""The changelog keeps its form, so that people and `make release` find what they look for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
SECTIONS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
VERSION = re.compile(r"\d+\.\d+\.\d+(?:-[\w.]+)? \((?:unreleased|\d{4}-\d\d-\d\d)\)")


def faults(text: str) -> list[str]:
    """What is wrong with a changelog, in words."""
    title, *versions = re.split(r"^## ", text, flags=re.M)
    found = [] if title.startswith("# Changelog\n") else ["it does not begin with its title"]
    if re.search(r"^[-#]", title.removeprefix("# Changelog"), re.M):
        found.append("something stands before the first version")
    for number, version in enumerate(versions):
        heading, _, body = version.partition("\n")
        if VERSION.fullmatch(heading) is None:
            found.append(f"no version: {heading}")
        if number > 0 and "unreleased" in heading:
            found.append(f"only the first may be unreleased: {heading}")
        found += faults_of_version(body)
    return found if len(versions) > 0 else [*found, "no version"]


def faults_of_version(body: str) -> list[str]:
    before, *sections = re.split(r"^### ", body, flags=re.M)
    names = [section.partition("\n")[0] for section in sections]
    found = [f"no section: {name}" for name in names if name not in SECTIONS]
    if before.strip() != "" or len(sections) == 0:
        found.append("an entry stands under no section")
    if names != sorted(set(names), key=lambda name: (*SECTIONS, name).index(name)):
        found.append(f"sections twice or out of order: {names}")
    for section in sections:
        found += faults_of_section(*section.split("\n", 1))
    return found


def faults_of_section(name: str, text: str = "") -> list[str]:
    lines = [line for line in text.splitlines() if line != ""]
    if len(lines) == 0:
        return [f"nothing under {name}"]
    return [f"no whole sentence: {line}" for line in lines if re.fullmatch(r"- \S.*\.", line) is None]


def test_the_changelog_keeps_its_form() -> None:
    assert faults(CHANGELOG.read_text("utf-8")) == []


GOOD = "# Changelog\n\n## 1.1.0 (unreleased)\n\n### Added\n\n- It greets.\n\n### Fixed\n\n- It ends.\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# Changelog\n", "# News\n", "it does not begin with its title"),
        ("\n## 1.1.0 (unreleased)\n", "", "no version"),
        ("\n## 1.1.0", "\n- Early.\n\n## 1.1.0", "something stands before the first version"),
        ("1.1.0 (unreleased)", "next", "no version: next"),
        ("\n### Added\n", "", "an entry stands under no section"),
        ("### Added", "### New", "no section: New"),
        ("### Added", "### Security", "sections twice or out of order: ['Security', 'Fixed']"),
        ("### Fixed", "### Added", "sections twice or out of order: ['Added', 'Added']"),
        ("- It ends.\n", "", "nothing under Fixed"),
        ("- It ends.\n", "It ends.\n", "no whole sentence: It ends."),
        ("- It ends.\n", "- It ends\n", "no whole sentence: - It ends"),
        ("- It ends.\n", "- It ends.\n\n## 1.0.0 (unreleased)\n\n### Added\n\n- It is.\n", "only the first may"),
    ],
)
def test_another_form_is_found(old: str, new: str, said: str) -> None:
    assert faults(GOOD) == []
    assert GOOD.replace(old, new, 1) != GOOD
    assert any(fault.startswith(said) for fault in faults(GOOD.replace(old, new, 1)))
