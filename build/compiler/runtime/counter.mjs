// defaultdict and Counter as Maps of their own classes.

import { KeyError } from "./exceptions.mjs";
import { reprDict } from "./repr.mjs";

export class DefaultDict extends Map {
  constructor(factory, items = []) {
    super(items);
    this.factory = factory;
  }
}

/** map[key] of a defaultdict. */
export function defaultItem(map, key) {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  if (map.factory === null) {
    throw new KeyError(key);
  }
  const made = map.factory();
  map.set(key, made);
  return made;
}

export const copyDefault = (map) => new DefaultDict(map.factory, map);

export class Counter extends Map {
  __eq__(other) {
    if (!(other instanceof Counter)) {
      return other instanceof Map && this.size === other.size && [...this].every(([key, count]) => other.get(key) === count);
    }
    return [...this.keys(), ...other.keys()].every((key) => (this.get(key) ?? 0) === (other.get(key) ?? 0));
  }
}

/** counter.update(items), or subtract where `by` is -1. */
export function countEach(counter, items, by) {
  for (const item of items) {
    counter.set(item, (counter.get(item) ?? 0) + by);
  }
  return counter;
}

/** counter.update(counts). */
export function countAll(counter, counts, by) {
  for (const [key, count] of counts === counter ? [...counts] : counts) {
    counter.set(key, (counter.get(key) ?? 0) + by * count);
  }
  return counter;
}

export function mostCommon(counter, most = null) {
  const all = [...counter].sort(([, one], [, other]) => other - one);
  return most === null ? all : all.slice(0, Math.max(0, most));
}

export function* elements(counter) {
  for (const [key, count] of counter) {
    for (let i = 0; i < count; i++) {
      yield key;
    }
  }
}

export const totalOf = (counter) => [...counter.values()].reduce((sum, count) => sum + count, 0);

const JOINS = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "|": Math.max,
  "&": Math.min,
};

/** left + right and its like: what is above zero. */
export function joinCounters(symbol, left, right) {
  const made = new Counter();
  for (const key of [...left.keys(), ...right.keys()]) {
    const count = JOINS[symbol](left.get(key) ?? 0, right.get(key) ?? 0);
    if (count > 0) {
      made.set(key, count);
    }
  }
  return made;
}

export const reprCounter = (counter, key) =>
  counter.size === 0 ? "Counter()" : `Counter(${reprDict(mostCommon(counter), key, String)})`;
