"""Every feature of the browser that the script names is in the oldest ones, or listed in known.json with its way out.

`newer` are used where they are there; `namesakes` are other things of that name; `unasked` are parts that nothing asks.
`texts` are strings of the script that spell something newer: names of events, elements and attributes.

That the ways out work is shown by tests/browser/test_old_browsers.py, where everything newer is taken away.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.baseline.compat import ROOT, find, missing_in, newer_members, of_member, of_path, of_text
from tests.baseline.script import Used, used_by

pytestmark = pytest.mark.no_cover

KNOWN = json.loads(Path(__file__).with_name("known.json").read_text("utf-8"))
OPTION = re.compile(r"(?:options|configuration)_(\w+)_parameter$")
WORD = re.compile(r"[A-Za-z_$][\w$-]*")
UNASKED = [feature for features in KNOWN["unasked"].values() for feature in features]
PLAIN = [name for names in KNOWN["plain"].values() for name in names]
NEW_SYNTAX = re.compile(r"\(\?<[=!]|\(\?[ims]*-?[ims]*:(?<!\?:)|\\p\{RGI_")  # lookbehind, modifiers, sets of texts
OLD_FLAGS = set("gimsuy")


@pytest.fixture(scope="module")
def used() -> Used:
    """Of the readable script: the minified one has the same, under shorter names."""
    return used_by(ROOT / "cdn_dist" / "v1.0.0" / "chat-widget.iife.js")


def named(used: Used) -> Iterator[str]:
    """Features that the script may mean."""
    for path in [*used.globals, *used.paths]:
        yield from of_path(path)
    for member in used.members:
        yield from (feature for feature in of_member(member, KNOWN["interfaces"]) if can_be_met(feature, used))


def can_be_met(feature: str, used: Used) -> bool:
    """Objects of a newer type come only to those who name it, but iterators, which have the new type by themselves."""
    owner = feature.rpartition(".")[0]
    return len(missing_in(owner)) == 0 or owner.endswith(".Iterator") or owner.rpartition(".")[2] in used.globals


def details(feature: str) -> list[str]:
    """Parameters and behaviours of a member; what is below an interface are members, which are looked at by name."""
    if feature.count(".") < (2 if feature.startswith("api.") else 4 if ".Intl." in feature else 3):
        return []
    return [f"{feature}.{name}" for name in find(feature) or {} if name != "__compat"]


def test_what_is_newer_is_listed(used: Used) -> None:
    newer = {feature for feature in named(used) if len(missing_in(feature)) > 0}
    for feature in set(named(used)) - newer:
        newer |= {
            detail for detail in details(feature) if len(missing_in(detail)) > 0 and last(detail) not in used.members
        }
    listed = {*KNOWN["newer"], *KNOWN["namesakes"], *UNASKED}
    assert sorted(newer - listed) == []
    assert sorted(set(KNOWN["newer"]) - newer) == []  # namesakes come and go with the words of our own code


def spelled(used: Used) -> set[str]:
    """Newer features that a text of the script can mean."""
    words = [text for text in used.texts if WORD.fullmatch(text)]
    features = {feature for word in words for feature in of_text(word, KNOWN["interfaces"])}
    return {feature for feature in features if can_be_met(feature, used) and len(missing_in(feature)) > 0}


def test_what_is_newer_by_a_text_is_listed(used: Used) -> None:
    listed = {*KNOWN["texts"], *KNOWN["newer"], *KNOWN["namesakes"]}
    assert sorted(spelled(used) - listed) == []


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("document.addEventListener('scrollend', f)", "api.Document.scrollend_event"),
        ("const key = 'toSorted'; [1][key]()", "javascript.builtins.Array.toSorted"),
        ("Reflect.get([1], 'findLast')", "javascript.builtins.Array.findLast"),
        ("place.setAttribute('writingsuggestions', '')", "html.global_attributes.writingsuggestions"),
        ("new Map([['fetchpriority', 'high']])", "html.elements.img.fetchpriority"),
        ("document.createElement('fencedframe')", "html.elements.fencedframe"),
        ("crypto.subtle.importKey('raw', key, 'Ed25519', false, [])", "api.SubtleCrypto.importKey.ed25519"),
    ],
)
def test_a_newer_feature_in_a_text_is_noticed(text: str, feature: str, tmp_path: Path) -> None:
    script = tmp_path / "script.js"
    script.write_text(text)
    assert feature in spelled(used_by(script))
    assert feature not in KNOWN["texts"]


def test_what_is_listed_is_newer() -> None:
    listed = [*KNOWN["newer"], *KNOWN["namesakes"], *KNOWN["texts"], *UNASKED]
    assert [feature for feature in listed if missing_in(feature) == []] == []


def given(used: Used) -> list[str]:
    """Newer options, listed as not given, that an object of the script gives."""
    names = [match[1] for feature in UNASKED if (match := OPTION.search(feature))]
    return [name for name in names if name in used.ours]


def test_options_that_are_not_given_are_not(used: Used) -> None:
    assert given(used) == []


def test_an_option_that_is_given_is_noticed(tmp_path: Path) -> None:
    script = tmp_path / "script.js"
    script.write_text("observer.observe(place, { box: 'device-pixel-content-box' })")
    assert given(used_by(script)) == ["box"]


def last(feature: str) -> str:
    return feature.rpartition(".")[2]


def test_every_name_is_known(used: Used) -> None:
    strange = [name for name in used.members if name not in used.ours and name not in PLAIN and not is_named(name)]
    assert strange == []


def is_named(name: str) -> bool:
    return len(of_member(name, KNOWN["interfaces"])) > 0 or len(of_path(name)) > 0


def test_every_global_is_known(used: Used) -> None:
    assert [name for name in used.globals if len(of_path(name)) == 0 and name not in PLAIN] == []
    interfaces = [name for name in used.globals if find(f"api.{name}.{name}") is not None]
    assert [name for name in interfaces if name not in KNOWN["interfaces"]] == []


def test_no_pattern_is_newer_than_safari_14(used: Used) -> None:
    assert [pattern for pattern, flags in used.patterns if NEW_SYNTAX.search(pattern) or set(flags) - OLD_FLAGS] == []
    assert [text for text in used.texts if NEW_SYNTAX.search(text)] == []  # what `new RegExp` is made of


@pytest.mark.parametrize("pattern", ["(?<=a)b", "(?<!a)b", "(?i:a)", "(?-s:a)", r"\p{RGI_Emoji}"])
def test_a_newer_pattern_is_noticed(pattern: str) -> None:
    assert NEW_SYNTAX.search(pattern)


@pytest.mark.parametrize("pattern", ["(?:a)", "(?=a)", "(?!a)", "(?<name>a)", r"\p{L}"])
def test_an_older_pattern_is_not(pattern: str) -> None:
    assert not NEW_SYNTAX.search(pattern)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("[1].at(-1)", "javascript.builtins.Array.at"),
        ("structuredClone({})", "api.structuredClone"),
        ("globalThis.structuredClone({})", "api.structuredClone"),
        ("Object.hasOwn({}, 'a')", "javascript.builtins.Object.hasOwn"),
        ("crypto.randomUUID()", "api.Crypto.randomUUID"),
        ("new BroadcastChannel('a')", "api.BroadcastChannel"),
        ("navigator.locks.request('a', f)", "api.Navigator.locks"),
        ("new Map().values().map(f)", "javascript.builtins.Iterator.map"),
        ("const { randomUUID } = crypto", "api.Crypto.randomUUID"),
        ("peer['connectionState']", "api.RTCPeerConnection.connectionState"),
        ("new WeakRef({})", "javascript.builtins.WeakRef"),
        ("AbortSignal.timeout(5)", "api.AbortSignal.timeout_static"),
        ("Promise.withResolvers()", "javascript.builtins.Promise.withResolvers"),
        ("(function (window) { return structuredClone })()", "api.structuredClone"),
    ],
)
def test_a_newer_feature_is_noticed(text: str, feature: str, tmp_path: Path) -> None:
    script = tmp_path / "script.js"
    script.write_text(text)
    assert feature in [each for each in named(used_by(script)) if len(missing_in(each)) > 0]


def test_a_name_of_ones_own_is_no_global(tmp_path: Path) -> None:
    script = tmp_path / "script.js"
    script.write_text("const structuredClone = 1; function f(caches) { return caches + structuredClone }")
    assert used_by(script).globals == []


def test_the_data_judges_as_the_browsers_were() -> None:
    assert missing_in("javascript.builtins.String.replaceAll") == []
    assert missing_in("javascript.builtins.Array.at") == ["chrome", "firefox", "safari", "opera"]
    assert missing_in("api.BroadcastChannel") == ["safari"]
    assert missing_in("api.RTCPeerConnection.connectionState") == ["firefox"]
    assert len(list(newer_members())) > 1_000
