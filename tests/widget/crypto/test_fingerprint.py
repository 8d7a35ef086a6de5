"""Fingerprints in SDP: attacks H02 to H06."""

from __future__ import annotations

import pytest

from widget.crypto.fingerprint import sdp_fingerprint
from widget.crypto.reasons import FINGERPRINT_HASH, FINGERPRINT_MANY, FINGERPRINT_NONE
from widget.errors import CwError

GOOD = ":".join(f"{value:02X}" for value in range(32))
EVIL = ":".join(f"{value:02X}" for value in range(1, 33))
LINE = f"a=fingerprint:sha-256 {GOOD}\r\n"
HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
MEDIA = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n"


def refusal(sdp: str) -> int:
    with pytest.raises(CwError) as caught:
        sdp_fingerprint(sdp)
    return caught.value.reason


@pytest.mark.parametrize(
    "sdp",
    [
        HEAD + LINE + MEDIA,
        HEAD + MEDIA + LINE,
        HEAD + LINE + MEDIA + LINE,
        HEAD + MEDIA + LINE.lower().replace("\r\n", "\n"),
        HEAD + MEDIA + LINE.replace("sha-256", "SHA-256"),
        HEAD + LINE + MEDIA + LINE.replace(GOOD, GOOD.lower()),
    ],
    ids=["session", "media", "both levels alike", "lower case", "upper case name", "mixed case"],
)
def test_the_one_fingerprint_is_read(sdp: str) -> None:
    assert sdp_fingerprint(sdp) == bytes(range(32))


def test_h02_a_second_line_before_is_refused() -> None:
    assert refusal(HEAD + MEDIA + LINE.replace(GOOD, EVIL) + LINE) == FINGERPRINT_MANY


def test_h03_a_second_line_after_is_refused() -> None:
    assert refusal(HEAD + MEDIA + LINE + LINE.replace(GOOD, EVIL)) == FINGERPRINT_MANY


def test_h04_sha_1_only_is_refused() -> None:
    assert refusal(HEAD + MEDIA + f"a=fingerprint:sha-1 {GOOD[:59]}\r\n") == FINGERPRINT_HASH


@pytest.mark.parametrize("name", ["sha-1", "sha-384", "sha-512", "md5"])
def test_h04_another_hash_beside_sha_256_is_refused(name: str) -> None:
    assert refusal(HEAD + MEDIA + LINE + f"a=fingerprint:{name} {GOOD}\r\n") == FINGERPRINT_HASH


def test_h05_session_and_media_level_that_differ_are_refused() -> None:
    assert refusal(HEAD + LINE + MEDIA + LINE.replace(GOOD, EVIL)) == FINGERPRINT_MANY


def test_h06_no_fingerprint_is_refused() -> None:
    assert refusal(HEAD + MEDIA) == FINGERPRINT_NONE
    assert refusal("") == FINGERPRINT_NONE


@pytest.mark.parametrize(
    "line",
    [
        f" a=fingerprint:sha-256 {EVIL}",
        f"A=fingerprint:sha-256 {EVIL}",
        f"a=Fingerprint:sha-256 {EVIL}",
        f"a=x a=fingerprint:sha-256 {EVIL}",
        f"a=fingerprint:sha-256{EVIL}",
        f"a=fingerprint:sha-256 {EVIL[:-3]}",
        f"a=fingerprint:sha-256 {EVIL}:00",
        f"a=fingerprint:sha-256 {EVIL.replace(':', '')}",
        f"a=fingerprint:sha-256 {EVIL[:-2]}GG",
        "a=fingerprint",
    ],
)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_h02_lines_a_browser_might_read_otherwise_are_refused(line: str, end: str) -> None:
    assert refusal(HEAD + MEDIA + LINE + line + end) == FINGERPRINT_HASH


def test_h03_a_line_hidden_behind_a_lone_carriage_return_is_seen() -> None:
    assert refusal(HEAD + MEDIA + LINE + f"a=mid:0\ra=fingerprint:sha-256 {EVIL}\r\n") == FINGERPRINT_MANY
