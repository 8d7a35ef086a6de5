"""Shipped JavaScript and CSS hold no door through which text becomes code."""

from __future__ import annotations

import pytest

from build.sinks import SCRIPT_SINKS, STYLE_SINKS, SinkFound, find_sinks, refuse_sinks

REFUSED = {
    "innerHTML": ["a.innerHTML=b", 'a["innerHTML"]=b'],
    "outerHTML": ["a.outerHTML=b"],
    "insertAdjacentHTML": ["a.insertAdjacentHTML('beforeend',b)"],
    "document.write": ["document.write(a)", "document.writeln(a)", "document . write (a)", "document?.write(a)"],
    "eval": ["eval(a)", "eval (a)", "(0,eval)(a)", 'globalThis["eval"](a)', "eval?.(a)"],
    "Function": ["new Function(a)", "Function(a)()", "new Function (a)", 'globalThis["Function"](a)', "Function`a`"],
    "constructor of functions": ['f.constructor("return 1")'],
    "string timer": ["setTimeout('a()',1)", 'setInterval("a()")', "setTimeout(`a()`)"],
    "event attribute": [
        "a.setAttribute('onclick',b)",
        'a.setAttribute("onerror", b)',
        "a.setAttributeNS(null,'onload',b)",
    ],
    "style attribute": ["a.setAttribute('style',b)"],
    "srcdoc": ["a.srcdoc=b", 'a.setAttribute("srcdoc",b)'],
    "DOMParser": ["new DOMParser", "p.parseFromString(a,b)"],
    "createContextualFragment": ["r.createContextualFragment(a)"],
    "setHTMLUnsafe": ["a.setHTMLUnsafe(b)", "Document.parseHTMLUnsafe(b)"],
    "inline element": ['d.createElement("script")', "d.createElement('style')", 'd.createElementNS(n,"script")'],
    "import()": ["import('./a.js')", "import (a)"],
    "importScripts": ["importScripts(a)"],
    "worker": ["new Worker(a)", "new SharedWorker(a)"],
    "WebAssembly": ["WebAssembly.instantiate(a)"],
    "Brython at run time": ["__BRYTHON__.x"],
}
ALLOWED = [
    "a.textContent=b",
    "setTimeout(()=>a(),1)",
    'typeof a=="function"',
    "document.createElement(a)",
    'd.createElement("link")',
    "retrieval(a)",
    "isFunction(a)",
    "new a.constructor(b)",
    'a.setAttribute("aria-label",b)',
    'a.setAttribute("role","on")',
    'import{a}from"./b.js"',
    "socket.write(a)",
    "a.style.width=b",
]
STYLES_REFUSED = {
    "@import": ["@import 'a.css';"],
    "remote url()": ["p{background:url(https://a/b.png)}", 'p{background:url("//a/b")}'],
    "javascript:": ["p{background:url(javascript:a)}"],
    "expression()": ["p{width:expression(a)}"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in REFUSED.items() for text in texts])
def test_a_script_sink_is_refused(name: str, text: str) -> None:
    with pytest.raises(SinkFound) as refused:
        refuse_sinks("a.js", f"x=1;\n{text};")
    assert name in [sink.name for sink in refused.value.sinks]
    assert str(refused.value).startswith("a.js:2: ")


@pytest.mark.parametrize("text", ALLOWED)
def test_plain_code_is_not_refused(text: str) -> None:
    assert find_sinks(text, SCRIPT_SINKS) == []


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in STYLES_REFUSED.items() for text in texts])
def test_a_style_sink_is_refused(name: str, text: str) -> None:
    assert [sink.name for sink in find_sinks(text, STYLE_SINKS)] == [name]


def test_every_sink_has_a_sample() -> None:
    assert set(REFUSED) == set(SCRIPT_SINKS)
    assert set(STYLES_REFUSED) == set(STYLE_SINKS)


def test_plain_styles_are_not_refused() -> None:
    refuse_sinks("a.css", "p{color:red;background:url(#a)}")
