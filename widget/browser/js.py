"""The page's JavaScript for Python under stock Brython; the compiler writes plain JavaScript instead of these calls.

Every JavaScript object that reaches Python is a `Proxy`, which brings Brython's way of crossing (docs/brython.md) in
line with what compiled code does: null and undefined are None, `this` is kept, errors are `Failure`.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from browser import aio  # type: ignore[import-not-found]
from browser import window as page
from javascript import NULL  # type: ignore[import-not-found]

Value = Any

# Brython loses the kind of an error that JavaScript throws and cannot make JavaScript classes: these can.
BRIDGE = page.eval("""({
  attempt(work, self, args) {
    try { return { ok: true, value: Reflect.apply(work, self, args) } } catch (error) { return { ok: false, error } }
  },
  create(type, args) {
    try { return { ok: true, value: Reflect.construct(type, args) } } catch (error) { return { ok: false, error } }
  },
  settle: (promise) => Promise.resolve(promise).then(
    (value) => ({ ok: true, value }), (error) => ({ ok: false, error })),
  later() {
    const made = {}
    made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }))
    return made
  },
  failure: (name, message, code) => Object.assign(new Error(message), { name }, code === null ? {} : { code }),
  type: (value) => typeof value,
  typeAt: (owner, key) => typeof owner[key],
  bytes: (value) => Array.from(value instanceof ArrayBuffer ? new Uint8Array(value) : value),
  outcome: (ok, value) => (ok ? { ok, value } : { ok, error: value }),
  constructor(name, begin) {
    const taken = (outcome) => { if (outcome.ok) return outcome.value; throw outcome.error }
    const made = { [name]: class { constructor(...args) {
      const methods = taken(begin(this, args))
      for (const key of Object.keys(methods)) {
        const value = (...given) => taken(methods[key](...given))
        Object.defineProperty(this, key, { value, configurable: true, writable: true })
      }
    } } }
    return made[name]
  },
  known: new WeakMap(),
})""")
PLAIN = (bool, int, float, str)
_pages: dict[int, Any] = {}  # the JavaScript side of objects made by a constructor() class, by id of the Python side
_kept: list[Any] = []  # keeps those alive, so that ids stay theirs


class Failure(Exception):
    """What JavaScript threw or rejected with."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name: str = name
        self.message: str = message


