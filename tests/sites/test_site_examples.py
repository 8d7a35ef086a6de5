"""Each server of docs/SITE_LOGIN.md makes tokens that the sign-in service takes, and none for who is signed out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auth.site_keys import read_pem
from auth.site_token import check_site_token
from tests.sites.examples import EXAMPLES, Example, code_of

HERE = Path(__file__).parent
AUDIENCE = "https://chat-auth.example.org"
KINDS = {"ES256": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "RS256": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"]}
LIMIT_S = 300


def run(*command: str, folder: Path, **variables: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True, timeout=LIMIT_S
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python with the three frameworks."""
    folder = tmp_path_factory.mktemp("python")
    run(sys.executable, "-m", "venv", str(folder / "venv"), folder=folder)
    made = str(folder / "venv/bin/python")
    pip = (made, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    run(*pip, "-r", str(HERE / "requirements.lock"), folder=folder)
    return made


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With Express."""
    folder = tmp_path_factory.mktemp("node")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", folder=folder)
    return folder / "node_modules"


def keys(folder: Path, algorithm: str) -> None:
    """As the page says."""
    run("openssl", "genpkey", "-algorithm", *KINDS[algorithm], "-out", "chat.pem", folder=folder)
    run("openssl", "pkey", "-in", "chat.pem", "-pubout", "-out", "chat.pub", folder=folder)


def answers(example: Example, folder: Path, request: pytest.FixtureRequest) -> list[str]:
    """What it says to somebody who is signed out, and to Ann."""
    (folder / example.file).write_text(code_of(example.name), "utf-8")
    driver = folder / f"driver{Path(example.file).suffix}"
    driver.write_text(example.driver, "utf-8")
    if example.name == "PHP":
        php = ("php", "-d", f"auto_prepend_file={driver}", "-d", f"session.save_path={folder}", example.file)
        return [run(*php, folder=folder).strip(), run(*php, folder=folder, SIGNED_IN="1").strip()]
    if example.name == "Express":
        (folder / "node_modules").symlink_to(request.getfixturevalue("node_modules"))
        return run("node", str(driver), folder=folder).split()
    program = "ruby" if example.name == "Rails" else request.getfixturevalue("python")
    return run(program, str(driver), folder=folder).split()


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_the_token_of_a_server_is_taken(example: Example, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    keys(tmp_path, example.algorithm)
    signed_out, token = answers(example, tmp_path, request)
    assert signed_out == "401"
    public = read_pem((tmp_path / "chat.pub").read_bytes())
    vouched = check_site_token(token, [public], AUDIENCE, time.time())
    assert (vouched.sub, vouched.name) == ("7", "Ann")
    assert 0 < vouched.exp - vouched.iat <= 600
