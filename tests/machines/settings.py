"""How this machine reaches its package registries: read when a bare root is made, and written nowhere else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

VARIABLES = re.compile(
    r"(https?|ftp|no|all)_proxy|pip_.*|npm_config_.*|ssl_cert_(file|dir)|node_extra_ca_certs|requests_ca_bundle", re.I
)
SYSTEM = (
    "etc/resolv.conf", "etc/hosts", "etc/pip.conf", "etc/xdg/pip", "etc/apt/auth.conf.d", "etc/npmrc", "usr/etc/npmrc",
    "usr/local/etc/npmrc", "etc/ssl/certs/ca-certificates.crt", "usr/local/share/ca-certificates",
)  # fmt: skip
PERSONAL = (".pip/pip.conf", ".config/pip/pip.conf", ".npmrc")
NPM_GLOBAL = ("/etc/npmrc", "/usr/etc/npmrc", "/usr/local/etc/npmrc")


def mirror() -> list[str]:
    """The address that this machine has its Debian from, if it has any: debootstrap knows one itself."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"], capture_output=True, text=True
    )
    return [address for address in listed.stdout.split() if address.rstrip("/").endswith("/debian")][:1]


def inherit(root: Path, home: str, owner: int) -> None:
    """Copies files of the system, and those of this user for the owner of `home` there."""
    for name in SYSTEM:
        _copy(Path("/") / name, root / name)
    for name in PERSONAL:
        _copy(Path.home() / name, root / home[1:] / name)
    for path in (root / home[1:]).rglob("*"):
        os.chown(path, owner, owner, follow_symlinks=False)
    told = subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=True).stdout
    wanted = [line for line in told.splitlines() if "IndexTargets" not in line]
    (root / "etc/apt/apt.conf.d/99inherited").write_text("\n".join(wanted) + "\n", "utf-8")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copy(source, target)


def variables(root: Path) -> dict[str, str]:
    """Of this process's environment; a path of this machine that the root lacks is left out."""
    found = {name: value for name, value in os.environ.items() if VARIABLES.fullmatch(name)}
    there = {name: value for name, value in found.items() if not value.startswith("/") or (root / value[1:]).exists()}
    return _npm(root) | there


def _npm(root: Path) -> dict[str, str]:
    """Each npm looks for the settings of all users beside itself; these are in the places of the usual ones."""
    found = [name for name in NPM_GLOBAL if (root / name[1:]).is_file()]
    return {"NPM_CONFIG_GLOBALCONFIG": found[0]} if len(found) > 0 else {}
