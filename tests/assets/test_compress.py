"""The compressed files are the plain ones, in fewer and always the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import subprocess

from build.compress import LARGE_BYTES, compressed, unbrotli, usual_gzip_size
from build.node import find_node

WORDS = [b"const ", b"return ", b"this.", b"=>", b"(name)", b"{}", b"await ", b"null"]
CHANCE = [digit for number in range(200) for digit in hashlib.sha512(str(number).encode()).digest()]
TEXT = b"".join(WORDS[digit % 8] + bytes([97 + digit % 26]) for digit in CHANCE)
FILES = {"a.js": TEXT, "b.css": b"p{}", "large.map": TEXT * (LARGE_BYTES // len(TEXT) + 1)}
HASHES = {
    "a.js.br": "529241db3cfec2e3",
    "b.css.br": "fd7c50f8e21248ec",
    "large.map.br": "f29d875f0a61bf67",
    "a.js.gz": "37d0061216ab6b2e",
    "b.css.gz": "d240c8358702a9af",
    "large.map.gz": "9ec4769e97e75f2a",
}


def test_each_file_lies_there_in_both_forms() -> None:
    assert set(compressed(FILES)) == {f"{name}{suffix}" for name in FILES for suffix in (".gz", ".br")}


def test_gzip_carries_no_time_and_gives_back_the_bytes() -> None:
    packed = compressed(FILES)
    for name, plain in FILES.items():
        assert packed[f"{name}.gz"][4:8] == bytes(4)
        assert gzip.decompress(packed[f"{name}.gz"]) == plain


def test_brotli_gives_back_the_bytes_also_to_another_program() -> None:
    packed = compressed(FILES)
    code = "process.stdout.write(require('zlib').brotliDecompressSync(require('fs').readFileSync(0)))"
    for name, plain in FILES.items():
        data = packed[f"{name}.br"]
        unpacked = subprocess.run([find_node(), "-e", code], input=data, capture_output=True, check=True).stdout
        assert unpacked == plain == unbrotli(data)
    assert unbrotli(b"no brotli") is None


def test_both_are_smaller_than_what_gzip_makes() -> None:
    packed = compressed(FILES)
    assert len(packed["a.js.br"]) < len(packed["a.js.gz"]) < usual_gzip_size(TEXT)


def test_the_bytes_are_the_same_on_every_machine() -> None:
    """Another version of the pinned packages may change them, and with them the sizes in every new manifest."""
    assert {name: hashlib.sha256(data).hexdigest()[:16] for name, data in compressed(FILES).items()} == HASHES
