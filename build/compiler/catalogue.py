"""Every refusal and, from CW201 on, every warning by code: the sentence and what to write instead."""

from __future__ import annotations

CATALOGUE: dict[str, tuple[str, str]] = {
    "CW001": ("this is not Python: {detail}", ""),
    "CW002": ("the source {detail}", "save it as UTF-8, without a comment that names another encoding"),
    "CW003": (
        "more than {detail} expressions and statements inside each other",
        "give a part a name of its own, join texts with join, ask a dict in place of many `elif`",
    ),
    "CW004": ("Brython's parser reads this otherwise than CPython: {detail}", "{advice}"),
    # Imports and module level
    "CW010": (
        "`{name}` cannot be imported here",
        "allowed: your own modules, and of the library those that docs/PYTHON_SUBSET.md names",
    ),
    "CW011": ("a star import hides where names come from", "import the names you use"),
    "CW012": (
        "an import below the top of the file",
        "move it to the top, or under `if TYPE_CHECKING:` when only types need it",
    ),
    "CW013": ("a relative import", "write the whole name: from package.module import Name"),
    "CW014": ("module `{module}` has no `{name}`", "check the spelling, or export it there"),
    "CW015": ("`from __future__ import annotations` is missing", "make it the first statement"),
    "CW016": ("`import {name}` of a module of your own", "write: from {package} import {last}"),
    "CW017": (
        '`if __name__ == "__main__"` has no meaning in a bundle', "put the program into a module that is not compiled"
    ),
    "CW018": ("there is no module `{module}`", "check the spelling of the import"),
    # Statements and syntax
    "CW020": ("the pattern `{text}` {detail}", "{advice}"),
    "CW021": ("`{name}` is not in the subset", "write a class with __enter__ and __exit__, or try/finally"),
    "CW022": ("`global` is not in the subset", "keep the value in an object or return it"),
    "CW023": ("`del` of {what}", "only `del mapping[key]` and `del items[index]` are compiled; assign None instead"),
    "CW025": ("`:=` right in a {where}", "only functions have it: assign on a line of its own"),
    "CW026": (
        "decorator `{name}` is not in the subset",
        "only dataclass, property, staticmethod, classmethod, `name.setter`, functools.cache of plain functions, "
        "and a `starter` that only gives back",
    ),
    "CW027": ("more than one base class", "single inheritance; hand the other object in"),
    "CW028": ("class keyword `{name}`", "metaclasses and class keywords are not in the subset"),
    "CW029": ("special method `{name}` is not in the subset", "write a method with a plain name"),
    "CW030": (
        "`{name}` takes any number of {what}",
        "a function may end with `*args: int`, behind it nothing; else take a list or named parameters",
    ),
    "CW031": ("a class inside a {where}", "define it at module level"),
    "CW032": (
        "base class `{name}` is not in the subset", "use an Enum alone, a Literal type, constants or a dataclass"
    ),
    "CW033": ("`assert` in shipped code", "raise an error that says what is wrong"),
    "CW034": ("{what} is not in the subset", "{advice}"),
    "CW035": ("`async {what}` is not in the subset", "use `for` or `while` with `await` inside"),
    "CW036": ("`{name}` is not in the subset", "{advice}"),
    "CW037": (
        "default value is not a constant", "use a constant, another variable's name, or None and set the value inside"
    ),
    "CW038": ("`{name}` has no annotation", "annotate every parameter, return value and attribute"),
    "CW039": ("the integer {value} is not below 2**53", "JavaScript numbers are exact only up to 2**53; split it"),
    "CW040": (
        "arguments are spread with `*`",
        "only print may spread them, and what has `*args` behind its other arguments: pass the list itself",
    ),
    "CW041": ("`super()` is used for something other than a method call", "write super().method(...)"),
    "CW042": (
        "super().__init__(...) must come first and always",
        "make it the first statement of __init__: JavaScript has no `this` before",
    ),
    "CW043": ("`{name}` is bound at module level more than once", "one name, one definition"),
    "CW044": ("`{name}` may end without its {type}", "return one on every way, or raise, or declare None too"),
    "CW045": (
        "`{name}` of {cls} takes its arguments in another order than that of {base}",
        "the same names in the same order, and what is new behind them",
    ),
    "CW046": (
        "`__eq__` of {cls} stands beside that of {base}",
        "Python asks the heir first, on either side: write one `__eq__`, in {base}",
    ),
    # Types
    "CW050": ("a condition of type {type}", "{advice}"),
    "CW051": ("`{operator}` on {type}", "and, or, not take and give bools: compare first (len(x) > 0, x is not None)"),
    "CW052": ("unknown name `{name}`", "import or define it"),
    "CW053": (
        "{type} has no attribute `{name}`", "check the annotation, or narrow it with `is not None` or isinstance first"
    ),
    "CW054": ("{what} on a value of unknown type ({type})", "narrow it first: isinstance(value, str), or annotate it"),
    "CW055": ("`{operator}` between {left} and {right}", "{advice}"),
    "CW056": ("a coroutine that nobody runs", "await it, or hand it to spawn(...), in the expression that makes it"),
    "CW057": ("keyword arguments to a function whose definition is not visible", "pass them by position"),
    "CW058": ("wrong arguments for `{name}`: {detail}", "compare with its definition"),
    "CW059": (
        "{type} as the key of a dict or set",
        "keys are str, int or bool (not both), None, objects without ==, or tuples of these, but not by a type variable"
        "; of bytes .hex()",
    ),
    "CW060": ("an int where a float is declared", "write 1.0 instead of 1, or float(x): they print differently"),
    "CW061": ("a bool where an int is declared", "write int(flag)"),
    "CW062": ("isinstance with {what}", "{advice}"),
    "CW063": ("`except {name}`", "name our own error classes or a built-in one of the subset"),
    "CW064": ("text made from a value of type {type}", "{advice}"),
    "CW065": ("format `{spec}` for {type}", "{advice}"),
    "CW066": ("a {what} is kept", "it is not live in JavaScript: use it where it is made, or wrap it in list(...)"),
    "CW067": ("this mixes bool and number", "write int(flag)"),
    "CW068": ("`{name}` cannot be called like this: {detail}", "{advice}"),
    "CW069": ("{type} has no method `{name}` in the subset", "docs/BUILT_INS.md lists those that are"),
    "CW070": ("unpacking {type}", "{advice}"),
    "CW071": ("`is` between {left} and {right}", "`is` compares with None, or two objects; use == for values"),
    "CW072": ("annotation `{text}` is not understood", "use the types of docs/PYTHON_SUBSET.md"),
    "CW073": ("{what} is used as a value", "{advice}"),
    "CW074": ("{what} cannot be assigned", "{advice}"),
    "CW075": ("dicts and lists reach JavaScript only through js.record, js.array and js.from_bytes", "wrap the {type}"),
    "CW076": ("`{name}` belongs to {package}.browser", "only that package talks to JavaScript; add a port"),
    "CW077": ("{type} is passed where any iterable is taken", "{advice}"),
    "CW078": (
        "{type} goes where {target} is declared",
        "nothing there could tell it from a list, a set or a dict: annotate its type, or pass list(...)",
    ),
    # Regular expressions
    "CW080": (
        "{what} is no pattern of the subset",
        'import re, and at module level: NAME = re.compile(r"...", re.ASCII), constant text and flags, one name',
    ),
    "CW081": ("{what} has no exact equal in JavaScript", "{advice}"),
    "CW082": (
        "a pattern is used as a value",
        "only NAME.fullmatch, match, search, findall, sub and split of a text are compiled",
    ),
    "CW083": ("`{name}` of {type} is not in the subset", "{advice}"),
    "CW084": ("`{name}` with a pattern that may match nothing", "let it match one character at least"),
    "CW085": ("groups of a match: {detail}", "{advice}"),
    "CW086": ("a match is kept", "take its groups and keep those: a match stays in local names"),
    "CW087": ("a text that may be None goes where {type} is declared", "ask `is not None` first"),
    "CW088": (
        "a value of unknown type goes where {type} is declared",
        "write float(x), or (x[0], x[1]), of each item: it may be an int, and is no tuple",
    ),
    "CW099": ("the compiler cannot do this yet: {detail}", "write it more simply, and keep this line as a sample"),
    # Warnings
    "CW201": ("this is never reached", "remove it, or what leaves before it"),
    "CW202": ("this is always {value}: {type} is never None", "remove the question, or the wrong annotation"),
    "CW203": ("`{name}` of {cls} is never read", "remove it: it is written for nobody"),
    "CW204": ("nobody calls `{name}` of {cls}", "remove it: unlike a function, a method stays in the bundle"),
}
