"""The npm package as Node and a bundler find it: entries, types beside each, nothing touched on a server."""

from __future__ import annotations

import json
import re

import pytest

from build.versions import project_version
from tests.packages.workshop import ROOT, Workshop

ENTRIES = ("strixun-chat", "strixun-chat/react", "strixun-chat/element")
# A page that notices any touch: what a module does while it is imported must work on a server.
TRAPS = """
for (const name of ['window', 'document', 'navigator', 'localStorage', 'location']) {
  Object.defineProperty(globalThis, name, { configurable: true, get() { throw new Error('touched ' + name) } })
}
"""
METHODS = "Object.getOwnPropertyNames(ChatWidget.prototype).filter((name) => !name.startsWith('_')).sort()"


def test_every_way_to_import_finds_code_and_types(workshop: Workshop) -> None:
    arguments = ("--exclude-entrypoints", "./svelte", "./style.css", "--no-definitely-typed", "--format", "json")
    done = workshop.tool("@arethetypeswrong/cli", "package.tgz", *arguments)
    assert done.returncode == 0, done.stdout
    analysis = json.loads(done.stdout)["analysis"]
    assert set(analysis["entrypoints"]) == {".", "./react", "./element", "./languages/*.json", "./package.json"}
    assert analysis["problems"] == []


def test_the_svelte_entry_finds_code_and_types_in_modules(workshop: Workshop) -> None:
    arguments = ("--entrypoints", "./svelte", "--profile", "esm-only", "--no-definitely-typed", "--format", "json")
    done = workshop.tool("@arethetypeswrong/cli", "package.tgz", *arguments)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("entry", ENTRIES)
def test_importing_on_a_server_touches_no_page(workshop: Workshop, entry: str) -> None:
    names = workshop.run(f"{TRAPS}console.log(JSON.stringify(Object.keys(await import('{entry}')).sort()))")
    required = workshop.run(f"{TRAPS}console.log(JSON.stringify(Object.keys(require('{entry}')).sort()))", "commonjs")
    assert names == [name for name in required if name != "__esModule"]
    expected = {"strixun-chat": ["ChatWidget", "version"], "strixun-chat/element": ["defineElement"]}
    assert names == expected.get(entry, ["StrixunChat", "default"])


def test_the_cdn_module_can_be_imported_on_a_server_too(workshop: Workshop) -> None:
    module = ROOT / "cdn_dist" / "latest" / "chat-widget.esm.js"
    (workshop.folder / "cdn.mjs").write_bytes(module.read_bytes())
    assert workshop.run(f"{TRAPS}console.log(JSON.stringify(Object.keys(await import('./cdn.mjs'))))") == [
        "ChatWidget",
        "version",
    ]


def test_react_renders_the_component_on_a_server(workshop: Workshop) -> None:
    script = f"""{TRAPS}
      const {{ createElement }} = await import('react')
      const {{ renderToString }} = await import('react-dom/server')
      const {{ StrixunChat }} = await import('strixun-chat/react')
      const props = {{ authApiUrl: 'a', signalingUrl: 'b', otpEncryptionKey: 'c', className: 'chat', onMessage() {{}} }}
      console.log(JSON.stringify(renderToString(createElement(StrixunChat, props))))
    """
    assert workshop.run(script) == '<div class="chat"></div>'


def test_svelte_renders_the_component_on_a_server(workshop: Workshop) -> None:
    script = f"""
      import {{ readFileSync, writeFileSync }} from 'node:fs'
      import {{ compile }} from 'svelte/compiler'
      import {{ render }} from 'svelte/server'
      const source = readFileSync('node_modules/strixun-chat/StrixunChat.svelte', 'utf8')
      const {{ js, warnings }} = compile(source, {{ generate: 'server', filename: 'StrixunChat.svelte' }})
      writeFileSync('node_modules/strixun-chat/StrixunChat.server.mjs', js.code)
      {TRAPS}
      const {{ default: StrixunChat }} = await import('./node_modules/strixun-chat/StrixunChat.server.mjs')
      const props = {{ authApiUrl: 'a', signalingUrl: 'b', otpEncryptionKey: 'c', class: 'chat' }}
      console.log(JSON.stringify([warnings, render(StrixunChat, {{ props }}).body]))
    """
    warnings, body = workshop.run(script)
    assert warnings == []
    assert re.sub(r"<!--.*?-->", "", body) == '<div class="chat"></div>'


def test_the_compiled_class_has_the_declared_names_and_no_others(workshop: Workshop) -> None:
    """The readable script shows its private names; the minified ones must have kept all the public ones."""
    declared = (ROOT / "build" / "chat-widget.d.ts").read_text("utf-8")
    body = declared.split("declare class ChatWidget {")[1].split("\n}")[0]
    names = sorted({*re.findall(r"^  (\w+)(?:<.*?>)?\(", body, re.M)})
    script = json.dumps(str(ROOT / "cdn_dist" / "latest" / "chat-widget.iife.js"))
    assert workshop.run(f"""
      import {{ readFileSync }} from 'node:fs'
      import {{ runInNewContext }} from 'node:vm'
      class Document {{ get currentScript() {{ return null }} }}
      const context = {{ Document, document: new Document() }}
      runInNewContext(readFileSync({script}, 'utf8'), context)
      const {{ ChatWidget, version }} = context.StrixunChat
      console.log(JSON.stringify([...{METHODS}, Object.keys(context.StrixunChat), version]))
    """) == [*names, ["ChatWidget", "version"], str(project_version(ROOT))]
    script = "const { ChatWidget } = await import('strixun-chat')\n"
    script += f"console.log(JSON.stringify({json.dumps(names)}.every((name) => name in ChatWidget.prototype)))"
    assert workshop.run(script) is True


def test_every_script_is_what_the_oldest_browsers_read(workshop: Workshop) -> None:
    assert workshop.run("""
      import { readFileSync, readdirSync } from 'node:fs'
      import { parse } from 'acorn'
      const names = readdirSync('node_modules/strixun-chat').filter((name) => /\\.m?js$/.test(name))
      const kind = (name) => (name.endsWith('.mjs') ? 'module' : 'script')
      const text = (name) => readFileSync(`node_modules/strixun-chat/${name}`, 'utf8')
      for (const name of names) parse(text(name), { ecmaVersion: 2020, sourceType: kind(name) })
      console.log(JSON.stringify(names.length > 8))
    """)


def test_the_manifest_names_files_that_are_there(workshop: Workshop) -> None:
    manifest = json.loads((workshop.package / "package.json").read_text("utf-8"))
    assert manifest["version"] == str(project_version(ROOT))
    named = re.findall(r': "(\./[^"]+)"', json.dumps(manifest))
    assert len(named) > 10
    assert [name for name in named if not any(workshop.package.glob(name))] == []
    assert (workshop.package / "LICENSE").is_file()
