"""Parts that are evaluated ahead of their place: at module level, in class bodies, generators, lambdas, conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

log: list[str] = []


def say(text: str) -> str:
    log.append(text)
    return text


def two(a: str, b: str = "-", c: str = "=") -> str:
    return a + b + c


top = two(b=say("top b"), a=say("top a"))
if say("x") in [say("y"), say("x")]:
    log.append("in")
letters = [two(c=say(t + "c"), a=say(t + "a")) for t in "pq"]


class K:
    word = two(b=say("class b"), a=say("class a"))

    def __init__(self, x: str = top) -> None:
        self.x = two(b=say("init b"), a=x)

    def run(self) -> Callable[[str], str]:
        return lambda t: two(b=say(t + "b"), a=say(t + self.x))

    @property
    def p(self) -> str:
        return two(c=say("pc"), b=say("pb"), a=self.x)


class L(K):
    def __init__(self) -> None:
        super().__init__(two(b=say("sup b"), a=say("sup a")))
        self.y = say(",").join([say("j1"), say("j2")])


def gen() -> Iterator[str]:
    for i in range(2):
        yield two(b=say(f"g{i}b"), a=say(f"g{i}a"))
        yield say("|").join(say(f"k{n}") for n in range(2))


def nested() -> str:
    def inner(n: int) -> str:
        return two(b=inner(n - 1) if n > 0 else say("end"), a=say(str(n)))
    return inner(3)


def pick(n: int) -> str:
    return two(b=say("b0"), a=say("a0")) if n == 0 else say(";").join([say("s")]) if n == 1 else 2 * say("z")


def loop() -> list[str]:
    found: list[str] = []
    n = 0
    while say(str(n)) in [say("0"), say("1")]:
        n += 1
        found.append(two(c=say("lc"), a=say("la")))
    return found


def default(x: str | None = None) -> str:
    return x if x is not None else two(b=say("db"), a=say("da"))


def main() -> None:
    print(top, letters, K.word, K("q").x, L().y, L().p, K().run()("t"))
    print(list(gen()), nested(), pick(0), pick(1), pick(2), loop(), default())
    g1, g2 = gen(), gen()
    print(next(g1), next(g2), next(g1), next(g2))
    print([f("m") for f in [K("1").run(), K("2").run()]])
    try:
        print(two(b=say("tb"), a=say(str(1 // (len(log) - len(log))))))
    except ZeroDivisionError:
        print("zero")
    print(log)
