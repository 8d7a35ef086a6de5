"""Where one part is mutated: a folder under .work/ with the project's folders and a configuration of its own."""

from __future__ import annotations

import json
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.mutation.functions import Function, functions_of
from tests.nightly.shares import shared

ROOT = Path(__file__).parents[2]
# The codes that are off are of mutants side by side in one class, not of what was changed in one of them.
MYPY = {
    "strict": True,
    "python_version": "3.11",
    "explicit_package_bases": True,
    "disable_error_code": ["unused-ignore", "no-redef", "no-any-return", "var-annotated"],
}
# No others: each mutant loads them anew.
PLUGINS = ("-p", "pytest_asyncio.plugin", "-p", "_hypothesis_pytestplugin", "-p", "tests.mutation.killers")
FOLDERS = ("widget", "auth", "signaling", "build", "bench", "tests")
FILES = ("requirements-services.lock",)  # that tests read besides


@dataclass(frozen=True)
class Part:
    """`folder` is mutated; `tests` are to notice, but for those `left_out`: pyproject.toml, tool.strixun.mutation.

    `patience_s` is how long the tests of one mutant may take together: the fastest come first.
    """

    name: str
    folder: str
    tests: list[str]
    left_out: list[str]
    patience_s: float
    share: tuple[int, int] = (1, 1)

    @property
    def workspace(self) -> Path:
        number, of = self.share
        return ROOT / ".work" / "mutation" / (self.name if of == 1 else f"{self.name}-{number}")

    @property
    def functions(self) -> list[Function]:
        """Those of the folder that are changed."""
        files = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / self.folder).rglob("*.py"))
        every = [function for file in files for function in functions_of(ROOT, file)]
        return shared(every, self.share, lambda function: function.lines)

    @property
    def files(self) -> list[str]:
        """Where they are."""
        return sorted({function.file for function in self.functions})

    @property
    def patterns(self) -> list[str]:
        """Of the names of their mutants."""
        return [function.pattern for function in self.functions]


def project() -> dict[str, Any]:
    tools: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    return tools


def parts() -> dict[str, Part]:
    return {name: Part(name, **table) for name, table in project()["strixun"]["mutation"].items()}


def lay(part: Part) -> None:
    """Anew, so that nothing is believed from an earlier run."""
    shutil.rmtree(part.workspace, ignore_errors=True)
    part.workspace.mkdir(parents=True)
    for folder in (*FOLDERS, *FILES):
        (part.workspace / folder).symlink_to(ROOT / folder)
    (part.workspace / "pyproject.toml").write_text(configuration(part), "utf-8")


def configuration(part: Part) -> str:
    tools = project()
    return "\n".join(_table(name, table) for name, table in (
        ("mutmut", _mutmut(part)),
        ("mypy", {**MYPY, "cache_dir": str(part.workspace.with_name("mypy"))}),
        ("pytest.ini_options", tools["pytest"]["ini_options"]),
    ))


def _mutmut(part: Part) -> dict[str, Any]:
    top = part.folder.split("/")[0]
    return {
        "source_paths": [top],
        "only_mutate": part.files,
        "also_copy": [*(folder for folder in FOLDERS if folder not in (top, "tests")), *FILES],
        "pytest_add_cli_args": [*PLUGINS, "-p", "no:cacheprovider", "--hypothesis-seed=0"],
        "pytest_add_cli_args_test_selection": [*part.tests, *(f"--deselect={test}" for test in part.left_out)],
        "type_check_command": ["mypy", part.folder, "--output", "json"],
        "timeout_constant": 5.0,
        "timeout_multiplier": 4.0,
        "track_dependencies": False,
        "use_git_change_detection": False,
    }


def _table(name: str, values: dict[str, Any]) -> str:
    """JSON's texts, numbers, booleans and lists are TOML's too."""
    return "\n".join([f"[tool.{name}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items()), ""])
