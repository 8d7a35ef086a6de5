"""What was set up once and is gone is set up again: stamps alone would say that it is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PIP = """#!/bin/bash
[ "$1" = -c ] && exit 0
[ -e fails ] && exit 1
trap "exit 1" INT
echo pip
read -r -t 60
"""
OTHER = """#!/bin/sh
case "$1" in -V | --version) echo Python 3.99.0;; -c) case "$2" in *print*) echo 3.99.0;; esac;; *) exit 1;; esac
"""
STAMPS = ("demo", "npm", "system", "venv")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is set up, as far as make can see."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in (".venv/.whole", "node_modules/.package-lock.json", *(f".work/steps/{stamp}" for stamp in STAMPS)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / ".venv" / ".whole").write_text(f"{tmp_path.resolve() / '.venv'}\n", "utf-8")
    (tmp_path / ".venv" / "bin").mkdir()
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


@pytest.fixture
def other(project: Path) -> Path:
    """Another Python, of which nothing can be made."""
    python = project / "other"
    python.write_text(OTHER, "utf-8")
    python.chmod(0o755)
    return python


def done(project: Path, *named: str) -> list[str]:
    """What make still holds to be done."""
    subprocess.run(["make", "help", *named], cwd=project, check=True, capture_output=True)
    return sorted(path.name for path in (project / ".work" / "steps").iterdir())


def test_what_is_there_is_not_set_up_again(project: Path) -> None:
    assert done(project) == list(STAMPS)


def test_a_venv_that_was_removed_is_made_again(project: Path) -> None:
    shutil.rmtree(project / ".venv")
    assert done(project) == ["npm", "system"]


def test_a_venv_whose_python_is_gone_is_made_again(project: Path) -> None:
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(project / "python3.9")
    assert done(project) == ["npm", "system"]


def test_a_venv_that_is_half_made_is_made_again(project: Path) -> None:
    (project / ".venv" / ".whole").unlink()
    assert done(project) == ["npm", "system"]


def test_a_venv_whose_folder_has_another_name_is_made_again(project: Path) -> None:
    moved = project.rename(project.with_name(f"{project.name} moved"))
    assert done(moved) == ["npm", "system"]


def test_a_venv_of_another_python_than_the_one_that_is_named_is_made_again(project: Path, other: Path) -> None:
    assert done(project, f"PYTHON={sys.executable}") == list(STAMPS)
    assert done(project, f"PYTHON={other}") == ["npm", "system"]


def test_the_python_that_is_named_is_taken(project: Path, other: Path) -> None:
    shutil.copytree(ROOT / ".ci", project / ".ci")
    run = subprocess.run([".ci/venv", str(other)], cwd=project, capture_output=True, text=True, check=False)
    assert run.stdout.startswith("setup: making .venv with Python 3.99.0")


def test_packages_of_node_that_were_removed_are_installed_again(project: Path) -> None:
    shutil.rmtree(project / "node_modules")
    assert done(project) == ["demo", "system", "venv"]


@pytest.fixture
def installing(project: Path) -> Path:
    """One whose pip goes on until somebody ends it, and says then that it failed, as pip does."""
    shutil.copytree(ROOT / ".ci", project / ".ci")
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text(PIP, "utf-8")
    python.chmod(0o755)
    return project


def install(project: Path) -> subprocess.Popen[str]:
    """As from a shell, where Ctrl-C is heard."""
    command = ["env", "--default-signal=INT", ".ci/venv", sys.executable]
    return subprocess.Popen(
        command, cwd=project, start_new_session=True, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def test_who_ends_an_installation_is_not_told_that_it_failed(installing: Path) -> None:
    with install(installing) as run:
        assert run.stdout is not None
        while run.stdout.readline() != "pip\n":
            pass
        os.killpg(run.pid, signal.SIGINT)
        assert (run.stdout.read(), run.wait()) == ("", 130)


def test_an_installation_that_fails_says_where_to_look(installing: Path) -> None:
    (installing / "fails").touch()
    with install(installing) as run:
        said, _ = run.communicate()
    assert "is the package index reached from here? (pip config list)" in said
    assert run.returncode == 1


def test_programs_that_lead_to_the_old_name_are_not_kept(installing: Path) -> None:
    moved = installing.rename(installing.with_name(f"{installing.name} moved"))
    with install(moved) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith("setup: making .venv with Python 3.")
        os.killpg(run.pid, signal.SIGKILL)


def npm_runs(installing: Path, home: str) -> str:
    """Where a Node that is there keeps what npm fetches."""
    found = installing / "found"
    found.mkdir()
    for name, said in (("node", "v20.0.0"), ("npm", "$npm_config_cache")):
        (found / name).write_text(f'#!/bin/sh\n[ "$1" = config ] && echo "$HOME/.npm" || echo "{said}"\n', "utf-8")
        (found / name).chmod(0o755)
    environment = {**os.environ, "HOME": home, "PATH": f"{found}:{os.environ['PATH']}", "npm_config_cache": ""}
    run = subprocess.run([".ci/npm"], cwd=installing, env=environment, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()[-1]


def test_who_has_no_home_to_write_to_gets_packages_of_node(installing: Path) -> None:
    assert npm_runs(installing, "/dev/null") == str(installing.resolve() / ".work" / "npm")


def test_who_has_a_home_has_npms_cache_in_it(installing: Path, tmp_path: Path) -> None:
    assert npm_runs(installing, str(tmp_path)) == ""
