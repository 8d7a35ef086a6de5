"""`python -m tests.vectors.excerpt WYCHEPROOF HPKE`: what others published, as far as our ports can do it.

WYCHEPROOF is a clone of C2SP/wycheproof, HPKE the file `HPKE/test-vectors.json` of the package `cryptography_vectors`.
Both are far larger than what is of use here, so the excerpts are committed (tests/vectors/published/).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from tests.vectors.lines import write_lines
from widget.native.crypto import public_bytes

FOLDER = Path(__file__).parent / "published"
KEM = 16  # DHKEM(P-256, HKDF-SHA256)
SUITE = (0, KEM, 1, 2)  # base mode, HKDF-SHA256, AES-256-GCM
SEALED = (0, 1, 2, 4, 255, 256)  # the numbers that RFC 9180 prints

Case = dict[str, Any]


def main(wycheproof: Path, hpke: Path) -> None:
    for name, (file, cases_of) in WYCHEPROOF.items():
        path = wycheproof / "testvectors_v1" / file
        groups = json.loads(path.read_text("utf-8"))["testGroups"]
        cases = [case for group in groups for case in cases_of(group)]
        _keep(name, f"C2SP/wycheproof, testvectors_v1/{file}", path, cases)
    _keep("hpke", "cryptography_vectors 50.0.2, HPKE/test-vectors.json (RFC 9180)", hpke, list(_hpke(hpke)))


def _keep(name: str, source: str, path: Path, cases: list[Case]) -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    head = {"source": source, "sha256": digest, "licence": "Apache-2.0"}
    (FOLDER / f"{name}.json").write_text(write_lines(head, {"cases": cases}), "utf-8")
    print(f"{name}: {len(cases)}")


def _named(test: Case) -> Case:
    note = test["comment"] or " ".join(test["flags"])
    return {"id": str(test["tcId"]), "note": note, "valid": test["result"] == "valid"}


def _signatures(group: Case) -> Iterator[Case]:
    public = group["publicKey"]["uncompressed"]
    for test in group["tests"]:
        yield {**_named(test), "public": public, "message": test["msg"], "signature": test["sig"]}


def _agreement(group: Case) -> Iterator[Case]:
    for test in group["tests"]:
        private = int(test["private"], 16)
        own = public_bytes(ec.derive_private_key(private, ec.SECP256R1())).hex()
        keys = {"private": f"{private:064x}", "own": own, "public": test["public"]}
        yield {**_named(test), **keys, "shared": test["shared"]}


def _seals(group: Case) -> Iterator[Case]:
    if (group["keySize"], group["ivSize"], group["tagSize"]) != (256, 96, 128):
        return
    for test in group["tests"]:
        kept = {"key": test["key"], "nonce": test["iv"], "aad": test["aad"], "text": test["msg"]}
        yield {**_named(test), **kept, "sealed": test["ct"] + test["tag"]}


def _derivation(group: Case) -> Iterator[Case]:
    for test in group["tests"]:
        yield {**_named(test), **{key: test[key] for key in ("ikm", "salt", "info", "size", "okm")}}


def _macs(group: Case) -> Iterator[Case]:
    for test in group["tests"]:
        yield {**_named(test), "key": test["key"], "message": test["msg"], "tag": test["tag"]}


def _hpke(path: Path) -> Iterator[Case]:
    """The suite that we use, and what is sealed in it; of others with the same KEM its secret only."""
    for entry in json.loads(path.read_text("utf-8")):
        suite = tuple(entry[key] for key in ("mode", "kem_id", "kdf_id", "aead_id"))
        if suite[:2] != (0, KEM):
            continue
        name = "-".join(str(number) for number in suite[1:])
        case = {"id": name, "private": entry["skEm"], "own": entry["pkEm"], "public": entry["pkRm"]}
        yield {**case, "secret": entry["shared_secret"]}
        if suite == SUITE:
            keys = {"key": entry["key"], "nonce": entry["base_nonce"]}
            yield {**case, "id": f"{name} whole", "info": entry["info"], **keys, **_sealed(entry, 0)}
            for number in SEALED:
                nonce = entry["encryptions"][number]["nonce"]
                yield {"id": f"{name} number {number}", **keys, **_sealed(entry, number), "nonce": nonce}


def _sealed(entry: Case, number: int) -> Case:
    found = entry["encryptions"][number]
    return {"aad": found["aad"], "text": found["pt"], "sealed": found["ct"]}


WYCHEPROOF = {
    "ecdsa": ("ecdsa_secp256r1_sha256_p1363_test.json", _signatures),
    "ecdh": ("ecdh_secp256r1_ecpoint_test.json", _agreement),
    "aes_gcm": ("aes_gcm_test.json", _seals),
    "hkdf": ("hkdf_sha256_test.json", _derivation),
    "hmac": ("hmac_sha256_test.json", _macs),
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
