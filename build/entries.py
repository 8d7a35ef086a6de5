"""What each format does besides holding the chat: a few lines of JavaScript that the linker begins from."""

from __future__ import annotations

import json
from dataclasses import dataclass

GLOBAL = "StrixunChat"
# An image of the page that is named `currentScript` hides document.currentScript, and has a `src` of its own.
CURRENT = 'Object.getOwnPropertyDescriptor(Document.prototype, "currentScript").get.call(document)'


@dataclass(frozen=True)
class Entries:
    """`entry` and `home` are paths of modules; without `home` a format only holds the names.

    `pin` is the integrity of the stylesheet that lies beside the script.
    """

    names: tuple[str, ...]
    entry: str
    version: str
    home: str = ""
    style: str = ""
    pin: str = ""

    def files(self) -> dict[str, str]:
        """Entries by file name: of the script, the ES module, the CommonJS module, and both of the npm package."""
        return {
            "global.mjs": self._global(),
            "esm.mjs": self._module() + self._tell("came_from", "import.meta.url"),
            "cjs.mjs": self._module(),
            "package.mjs": self._module() + self._tell("bring_style", json.dumps(self.style)),
        }

    def _global(self) -> str:
        names = ", ".join(self.names)
        text = f'import {{ {names} }} from "./{self.entry}"\n'
        text += f"globalThis.{GLOBAL} = {{ {names}, version: {json.dumps(self.version)} }}\n"
        if self.home == "":
            return text
        return (
            f'import {{ loaded_by }} from "./{self.entry}"\nimport {{ defineElement }} from "./custom-element.mjs"\n'
            f"{text}loaded_by({CURRENT}, {json.dumps(self.pin)})\ndefineElement(ChatWidget)\n"
        )

    def _module(self) -> str:
        names = ", ".join(self.names)
        return f'export {{ {names} }} from "./{self.entry}"\nexport const version = {json.dumps(self.version)}\n'

    def _tell(self, function: str, argument: str) -> str:
        return "" if self.home == "" else f'import {{ {function} }} from "./{self.home}"\n{function}({argument})\n'
