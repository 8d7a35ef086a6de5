"""A folder where the packed npm package is installed, and the tools that build and check with it."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

from build.node import find_node

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PACKAGE = ROOT / "npm_dist"
INSTALLED = ROOT / ".work" / "packages"
TIMEOUT_S = 120
KEPT_S = 24 * 3600


class Workshop:
    """`folder` holds copies of apps/ and types/, and the package in its node_modules; npm's tools are one level up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder / "node_modules" / "strixun-chat"

    @classmethod
    def open(cls) -> Workshop:
        """The same folder for the same package and sources, whoever asks first."""
        _check_installed()
        packed = _pack()
        sources = [path for name in ("apps", "types") for path in sorted((HERE / name).rglob("*")) if path.is_file()]
        parts = [packed, *(str(path.relative_to(HERE)).encode() + path.read_bytes() for path in sources)]
        name = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:16]
        folder = INSTALLED / f"run-{name}"
        if not folder.is_dir():
            _lay_out(folder, packed)
        return cls(folder)

    @property
    def tarball(self) -> Path:
        return self.folder / "package.tgz"

    def tool(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of the installed programs, run in the folder."""
        manifest = json.loads((INSTALLED / "node_modules" / name / "package.json").read_text("utf-8"))
        commands = manifest["bin"]
        script = commands if isinstance(commands, str) else next(iter(commands.values()))
        return self.node(str(INSTALLED / "node_modules" / name / script), *arguments)

    def node(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [find_node(), *arguments], cwd=self.folder, capture_output=True, text=True, timeout=TIMEOUT_S
        )

    def run(self, script: str, kind: str = "module") -> Any:
        """What the script prints, which is JSON. `kind` is "module" or "commonjs"."""
        done = self.node(f"--input-type={kind}", "-e", script)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def built_app(self, name: str) -> Path:
        """An app as vite builds it for the public."""
        source, target = self.folder / "apps" / name, self.folder / "built" / name
        if not target.is_dir():
            fresh = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=self.folder))
            done = self.tool("vite", "build", str(source), "--outDir", str(fresh), "--emptyOutDir", "--logLevel=warn")
            assert done.returncode == 0, done.stdout + done.stderr
            assert "warn" not in (done.stdout + done.stderr).lower(), done.stdout + done.stderr
            _put(fresh, target)
        return target


def _check_installed() -> None:
    assert (PACKAGE / "package.json").is_file(), "the package is not built: run `make build-cdn`"
    stamp, lock = INSTALLED / "installed.json", HERE / "package-lock.json"
    installed = stamp.is_file() and stamp.read_bytes() == lock.read_bytes()
    assert installed, "the tools of the package tests are not installed: run `make test`, or `.ci/packages`"


def _pack() -> bytes:
    """What `npm pack` would upload: every file below package/, without times, so that equal files are equal bytes."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        for path in sorted(PACKAGE.iterdir()):
            entry = tarfile.TarInfo(f"package/{path.name}")
            entry.size = path.stat().st_size
            tar.addfile(entry, io.BytesIO(path.read_bytes()))
    return gzip.compress(file.getvalue(), mtime=0)


def _lay_out(folder: Path, packed: bytes) -> None:
    _forget_old_ones()
    fresh = Path(tempfile.mkdtemp(prefix=".run-", dir=INSTALLED))
    (fresh / "package.tgz").write_bytes(packed)
    (fresh / "node_modules").mkdir()
    _unpack(fresh / "package.tgz", fresh / "node_modules" / "strixun-chat")
    for name in ("apps", "types"):
        shutil.copytree(HERE / name, fresh / name)
    _put(fresh, folder)


def _unpack(archive: Path, folder: Path) -> None:
    """By hand: `extractall` has its `filter` from 3.11.4 on, and 3.12 warns where none is given."""
    folder.mkdir()
    with tarfile.open(archive) as tar:
        for entry in tar:
            file = tar.extractfile(entry)
            assert file is not None
            (folder / Path(entry.name).relative_to("package")).write_bytes(file.read())


def _forget_old_ones() -> None:
    for folder in INSTALLED.glob("*run-*"):
        if time.time() - folder.stat().st_mtime > KEPT_S:
            shutil.rmtree(folder, ignore_errors=True)


def _put(fresh: Path, target: Path) -> None:
    """Another worker may have been first: then its folder is as good."""
    target.parent.mkdir(exist_ok=True)
    try:
        fresh.rename(target)
    except OSError:
        shutil.rmtree(fresh)
        assert target.is_dir()
