"""Catalogues: every sentence a visitor may read and no other, each with the plurals of its language."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from build.integrity import integrity
from build.languages import LIST, language_files
from build.node import find_node
from tests.widget.ui.sentences import all_sentences, counted

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "widget" / "languages"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))
PLACE = re.compile(r"\{.*?\}")
# What a language calls numbers up to a thousand, a half and a million.
ASK = """const [language] = process.argv.slice(1); const rules = new Intl.PluralRules(language)
const counts = [...Array(1001).keys(), 0.5, 1e6]
console.log(JSON.stringify([rules.resolvedOptions().pluralCategories, counts.map((count) => rules.select(count))]))"""


def catalogue(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return found


def places(sentence: str) -> list[str]:
    return sorted(PLACE.findall(sentence))


def test_there_are_twelve_with_english() -> None:
    assert LANGUAGES == ["ar", "de", "es", "fr", "hi", "ja", "ko", "pl", "pt-BR", "tr", "zh-CN"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_sentence_and_no_other(language: str) -> None:
    mine, all_of_them = set(catalogue(language)), set(all_sentences())
    assert sorted(all_of_them - mine) == [], "to be translated"
    assert sorted(mine - all_of_them) == [], "said nowhere any more"
    assert list(catalogue(language)) == sorted(mine), "in this order"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_keeps_its_places(language: str) -> None:
    single = {key: text for key, text in catalogue(language).items() if isinstance(text, str)}
    assert {key: text for key, text in single.items() if places(key) != places(text)} == {}
    assert [text for text in single.values() if text.strip() != text or text == ""] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_are_those_of_the_language(language: str) -> None:
    found = catalogue(language)
    assert {key for key, text in found.items() if not isinstance(text, str)} == set(counted())
    done = subprocess.run([find_node(), "-e", ASK, language], capture_output=True, text=True, check=True, timeout=60)
    categories, selected = json.loads(done.stdout)
    assert set(selected) <= set(categories)
    for key in counted():
        assert set(found[key]) == set(categories), key
        assert [text for text in found[key].values() if len(places(text)) > 1] == []
        assert "{}" in found[key]["other"]


def test_the_list_names_each_catalogue_and_its_hash() -> None:
    files = language_files(FOLDER)
    listed = json.loads(files.pop(LIST))
    assert sorted(listed.values()) == sorted([name, integrity(data)] for name, data in files.items())
    known = sorted(key for key in listed if "emoji" not in key)
    assert known == ["ar", "de", "es", "fr", "hi", "ja", "ko", "pl", "pt", "tr", "zh"]
    assert json.loads(files["chat-widget.pt-BR.json"]) == catalogue("pt-BR")


def test_the_page_about_languages_names_them_all() -> None:
    page = (ROOT / "docs" / "LANGUAGES.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `([\w-]+)` \|", page, re.M)) == sorted([*LANGUAGES, "en"])
