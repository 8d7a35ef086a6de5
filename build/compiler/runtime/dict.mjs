// dict as Map.

import { KeyError } from "./exceptions.mjs";

/** {key: value, key: value}. */
export function dictOf(...parts) {
  const map = new Map();
  for (let i = 0; i < parts.length; i += 2) {
    map.set(parts[i], parts[i + 1]);
  }
  return map;
}

/** map[key]. */
export function getItem(map, key) {
  const value = map.get(key);
  if (value === undefined) {
    throw new KeyError(key);
  }
  return value;
}

/** map.get(key, other) where a stored None must stay None. */
export function getOr(map, key, other) {
  const value = map.get(key);
  return value === undefined ? other : value;
}

/** del map[key]. */
export function deleteKey(map, key) {
  if (!map.delete(key)) {
    throw new KeyError(key);
  }
}

/** map.pop(key), map.pop(key, other). */
export function popKey(map, key, other) {
  const value = map.get(key);
  if (value === undefined) {
    if (other === undefined) {
      throw new KeyError(key);
    }
    return other;
  }
  map.delete(key);
  return value;
}

export function setDefault(map, key, value) {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  map.set(key, value);
  return value;
}

/** map.update(pairs). */
export function update(map, pairs) {
  for (const [key, value] of pairs) {
    map.set(key, value);
  }
}

export const fromKeys = (keys, value) => new Map(Array.from(keys, (key) => [key, value]));
