"""The emoji beside the script: what the packages give, and that the files of widget/emoji are whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from build.cli import main
from build.compress import usual_gzip_size
from build.emoji import LANGUAGES, TONES, make
from build.languages import LIST, language_files

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "widget" / "emoji"
SHADES = ["light", "medium-light", "medium", "medium-dark", "dark"]
LEAD = 9 + 5  # groups and tones, before the emoji
# Gzipped bytes of the best form that was measured before this was written (names and search words of all emoji).
MOST_BYTES = {
    "": 15_600, "en": 27_076, "es": 23_319, "fr": 33_111, "de": 34_561, "pt": 31_559, "ja": 31_964, "ko": 37_478,
    "zh": 34_642, "ar": 41_661, "hi": 39_536, "pl": 34_214, "tr": 31_025,
}  # fmt: skip


def texts(name: str) -> list[str]:
    found: list[str] = json.loads((FOLDER / name).read_text("utf-8"))
    return found


def emoji() -> list[str]:
    return [each for group in texts("emoji.json")[:9] for each in group.split(" ")]


def test_there_are_all_emoji_of_unicode_17_once() -> None:
    plain = [each.rstrip("+cdefgh") for each in emoji()]
    assert len(plain) == len(set(plain)) == 1914
    assert len([each for each in emoji() if "+" in each]) == 330
    assert next(each for each in emoji() if each[-1] == "h") == "\U0001faeah"
    assert [group.split(" ")[0] for group in texts("emoji.json")[:9]] == [
        "😀", "👋+", "🐵", "🍇", "🌍", "🎃", "👓", "🏧", "🏁",
    ]  # fmt: skip


def test_each_has_a_shortcode_of_its_own() -> None:
    codes = [code for each in texts("emoji.json")[9].split(" ") for code in each.split(",")]
    assert len(texts("emoji.json")[9].split(" ")) == 1914
    assert len(codes) == len(set(codes))
    assert [code for code in codes if ":" in code or code != code.lower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_a_name_in_every_language(language: str) -> None:
    found = texts(f"emoji.{language}.json")
    assert len(found) == LEAD + 1914
    assert [line for line in found if line.split("|")[0].strip() == ""] == []
    assert (len(set(found[:9])), len(set(found[9:LEAD]))) == (9, 5)


def test_they_weigh_no_more_than_was_measured() -> None:
    files = language_files(ROOT / "widget" / "languages")
    names = {language: f"chat-widget.emoji.{language}.json".replace("..", ".") for language in MOST_BYTES}
    assert {each for each in files if "emoji" in each} == set(names.values())
    used = {language: usual_gzip_size(files[name]) for language, name in names.items()}
    assert {language: size for language, size in used.items() if size > MOST_BYTES[language]} == {}


def test_the_list_knows_them_by_language() -> None:
    listed = json.loads(language_files(ROOT / "widget" / "languages")[LIST])
    assert sorted(key for key in listed if "emoji" in key) == ["emoji", *(f"emoji.{each}" for each in LANGUAGES)]


def of_emojibase(emoji: str, order: int, group: int | None, version: float, **more: Any) -> dict[str, Any]:
    code = "-".join(f"{ord(char):04X}" for char in emoji)
    plain = {"emoji": emoji, "hexcode": code, "order": order, "group": group, "version": version}
    return {**plain, "label": code, "type": 1, **more}


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """As the three packages lie in node_modules, with four emoji."""
    found = [
        of_emojibase("❤️", 3, 0, 0.6, type=0, label="red heart", tags=["love", "Red"]),
        of_emojibase("😀", 1, 0, 1, label="grinning face", tags=["smile"]),
        {**of_emojibase("🫱", 9, 1, 14, skins=[{}]), "emoji": "🫱\ufe0f"},  # a selector that Unicode has not there
        of_emojibase("🇦", 20, None, 0),
        of_emojibase("🏻", 5, 2, 1),
    ]
    base = tmp_path / "emojibase-data"
    messages = {
        "groups": [{"order": number, "message": f"group {number}"} for number in range(10)],
        "skinTones": [{"key": each, "message": each} for each in sorted(SHADES)],
    }
    words = {"tts": ["x"], "default": ["y", "X"]}
    annotations = dict.fromkeys(("😀", "🫱", *TONES), words)
    files: dict[str, object] = {
        **{f"{base}/{language}/data.json": found for language in LANGUAGES},
        **{f"{base}/{language}/messages.json": messages for language in LANGUAGES},
        f"{base}/en/shortcodes/github.json": {"1F600": "grinning"},
        f"{base}/en/shortcodes/emojibase.json": {"1F600": "face", "2764-FE0F": ["heart", "red_heart"], "1FAF1": "hand"},
    }
    for language in ("ar", "tr"):
        files[f"{tmp_path}/cldr-annotations-full/annotations/{language}/annotations.json"] = {
            "annotations": {"annotations": annotations},
        }
        files[f"{tmp_path}/cldr-annotations-derived-full/annotationsDerived/{language}/annotations.json"] = {
            "annotationsDerived": {"annotations": {"❤": {"tts": ["derived"]}}},
        }
    for name, value in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(json.dumps(value), "utf-8")
    return tmp_path


def test_the_packages_give_order_marks_codes_and_words(packages: Path) -> None:
    made = make(packages)
    assert made["emoji.json"] == ["😀 ❤️", "🫱+e", *[""] * 7, "grinning heart,red_heart hand"]
    assert made["emoji.de.json"][:2] == ["group 0", "group 1"]
    assert made["emoji.de.json"][9:LEAD] == SHADES
    assert made["emoji.de.json"][LEAD:] == ["grinning face|smile", "red heart|love", "1FAF1"]
    assert made["emoji.ar.json"][9:] == [*["x"] * 5, "x|y", "derived", "x|y"]


def test_a_file_that_was_changed_by_hand_is_noticed(
    packages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "root"
    (root / ".work" / "emoji").mkdir(parents=True)
    (root / ".work" / "emoji" / "node_modules").symlink_to(packages)
    (root / "widget" / "emoji").mkdir(parents=True)
    for arguments in (["emoji"], ["emoji", "--check"]):
        assert main(["--root", str(root), *arguments]) == 0
    changed = root / "widget" / "emoji" / "emoji.tr.json"
    changed.write_text(changed.read_text("utf-8").replace("light", "heavy").replace("x", "y", 1), "utf-8")
    assert main(["--root", str(root), "emoji", "--check"]) == 1
    assert "emoji.tr.json is not what the packages give" in capsys.readouterr().err


def test_without_the_packages_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tmp_path), "emoji"]) == 1
    assert "run `make emoji`" in capsys.readouterr().err
