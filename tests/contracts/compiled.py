"""The contracts as scripts for a page: compiled and minified as the chat is, or uncompiled for stock Brython."""

from __future__ import annotations

from pathlib import Path

from build.compiler.compile import compile_program
from build.compiler.load import load_program
from build.compiler.lower.helpers import runtime
from build.integrity import SCRIPT
from build.link import Program, link
from tests.fakes.widget_copy import copy_widget

ROOT = Path(__file__).parent.parent.parent
PORTS = ("clock", "crypto", "http", "puzzle", "rtc", "siblings", "sockets", "storage")
ENTRY = "widget.browser.contract_page"


def compiled_contracts(scratch: Path) -> bytes:
    """A script with `StrixunChat.Contracts`, from what `lay_out` left in `scratch`."""
    sources = load_program(scratch, ENTRY)
    modules = compile_program(sources, public=("Contracts",))
    texts = {source.path: source.text for source in sources.values()}
    return link(Program(modules, runtime(), texts, ENTRY, ("Contracts",), "0.0.0", "contracts")).files[SCRIPT]


def lay_out(scratch: Path) -> None:
    """The compiler and the dev page read one package: the contracts move into a copy of it."""
    copy_widget(scratch)
    contracts = scratch / "widget" / "contracts"
    contracts.mkdir()
    (contracts / "__init__.py").write_text("")
    for name in (*PORTS, "published", "report"):
        _move(name, contracts / f"{name}.py")
    _move("page", scratch / "widget" / "browser" / "contract_page.py")


def _move(name: str, target: Path) -> None:
    text = (ROOT / "tests" / "contracts" / f"{name}.py").read_text("utf-8")
    target.write_text(text.replace("tests.contracts", "widget.contracts"), "utf-8")
