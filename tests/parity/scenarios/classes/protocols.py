"""A protocol is erased; what fits, fits."""

from __future__ import annotations

from typing import Protocol


class Speaker(Protocol):
    name: str

    def speak(self, times: int = 1) -> str: ...

    @property
    def loud(self) -> bool: ...


class Dog:
    def __init__(self) -> None:
        self.name: str = "dog"

    def speak(self, times: int = 1) -> str:
        return "wuff" * times

    @property
    def loud(self) -> bool:
        return True


class Robot(Speaker):
    def __init__(self) -> None:
        self.name = "robot"

    def speak(self, times: int = 1) -> str:
        return f"beep{times}"

    @property
    def loud(self) -> bool:
        return False


def talk(speaker: Speaker) -> str:
    return f"{speaker.name} {speaker.speak()} {speaker.speak(times=2)} {speaker.loud}"


def main() -> None:
    print(talk(Dog()))
    print(talk(Robot()))
