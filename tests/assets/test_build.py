"""The whole build of a small project: from Python and CSS to the files of the CDN."""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from build.cli import main
from build.integrity import SCRIPT, STYLE, integrity
from build.link import READABLE
from tests.fakes.maps import decode_map
from tests.fakes.small_project import PROJECT, write

pytestmark = pytest.mark.no_cover


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_writes_the_folder_and_prints_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(write(tmp_path)), "cdn"]) == 0
    said = capsys.readouterr()
    assert {name.partition("/")[0] for name in tree(tmp_path / "cdn_dist")} == {
        "v1.2.3", "v1.2", "v1", "latest", "manifest.json", "_headers",
    }  # fmt: skip
    assert sorted(
        path.name for path in (tmp_path / "cdn_dist/v1.2.3").iterdir() if path.suffix not in (".gz", ".br")
    ) == [
        "chat-widget.cjs.js",
        "chat-widget.css",
        "chat-widget.d.ts",
        "chat-widget.esm.js",
        "chat-widget.iife.js",
        "chat-widget.iife.min.js",
        "chat-widget.iife.min.js.map",
        "chat-widget.languages.json",
        "chat-widget.min.css",
        "manifest.json",
    ]
    assert SCRIPT in said.out
    assert "20,000" in said.out
    for name in (SCRIPT, STYLE):
        pinned = integrity((tmp_path / "cdn_dist/v1.2.3" / name).read_bytes())
        assert f"{pinned}  {name}" in said.out.splitlines()
        assert f'/v1.2.3/{name}" integrity="{pinned}" crossorigin="anonymous">' in said.out
    assert [line.split()[0] for line in said.err.splitlines()] == [
        "style", "parse", "compile", "link", "sinks", "write",
    ]  # fmt: skip


def test_two_builds_in_different_folders_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "elsewhere/two"):
        assert main(["--root", str(write(tmp_path / name)), "cdn"]) == 0
    one, two = tree(tmp_path / "one/cdn_dist"), tree(tmp_path / "elsewhere/two/cdn_dist")
    assert one == two
    for data in one.values():
        assert str(tmp_path).encode() not in data


def test_the_map_leads_to_the_line_of_python(tmp_path: Path) -> None:
    assert main(["--root", str(write(tmp_path)), "cdn"]) == 0
    folder = tmp_path / "cdn_dist/v1.2.3"
    script = (folder / SCRIPT).read_text("utf-8")
    found = json.loads((folder / f"{SCRIPT}.map").read_text("utf-8"))
    lines = script.split("\n")
    line = next(number for number, text in enumerate(lines) if "dear" in text)
    column = lines[line].index("dear")
    before = [place for place in decode_map(found["mappings"]) if place.line == line and place.column <= column]
    assert found["sources"][before[-1].source] == "widget/core/greet.py"
    text = found["sourcesContent"][before[-1].source].split("\n")[before[-1].source_line]
    assert "dear" in text


def test_private_names_are_shortened_and_the_readable_script_keeps_them(tmp_path: Path) -> None:
    assert main(["--root", str(write(tmp_path)), "cdn"]) == 0
    folder = tmp_path / "cdn_dist/v1.2.3"
    assert "_private_greeting" in (folder / READABLE).read_text("utf-8")
    assert "_private_greeting" not in (folder / SCRIPT).read_text("utf-8")


def test_a_refusal_names_file_line_and_column_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = PROJECT["widget/core/greet.py"] + "\n\nx = = 1\n"
    assert main(["--root", str(write(tmp_path, {"widget/core/greet.py": broken})), "cdn"]) == 1
    assert "widget/core/greet.py:14:5: CW001" in capsys.readouterr().err
    assert not (tmp_path / "cdn_dist").exists()


def test_a_sink_in_the_python_fails_the_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = PROJECT["widget/browser/entry.py"] + "        js.window.document.body.innerHTML = str(name)\n"
    entry = entry.replace("        return self._greeter.greet(str(name))\n", "")
    entry = entry.replace("-> str:\n        js.window", "-> None:\n        js.window")
    assert main(["--root", str(write(tmp_path, {"widget/browser/entry.py": entry})), "cdn"]) == 1
    assert "innerHTML" in capsys.readouterr().err
    assert not (tmp_path / "cdn_dist").exists()


def test_a_script_over_budget_fails_the_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = PROJECT["pyproject.toml"].replace("js_gzip_bytes = 20000", "js_gzip_bytes = 10")
    assert main(["--root", str(write(tmp_path, {"pyproject.toml": small})), "cdn"]) == 1
    assert "10 are allowed" in capsys.readouterr().err
    assert not (tmp_path / "cdn_dist").exists()


def test_a_folder_of_another_user_is_named_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--root", str(write(tmp_path)), "cdn"]) == 0
    before = tree(tmp_path / "cdn_dist/v1.2.3")

    remove = shutil.rmtree

    def refuse(folder: Path, *given: Any, **named: Any) -> None:
        if tmp_path / "cdn_dist" not in Path(folder).parents:
            remove(folder, *given, **named)
        elif not named.get("ignore_errors"):
            raise PermissionError(errno.EACCES, "Permission denied", SCRIPT)

    monkeypatch.setattr(shutil, "rmtree", refuse)
    capsys.readouterr()
    assert main(["--root", str(tmp_path), "cdn"]) == 1
    assert f"{tmp_path / 'cdn_dist/v1.2.3'} cannot be written: remove it" in capsys.readouterr().err
    assert tree(tmp_path / "cdn_dist/v1.2.3") == before


def test_who_ends_a_build_is_shown_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_given: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("build.cli.write_cdn", ended)
    code = 0
    with contextlib.suppress(KeyboardInterrupt):
        code = main([])
    assert code == 130


def test_without_a_verb_it_writes_the_folder(tmp_path: Path) -> None:
    assert main(["--root", str(write(tmp_path))]) == 0
    assert (tmp_path / "cdn_dist/manifest.json").is_file()


@pytest.mark.parametrize(("verb", "stops"), [(["cdn"], 0), (["cdn", "--strict"], 1), (["check"], 1)])
def test_a_warning_stops_what_is_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: list[str], stops: int
) -> None:
    begin = "        self._private_greeting: str"
    more = PROJECT["widget/core/greet.py"].replace(begin, f"        self._unread: int = 1\n{begin}")
    assert main(["--root", str(write(tmp_path, {"widget/core/greet.py": more})), *verb]) == stops
    assert "CW203" in capsys.readouterr().err
    assert (tmp_path / "cdn_dist").exists() == (stops == 0)


def test_check_compiles_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(write(tmp_path)), "check"]) == 0
    assert "no refusals" in capsys.readouterr().out
    assert not (tmp_path / "cdn_dist").exists()
