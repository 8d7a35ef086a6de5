"""deque: both ends, bounds, turning, what is inside it, and loops that it does not survive."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass
class Task:
    name: str
    waiting: deque[str] = field(default_factory=deque)


def breadth(edges: dict[int, list[int]], start: int) -> list[int]:
    seen = {start}
    found: list[int] = []
    queue: deque[int] = deque([start])
    while queue:
        node = queue.popleft()
        found.append(node)
        for other in edges.get(node, []):
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return found


def last(lines: list[str], count: int) -> deque[str]:
    kept: deque[str] = deque(maxlen=count)
    for line in lines:
        kept.append(line)
    return kept


def errors(queue: deque[int]) -> None:
    for what in ["pop", "popleft", "remove", "item", "walk"]:
        try:
            if what == "pop":
                queue.pop()
            elif what == "popleft":
                queue.popleft()
            elif what == "remove":
                queue.remove(3)
            elif what == "item":
                print(queue[0])
            else:
                walked = deque([1, 2, 3])
                for item in walked:
                    print("walk", item)
                    walked.append(walked.popleft())
        except IndexError:
            print(what, "IndexError")
        except ValueError:
            print(what, "ValueError")
        except RuntimeError:
            print(what, "RuntimeError")


def main() -> None:
    print(breadth({1: [2, 3], 2: [4], 3: [4], 4: [1]}, 1), last(["a", "b", "c", "d"], 2), last([], 3))
    queue = deque([1, 2, 3])
    queue.append(4)
    queue.appendleft(0)
    queue.extend([5, 6])
    queue.extendleft([-1, -2])
    print(queue, len(queue), queue[0], queue[-1], 3 in queue, 9 in queue, queue.maxlen)
    print(queue.pop(), queue.popleft(), list(queue), sum(queue), max(queue), [n for n in queue if n > 2])
    queue.rotate(2)
    print(queue)
    queue.rotate(-1)
    queue[1] = 50
    del queue[0]
    queue[1] = 7
    queue[-2] = 8
    print(queue, queue.count(7))
    queue.remove(7)
    queue.reverse()
    copied = deque(queue)
    copied.clear()
    print(queue, copied, bool(copied), "yes" if queue else "no", queue == deque(list(queue)), queue != copied, queue < copied)
    queue += [1, 1]
    first, *rest = queue
    print(first, rest, sorted(queue), list(reversed(queue)), [*queue][:2], list(enumerate(queue))[:1], len(set(queue)))
    short = deque("abcdef", maxlen=3)
    short.append("g")
    short.appendleft("x")
    print(short, short.maxlen, "".join(short), deque(short, maxlen=2), deque((n * n for n in range(3)), maxlen=None))
    short.extend(short)
    print(short, deque([(1, 2.5)]), deque([0.5]), f"{deque(['a'])} {deque([None])!r}", deque([deque([1])], maxlen=0))
    task = Task("t")
    task.waiting.append("w")
    print(task, Task("t") == Task("t"), task == Task("t"), {"q": deque([1])})
    for item in deque([1, 2]):
        print(item, end_of([item, 9]))
    errors(deque([], maxlen=5))


def end_of(items: list[int]) -> int:
    queue: deque[int] = deque(items)
    while len(queue) > 1:
        queue.popleft()
    return queue[0]
