// Lists and tuples as arrays.

import { compare } from "./compare.mjs";
import { equals } from "./equals.mjs";
import { IndexError, ValueError } from "./exceptions.mjs";
import { stepIndexes } from "./text.mjs";

/** What stands for an item that is not there. */
export function outOfRange() {
  throw new IndexError("list index out of range");
}

/** Where items[index] stands in so many. */
export function placeIn(index, length) {
  const place = index < 0 ? index + length : index;
  if (place < 0 || place >= length) {
    outOfRange();
  }
  return place;
}

/** Where a new items[index] stands in so many. */
export function placeFor(index, length) {
  const place = index < 0 ? index + length : index;
  if (place < 0 || place >= length) {
    throw new IndexError("list assignment index out of range");
  }
  return place;
}

/** items[index], also of bytes. */
export const at = (items, index) => items[placeIn(index, items.length)];

/** items[index] = value. */
export function setAt(items, index, value) {
  items[placeFor(index, items.length)] = value;
}

/** del items[index]. */
export function deleteAt(items, index) {
  at(items, index);
  items.splice(index, 1);
}

export function pop(items) {
  if (items.length === 0) {
    throw new IndexError("pop from empty list");
  }
  return items.pop();
}

/** items.pop(0). */
export function shift(items) {
  if (items.length === 0) {
    throw new IndexError("pop from empty list");
  }
  return items.shift();
}

/** items.pop(index). */
export function popAt(items, index) {
  const place = index < 0 ? index + items.length : index;
  if (place < 0 || place >= items.length) {
    throw new IndexError("pop index out of range");
  }
  return items.splice(place, 1)[0];
}

/** items.extend(others), also of itself. */
export function extend(items, others) {
  for (const item of others === items ? [...others] : others) {
    items.push(item);
  }
}

/** items[start:stop] = others. */
export function setSlice(items, others, start, stop = items.length) {
  const from = Math.min(start < 0 ? Math.max(0, start + items.length) : start, items.length);
  const to = Math.min(stop < 0 ? stop + items.length : stop, items.length);
  items.splice(from, Math.max(0, to - from), ...others);
}

/** del items[start:stop:step]. */
export function deleteSteps(items, start, stop, step) {
  const gone = new Set(stepIndexes(items.length, start, stop, step));
  items.splice(0, items.length, ...items.filter((_, index) => !gone.has(index)));
}

/** items[start:stop:step]. */
export const stepList = (items, start, stop, step) => stepIndexes(items.length, start, stop, step).map((index) => items[index]);

export const contains = (items, value) => items.some((item) => equals(item, value));

export function indexOf(items, value, start = 0) {
  const found = items.findIndex((item, index) => index >= start && equals(item, value));
  if (found < 0) {
    throw new ValueError("value is not in list");
  }
  return found;
}

/** items.index(value, start, stop). */
export function indexWithin(items, value, start, stop = items.length) {
  const place = (bound) => (bound < 0 ? Math.max(0, bound + items.length) : bound);
  const [from, to] = [place(start), place(stop)];
  const found = items.findIndex((item, index) => index >= from && index < to && equals(item, value));
  if (found < 0) {
    throw new ValueError("value is not in list");
  }
  return found;
}

/** items.index(value) of what is equal only when it is the same. */
export function placeOf(items, value, start = 0) {
  const found = items.indexOf(value, start);
  if (found < 0) {
    throw new ValueError("value is not in list");
  }
  return found;
}

/** items.remove(value) of the same. */
export function removeItem(items, value) {
  items.splice(placeOf(items, value), 1);
}

/** items.remove(value). */
export function removeEqual(items, value) {
  items.splice(indexOf(items, value), 1);
}

/** items.count(value) of what is equal only when it is the same. */
export const countSame = (items, value) => items.filter((item) => item === value).length;

export const countItem = (items, value) => items.filter((item) => equals(item, value)).length;

/** [item] * count, pushed: V8 reads an array that never had holes faster, and every other one as well. */
export function repeatItem(item, count) {
  const items = [];
  for (let i = 0; i < count; i++) {
    items.push(item);
  }
  return items;
}

export const repeatList = (items, count) => Array(Math.max(0, count)).fill(items).flat(1);

const rising = (left, right) => (left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0);

/** sorted(source, key=key) by keys that JavaScript's own `<` orders: numbers, and what is known to be ASCII. */
export const sortedBy = (source, key) => [...source].map((item) => [key(item), item]).sort(rising).map((pair) => pair[1]);

/** items.sort(key=key) by such keys. */
export function sortBy(items, key) {
  sortedBy(items, key).forEach((item, index) => {
    items[index] = item;
  });
}

/** items.sort(key=…, reverse=…): stable in both directions. */
export function sort(items, key = null, reverse = false) {
  const pairs = items.map((item) => [key === null ? item : key(item), item]);
  pairs.sort((left, right) => (reverse ? compare(right[0], left[0]) : compare(left[0], right[0])));
  pairs.forEach((pair, index) => {
    items[index] = pair[1];
  });
}

export function sorted(source, key = null, reverse = false) {
  const items = [...source];
  sort(items, key, reverse);
  return items;
}

// No more than `count` items of what may be endless, which is closed then.
function taken(source, count) {
  const items = [];
  for (const item of source) {
    items.push(item);
    if (items.length === count) {
      break;
    }
  }
  return items;
}

/** A list or tuple of a fixed number of items. */
export function unpack(items, count) {
  if (items.length > count) {
    throw new ValueError(`too many values to unpack (expected ${count})`);
  }
  return unpackSome(items, count);
}

/** Any iterable of a fixed number of items. */
export const unpackAny = (source, count) => unpack(taken(source, count + 1), count);

/** A list of at least so many items. */
export function unpackSome(items, count) {
  if (items.length < count) {
    throw new ValueError(`not enough values to unpack (expected ${count}, got ${items.length})`);
  }
  return items;
}

/** `first, *rest, last = source`: the middle becomes one list. */
export function unpackStar(source, before, after) {
  const items = unpackSome([...source], before + after);
  const end = items.length - after;
  return [...items.slice(0, before), items.slice(before, end), ...items.slice(end)];
}
