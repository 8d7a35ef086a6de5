"""A small interpreter, as one would write it with match."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Num:
    value: int


@dataclass(frozen=True)
class Add:
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Mul:
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Var:
    name: str


Expr = Num | Add | Mul | Var


def simplify(expr: Expr) -> Expr:
    match expr:
        case Add(Num(0), other) | Add(other, Num(0)):
            return simplify(other)
        case Mul(Num(0), _) | Mul(_, Num(0)):
            return Num(0)
        case Mul(Num(1), other) | Mul(other, Num(1)):
            return simplify(other)
        case Add(Num(a), Num(b)):
            return Num(a + b)
        case Add(left, right):
            return Add(simplify(left), simplify(right))
        case Mul(left, right):
            return Mul(simplify(left), simplify(right))
        case _:
            return expr


def show(expr: Expr) -> str:
    match expr:
        case Num(value):
            return str(value)
        case Var(name):
            return name
        case Add(left, right):
            return f"({show(left)} + {show(right)})"
        case Mul(left, right):
            return f"{show(left)} * {show(right)}"


class Machine:
    def __init__(self) -> None:
        self.stack: list[int] = []
        self.names: dict[str, int] = {}

    def run(self, line: str) -> str:
        match line.split():
            case ["push", *numbers] if len(numbers) > 0:
                self.stack += [int(number) for number in numbers]
                return "ok"
            case ["add"] if len(self.stack) > 1:
                self.stack.append(self.stack.pop() + self.stack.pop())
                return "ok"
            case ["let", name, "=", value]:
                self.names[name] = int(value)
                return name
            case ["get", name] if name in self.names:
                return str(self.names[name])
            case [("quit" | "exit") as word]:
                return f"bye by {word}"
            case []:
                return ""
            case [word, *_]:
                return f"what is {word}?"
        return "never"


def main() -> None:
    x = Var("x")
    for expr in (Add(Num(0), x), Mul(x, Num(0)), Mul(Num(1), Add(Num(1), Num(2))), Add(Mul(x, Num(1)), Num(4))):
        print(show(expr), "->", show(simplify(expr)))
    machine = Machine()
    for line in ("push 1 2", "add", "push", "let a = 5", "get a", "get b", "exit", "", "jump up"):
        print(repr(machine.run(line)), machine.stack)
