// Iterators and the functions over them.

import { compare } from "./compare.mjs";
import { equals } from "./equals.mjs";
import { RuntimeError, StopIteration, ValueError } from "./exceptions.mjs";
import { textLength } from "./text.mjs";

// Pages bring old libraries that replace Array.from, Array.prototype.entries and Function.prototype.bind by their own,
// which do less: compiled code uses none of the three.

/** [change(item) for item in items] of any iterable. */
export function collect(items, change) {
  const list = [];
  for (const item of items) {
    list.push(change(item));
  }
  return list;
}

/** A function that keeps its `this`, and its first arguments. */
export const bound =
  (work, self, ...first) =>
  (...rest) =>
    Reflect.apply(work, self, [...first, ...rest]);

/** A class as a function. */
export const maker =
  (type) =>
  (...given) =>
    new type(...given);

/** list(range(first, stop)): a range is never so long here that an array would matter. */
export function range(first, stop) {
  const items = [];
  for (let i = first; i < stop; i++) {
    items.push(i);
  }
  return items;
}

/** list(range(first, stop, step)). */
export function rangeBy(first, stop, step) {
  if (step === 0) {
    throw new ValueError("range() arg 3 must not be zero");
  }
  const items = [];
  for (let i = first; step > 0 ? i < stop : i > stop; i += step) {
    items.push(i);
  }
  return items;
}

export function* enumerate(items, start = 0) {
  let index = start;
  for (const item of items) {
    yield [index, item];
    index += 1;
  }
}

export function* zip(...sources) {
  const iterators = sources.map(iter);
  while (iterators.length > 0) {
    const row = [];
    for (const iterator of iterators) {
      const { done, value } = iterator.next();
      if (done) {
        return;
      }
      row.push(value);
    }
    yield row;
  }
}

/** zip(...), as `zipped` does it, of iterators that nobody else holds: they are closed with it. */
export function* zipClosing(zipped, ...sources) {
  const iterators = sources.map(iter);
  try {
    yield* zipped(...iterators.map(resumable));
  } finally {
    iterators.reverse().forEach((iterator) => iterator.return?.());
  }
}

/** zip(..., strict=True). */
export function* zipStrict(...sources) {
  const iterators = sources.map(iter);
  const numbers = (index) => `argument${index > 1 ? "s 1-" : " "}${index}`;
  while (iterators.length > 0) {
    const row = [];
    for (const [index, iterator] of iterators.entries()) {
      const { done, value } = iterator.next();
      if (done) {
        const long = iterators.findIndex((other, at) => index === 0 && at > 0 && !other.next().done);
        if (index > 0) {
          throw new ValueError(`zip() argument ${index + 1} is shorter than ${numbers(index)}`);
        }
        if (long > 0) {
          throw new ValueError(`zip() argument ${long + 1} is longer than ${numbers(long)}`);
        }
        return;
      }
      row.push(value);
    }
    yield row;
  }
}

export function* reversed(items) {
  for (let i = items.length - 1; i >= 0; i--) {
    yield items[i];
  }
}

export function* mapped(change, ...sources) {
  if (sources.length === 1) {
    for (const item of sources[0]) {
      yield change(item);
    }
    return;
  }
  for (const row of zip(...sources)) {
    yield change(...row);
  }
}

export function* filtered(keep, items) {
  for (const item of items) {
    if (keep(item)) {
      yield item;
    }
  }
}

export const iter = (items) => items[Symbol.iterator]();

/** any(test(item) for item in items), taking no item more than needed. */
export function some(items, test) {
  for (const item of items) {
    if (test(item)) {
      return true;
    }
  }
  return false;
}

/** all(test(item) for item in items). */
export const every = (items, test) => !some(items, (item) => !test(item));

/** value in items, for iterators. */
export const holds = (items, value) => some(items, (item) => equals(item, value));

/** next(iter(items)). */
export function first(items) {
  for (const item of items) {
    return item;
  }
  throw new StopIteration();
}

/** next(items, other) of an iterator that nobody else holds. */
export function firstOr(items, other) {
  for (const item of items) {
    return item;
  }
  return other;
}

/** next(iterator), next(iterator, other). */
export function next(iterator, other) {
  const { done, value } = iterator.next();
  if (!done) {
    return value;
  }
  if (other === undefined) {
    throw new StopIteration();
  }
  return other;
}

/** iterator.send(value). */
export function send(iterator, value) {
  const result = iterator.next(value);
  if (result.done) {
    throw new StopIteration();
  }
  return result.value;
}

export function close(iterator) {
  iterator.return();
}

/** What a generator raises in place of what it is about to. */
export function unstopped(error) {
  if (error instanceof StopIteration) {
    throw new RuntimeError("generator raised StopIteration");
  }
  return error;
}

/** An object with __next__ as JavaScript asks for the next item. */
export function step(object) {
  try {
    return { done: false, value: object.__next__() };
  } catch (error) {
    if (error instanceof StopIteration) {
      return { done: true, value: undefined };
    }
    throw error;
  }
}

/** A loop that is left early closes its iterator in JavaScript; in Python one may go on with it. */
export function resumable(items) {
  const iterator = iter(items);
  return { [Symbol.iterator]: () => ({ next: () => iterator.next() }) };
}

/** What walks over a dict or set, as long as that keeps its size. */
export function* unchanged(container, items) {
  const size = container.size;
  for (const item of items) {
    yield item;
    if (container.size !== size && container instanceof Map) {
      throw new RuntimeError("dictionary changed size during iteration");
    }
    if (container.size !== size) {
      throw new RuntimeError("Set changed size during iteration");
    }
  }
}

/** min(items) and max(items) of ints; `pick` is Math.min or Math.max. */
export function extremeInt(items, pick) {
  if (items.length === 0) {
    throw new ValueError("iterable argument is empty");
  }
  return items.reduce((best, item) => pick(best, item));
}

function extreme(items, key, other, isBetter) {
  let found;
  let best;
  let first = true;
  for (const item of items) {
    const rank = key === null ? item : key(item);
    if (first || isBetter(compare(rank, best))) {
      [found, best, first] = [item, rank, false];
    }
  }
  if (!first) {
    return found;
  }
  if (other === undefined) {
    throw new ValueError("iterable argument is empty");
  }
  return other;
}

export const min = (items, key = null, other = undefined) => extreme(items, key, other, (order) => order < 0);

export const max = (items, key = null, other = undefined) => extreme(items, key, other, (order) => order > 0);

export function sum(items, start = 0) {
  let total = start;
  for (const item of items) {
    total += item;
  }
  return total;
}

/** len() where the type is not known: as a value, or of a union. */
export const len = (value) =>
  typeof value === "string" ? textLength(value) : value.length ?? value.size ?? value.__len__();

export function chr(code) {
  if (code < 0 || code > 0x10ffff) {
    throw new ValueError("chr() arg not in range(0x110000)");
  }
  return String.fromCodePoint(code);
}

export const ord = (char) => char.codePointAt(0);

export const print = (...values) => console.log(...values);

/** An instance attribute that hides a class constant. */
export function own(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: true });
}