class Proxy:
    """A JavaScript object; `owner` is what a function taken from it is called on."""

    def __init__(self, raw: Any, owner: Any = NULL) -> None:
        object.__setattr__(self, "_raw", raw)
        object.__setattr__(self, "_owner", owner)

    def __getattr__(self, name: str) -> Any:
        return _to_python(page.Reflect.get(self._raw, name), self._raw)

    def __setattr__(self, name: str, value: Any) -> None:
        page.Reflect.set(self._raw, name, _to_page(value))

    def __getitem__(self, key: Any) -> Any:
        return _to_python(page.Reflect.get(self._raw, _to_page(key)), self._raw)

    def __setitem__(self, key: Any, value: Any) -> None:
        page.Reflect.set(self._raw, _to_page(key), _to_page(value))

    def __call__(self, *args: Any) -> Any:
        return _outcome(BRIDGE.attempt(self._raw, self._owner, [_to_page(arg) for arg in args]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Proxy) and bool(page.Object.__getattribute__("is")(self._raw, other._raw))

    def __hash__(self) -> int:
        return id(self._raw)

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return str(page.String(self._raw))


def new(kind: Value, *args: Value) -> Value:
    return _outcome(BRIDGE.create(kind._raw, [_to_page(arg) for arg in args]))


def record(fields: dict[str, Any]) -> Value:
    made = page.Object.new()
    for name, value in fields.items():
        page.Reflect.set(made, name, _to_page(value))
    return _to_python(made)


def options(fields: dict[str, Any]) -> Value:
    """A record that inherits nothing: a browser reads what is missing from Object.prototype, where pages put things."""
    made = page.Object.create(NULL)
    for name, value in fields.items():
        page.Reflect.set(made, name, _to_page(value))
    return _to_python(made)


def array(items: list[Any]) -> Value:
    made = page.Array.new()
    for item in items:
        made.push(_to_page(item))
    return _to_python(made)


def items(value: Value) -> list[Value]:
    length = int(page.Reflect.get(value._raw, "length"))
    return [_to_python(page.Reflect.get(value._raw, str(index))) for index in range(length)]


def get(value: Value, name: str) -> Value:
    return getattr(value, name)


def put(value: Value, name: str, item: Any) -> None:
    setattr(value, name, item)


def has(value: Value, name: str) -> bool:
    return bool(page.Reflect.has(value._raw, name))


def from_bytes(data: bytes) -> Value:
    return _to_python(page.Uint8Array.new(list(data)))


def to_bytes(value: Value) -> bytes:
    return bytes(list(BRIDGE.bytes(value._raw)))


async def wait(promise: Value) -> Value:
    return _outcome(await BRIDGE.settle(_to_page(promise)))


def listener(work: Callable[..., Any]) -> Value:
    return work if isinstance(work, Proxy) else _to_python(_callable(work))


def promise(work: Coroutine[Any, Any, Any]) -> Value:
    later = BRIDGE.later()

    async def run() -> None:
        try:
            result = await work
        except Exception as error:
            later.reject(_failure(error))
        else:
            later.resolve(_to_page(result))

    aio.run(run())
    return _to_python(later.promise)


def start(work: Coroutine[Any, Any, Any]) -> None:
    """Start it soon, not now."""
    page.queueMicrotask(lambda: aio.run(work))


def failure(error: Exception) -> Value:
    return _to_python(_failure(error))


def constructor(kind: Any) -> Value:
    """A JavaScript class whose instances have the public methods of `kind`."""

    def begin(made: Any, args: Any) -> dict[str, Any]:
        mine = kind.__new__(kind)
        _pages[id(mine)] = made
        _kept.append(mine)
        given = [_to_python(args[index]) for index in range(int(args.length))]
        kind.__init__(mine, *given[: _arity(kind.__init__) - 1])
        names = [name for name in dir(kind) if not name.startswith("_") and callable(getattr(mine, name))]
        return {name: _caught(_callable(getattr(mine, name))) for name in names}

    return _to_python(BRIDGE.constructor(kind.__name__, _caught(begin)))


def type_of(value: Value) -> str:
    """As `typeof`, but "object" for undefined too: it has become None."""
    return str(BRIDGE.type(_to_page(value)))


def platform() -> str:
    return "brython"


def _to_python(raw: Any, owner: Any = NULL) -> Any:
    if isinstance(raw, PLAIN):
        return raw
    if type(raw).__name__ in ("NullType", "UndefinedType", "NoneType"):
        return None
    kind = str(BRIDGE.type(raw))
    if kind == "function":
        return Proxy(raw, owner)
    if kind != "object" or isinstance(raw, Proxy):
        return raw
    known = BRIDGE.known.get(raw)
    if not isinstance(known, Proxy):
        known = Proxy(raw)
        BRIDGE.known.set(raw, known)
    return known


def _to_page(value: Any) -> Any:
    if value is None:
        return NULL
    if isinstance(value, Proxy):
        return value._raw
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, list | tuple | dict | set | bytes):
        raise TypeError(f"{type(value).__name__} crosses to JavaScript only by js.array, js.record or js.from_bytes")
    if id(value) in _pages:
        return _pages[id(value)]
    return _callable(value) if callable(value) else value


def _callable(work: Callable[..., Any]) -> Callable[..., Any]:
    """What JavaScript may call: it gets as many arguments as it takes, missing ones are None or their default."""
    most, least = _arity(work), _arity(work) - len(work.__defaults__ or ())

    def called(*args: Any) -> Any:
        given = [_to_python(arg) for arg in args[:most]]
        result = work(*given, *[None] * (least - len(given)))
        return _to_page(promise(result) if aio.iscoroutine(result) else result)

    return called


def _caught(work: Callable[..., Any]) -> Callable[..., Any]:
    """What BRIDGE.constructor throws as an Error: Brython would throw its own kind of object."""

    def called(*args: Any) -> Any:
        try:
            return BRIDGE.outcome(True, work(*args))
        except Exception as error:
            return BRIDGE.outcome(False, _failure(error))

    return called


def _arity(work: Any) -> int:
    """Positional parameters, without a bound `self`."""
    return int(work.__code__.co_argcount) - (1 if hasattr(work, "__self__") else 0)


def _outcome(outcome: Any) -> Any:
    if outcome.ok:
        return _to_python(page.Reflect.get(outcome, "value"))
    error = page.Reflect.get(outcome, "error")
    if isinstance(error, BaseException):
        raise error
    raise Failure(_word(error, "name"), _word(error, "message"))


def _word(error: Any, name: str) -> str:
    if str(BRIDGE.type(error)) != "object":
        return str(error)
    found = page.Reflect.get(error, name)
    return found if isinstance(found, str) else ""


def _failure(error: Exception) -> Any:
    name = error.name if isinstance(error, Failure) else type(error).__name__
    code = getattr(error, "code", None)
    return BRIDGE.failure(name, str(error), NULL if code is None else code)


window: Value = _to_python(page.eval("globalThis"))
