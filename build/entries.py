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

    `style` is the stylesheet, `beside` the name and `pin` the integrity of the one that lies beside the script;
    `list_pin` the integrity of the list of languages there.
    """

    names: tuple[str, ...]
    entry: str
    version: str
    home: str = ""
    style: str = ""
    beside: str = ""
    pin: str = ""
    list_pin: str = ""

    def files(self) -> dict[str, str]:
        """Entries by file name: of the script, the ES module, the CommonJS module, and both of the npm package."""
        pin = json.dumps(self.list_pin)
        return {
            "global.mjs": self._global(),
            "esm.mjs": self._module() + self._tell("came_from", f'{self._address("import.meta.url")}, "", {pin}'),
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
            f"{text}const script = {CURRENT}\n"
            f"if (script) loaded_by(script, {self._address('script.src')}, {json.dumps(self.pin)}, "
            f"{json.dumps(self.list_pin)})\n"
            "defineElement(ChatWidget)\n"
        )

    def _address(self, ours: str) -> str:
        """Of the stylesheet beside the file whose address is `ours`; "" where that is "", as of an inline script."""
        return f'{ours}.replace(/\\/[^/?]*(\\?.*)?$/, "/{self.beside}")'

    def _module(self) -> str:
        names = ", ".join(self.names)
        return f'export {{ {names} }} from "./{self.entry}"\nexport const version = {json.dumps(self.version)}\n'

    def _tell(self, function: str, argument: str) -> str:
        return "" if self.home == "" else f'import {{ {function} }} from "./{self.home}"\n{function}({argument})\n'
