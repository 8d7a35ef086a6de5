"""The files of the npm package, and what each format does besides holding the chat."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from build.entries import Entries
from build.node import find_node
from build.npm import ESM_ONLY, package_files
from build.versions import Version

MODULES = {"index.mjs": b"export const one = 1\n", "index.js": b"exports.one = 1\n"}
FILES = package_files(Version(1, 2, 3), MODULES, b"p{}", b"export declare const one: number\n")
TEXTS = {name: data.decode("utf-8") for name, data in FILES.items()}
RELATIVE = re.compile(r"""["'](\./[^"']+)["']""")
STYLE = 'p{content:"é"}'
ENTRIES = Entries(("ChatWidget",), "entry.mjs", "1.2.3", "home.mjs", STYLE, "chat-widget.min.css", "sha384-AAAA")


def test_every_module_is_there_in_both_formats_and_with_types_for_each() -> None:
    for name in [name for name in TEXTS if name.endswith(".mjs") and not name.endswith(".d.mts")]:
        stem = name.removesuffix(".mjs")
        assert name in ESM_ONLY or f"{stem}.js" in TEXTS
    for name in [name for name in TEXTS if name.endswith(".d.ts")]:
        assert name.replace(".d.ts", ".d.mts") in TEXTS


@pytest.mark.parametrize("name", [name for name in TEXTS if re.search(r"\.(m?js|m?ts|svelte)$", name)])
def test_a_module_names_only_files_of_its_own_format(name: str) -> None:
    wanted = ".js" if name.endswith((".js", ".d.ts")) else (".mjs", ".svelte")
    for target in RELATIVE.findall(TEXTS[name]):
        assert target.endswith(wanted), target
        assert target[2:] in TEXTS or re.sub(r"\.(m?)js$", r".d.\1ts", target[2:]) in TEXTS


def test_the_manifest_has_the_version_and_the_files_are_the_same_each_time() -> None:
    assert json.loads(TEXTS["package.json"])["version"] == "1.2.3"
    assert package_files(Version(1, 2, 3), MODULES, b"p{}", b"export declare const one: number\n") == FILES


def test_each_format_tells_where_it_lies_in_its_own_way() -> None:
    files = ENTRIES.files()
    assert "loaded_by(" in files["global.mjs"]
    assert "defineElement(ChatWidget)" in files["global.mjs"]
    assert "came_from(import.meta.url.replace(" in files["esm.mjs"]
    assert "home" not in files["cjs.mjs"]
    assert json.loads(files["package.mjs"].split("bring_style(")[1].removesuffix(")\n")) == STYLE


def test_without_a_home_a_format_only_holds_the_names() -> None:
    files = Entries(("ChatWidget",), "entry.mjs", "1.2.3").files()
    assert files["esm.mjs"] == files["cjs.mjs"] == files["package.mjs"]
    assert files["global.mjs"].endswith('globalThis.StrixunChat = { ChatWidget, version: "1.2.3" }\n')


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("https://x.test/v1/chat-widget.esm.js", "https://x.test/v1/chat-widget.min.css"),
        ("https://x.test/v1/chat-widget.esm.js?a=1/2?b", "https://x.test/v1/chat-widget.min.css"),
        ("file:///home/own.mjs", "file:///home/chat-widget.min.css"),
        ("", ""),  # a script without an address of its own
    ],
)
def test_the_stylesheet_lies_beside_the_script(ours: str, theirs: str) -> None:
    found = re.search(r"came_from\(import\.meta\.url(.*), \"\", \".*\"\)", ENTRIES.files()["esm.mjs"])
    assert found is not None
    command = [find_node(), "-p", f"{json.dumps(ours)}{found[1]}"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == theirs
