"""The vectors of our own objects: made as they were committed, and judged alike on CPython and compiled."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.fakes.once import once
from tests.vectors.__main__ import WORLD, made, texts_of
from tests.vectors.compiled import node_answers
from tests.vectors.judge.judge import judge
from tests.vectors.lines import OWN, own
from widget.crypto import reasons
from widget.native.crypto import native_crypto
from widget.ports import KeyPair

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover
NAMES = sorted(path.stem for path in OWN.glob("*.json") if path.name != WORLD)
OF_ROOMS = {f"EVENT_{word}" for word in ("BUDGET", "PACE", "AHEAD", "ENDED", "OLD")}
LEAST_GOOD, LEAST_BAD = 320, 850


class NativeKeys:
    async def agreement(self, private: bytes, public: bytes) -> KeyPair:
        return KeyPair(ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1()), public)

    async def signing(self, private: bytes, public: bytes) -> KeyPair:
        return await self.agreement(private, public)


@cache
def text_of(name: str) -> str:
    return own(name)


def wanted(name: str) -> dict[str, Any]:
    """What the file says of each of its vectors."""
    fields = json.loads(text_of(name))
    found = {case["id"]: _outcome(fields["how"], case) for case in fields["good"]}
    return found | {case["id"]: {"refusal": case["refusal"]} for case in fields["bad"]}


def _outcome(how: str, case: dict[str, Any]) -> dict[str, Any]:
    """Bytes are written again as they were read, texts so that they say the same."""
    if how == "check":
        return {"value": case["value"]}
    return {"value": case["value"], "again": case["data"] if how == "bytes" else True}


@pytest.mark.parametrize("name", NAMES)
async def test_cpython_tells_what_the_vectors_say_of(name: str) -> None:
    answer = await judge(native_crypto(), NativeKeys(), text_of("world"), text_of(name))
    assert json.loads(answer) == wanted(name)


@pytest.fixture(scope="module")
def compiled_answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """By name of the file, all from one Node."""
    texts = {name: text_of(name) for name in (*NAMES, "world")}
    return once(tmp_path_factory, "vectors", lambda: node_answers(texts, tmp_path_factory.mktemp("compiled")))


@pytest.mark.parametrize("name", NAMES)
def test_the_compiled_code_tells_what_the_vectors_say_of(name: str, compiled_answers: dict[str, str]) -> None:
    assert json.loads(compiled_answers[name]) == wanted(name)


async def test_the_vectors_are_those_that_the_command_makes() -> None:
    """After a change of the protocol: `python -m tests.vectors`."""
    committed = {path.name: path.read_text("utf-8") for path in OWN.iterdir()}
    assert committed == texts_of(*await made())


def test_there_are_many() -> None:
    files = [json.loads(text_of(name)) for name in NAMES]
    assert sum(len(file["good"]) for file in files) >= LEAST_GOOD
    assert sum(len(file["bad"]) for file in files) >= LEAST_BAD


def test_every_number_of_a_refusal_has_a_vector() -> None:
    """But for those of a whole room (tests/widget/room/), and for the last counter, which nobody reaches."""
    seen = {case["refusal"] for name in NAMES for case in json.loads(text_of(name))["bad"]}
    missing = {name for name, number in vars(reasons).items() if isinstance(number, int) and number not in seen}
    assert missing == OF_ROOMS | {"PAIR_SPENT"}
