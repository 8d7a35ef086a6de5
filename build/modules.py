"""The shape of a compiled module, as the linker needs it."""

from __future__ import annotations

from typing import Protocol


class JsModule(Protocol):
    """`path` is the Python file's ("widget/core/chat.py"), `source_map` the text of a version 3 map to it."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def source_map(self) -> str: ...
