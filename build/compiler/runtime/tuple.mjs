// Tuples as keys: Map and Set compare arrays by identity, so equal tuples become one array while they are keys.

import { KeyError } from "./exceptions.mjs";
import { collect } from "./iteration.mjs";
import { repr } from "./repr.mjs";

const ids = new WeakMap();
const known = new Map(); // a tuple, spelled, to a WeakRef of the array that stands for it
const gone = new FinalizationRegistry((text) => known.get(text)?.deref() === undefined && known.delete(text));
let last = 0;

function spelled(part) {
  if (typeof part === "string") {
    return `"${part.length}:${part}`;
  }
  if (Array.isArray(part)) {
    return `(${part.map(spelled).join(",")})`;
  }
  if (part === null || (typeof part !== "object" && typeof part !== "function")) {
    return String(part);
  }
  if (!ids.has(part)) {
    last += 1;
    ids.set(part, last);
  }
  return `#${ids.get(part)}`;
}

/** What stands for a tuple as a key; anything else stands for itself. */
export function tupleKey(value) {
  if (!Array.isArray(value)) {
    return value;
  }
  const text = spelled(value);
  const found = known.get(text)?.deref();
  if (found !== undefined) {
    return found;
  }
  const made = value.map(tupleKey);
  known.set(text, new WeakRef(made));
  gone.register(made, text);
  return made;
}

export const tupleKeys = (items) => collect(items, tupleKey);

export const tuplePairs = (pairs) => collect(pairs, ([key, value]) => [tupleKey(key), value]);

const shown = (part) => (Array.isArray(part) ? `(${part.map(shown).join(", ")}${part.length === 1 ? "," : ""})` : repr(part));

function missing(key) {
  const text = shown(key);
  return Object.assign(new KeyError(key), { toString: () => text, __repr__: () => `KeyError(${text})` });
}

/** map[key] */
export function tupleItem(map, key) {
  const value = map.get(key);
  if (value === undefined) {
    throw missing(key);
  }
  return value;
}

/** del map[key], set.remove(key) */
export function removeTuple(container, key) {
  if (!container.delete(key)) {
    throw missing(key);
  }
}

/** map.pop(key), map.pop(key, other) */
export function popTuple(map, key, other) {
  if (other === undefined || map.has(key)) {
    const value = tupleItem(map, key);
    map.delete(key);
    return value;
  }
  return other;
}
