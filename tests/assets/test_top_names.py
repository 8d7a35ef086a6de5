"""What is written most has a letter for a name, and nobody else can tell."""

from __future__ import annotations

import json

from build.compiler.sourcemap import flat
from build.locals import read_variables
from build.top_names import brief_names, briefly_named
from tests.assets.test_locals import mapped, run

SAMPLE = """(() => {
  var t = (s) => s + 1, Q = 3, $ = 4;
  var put = (s) => log.push(s), log = [], of = (Q) => put(Q), tt = (s) => put(s + Q);
  of(1); put(2); tt($); put(t(5)); put(typeof X === "undefined" ? 6 : X); var X = 1, u;
  globalThis.log = log;
})();
"""


def test_the_script_does_the_same_and_is_shorter() -> None:
    made = briefly_named(mapped(SAMPLE))
    assert len(made.code) < len(SAMPLE)
    assert run(made.code) == run(SAMPLE)


def test_the_most_written_ones_have_letters_of_the_rarest() -> None:
    made = briefly_named(mapped(SAMPLE)).code
    assert "var $ = (s) => Q.push(s), Q = [], of = (Q) => $(Q)" in made
    assert "log = 3, put = 4" in made


def test_no_letter_is_taken_that_a_local_variable_hides() -> None:
    code = "(() => { var $ = 1, put = (t) => t; globalThis.log = [put(1), (($) => put($))(2), put(3), $]; })();"
    assert briefly_named(mapped(code)).code == code
    code = code.replace("($) => put($)", "(s) => put(s)")
    assert "[$(1), ((s) => $(s))(2), $(3), put]" in briefly_named(mapped(code)).code


def test_who_is_written_as_seldom_keeps_its_name() -> None:
    code = "(() => { var $ = 1, put = 2; globalThis.log = [put, $]; })();"
    assert brief_names(read_variables(code)) == {}


def test_the_map_leads_from_the_new_places() -> None:
    script = mapped(SAMPLE)
    made = briefly_named(script)
    before, after = (flat(one.code, json.loads(one.source_map)["mappings"]) for one in (script, made))
    assert [rest for _, *rest in before] == [rest for _, *rest in after]
    assert [place for place, *_ in after] == sorted(place for one in read_variables(made.code) for place in one.places)
