// functools.cache.

import { tupleKey } from "./tuple.mjs";

/** A function that is asked once for the same arguments; where it raises, it is asked again. */
export function cached(work) {
  const known = new Map();
  return (...given) => {
    const key = given.length === 1 && !Array.isArray(given[0]) ? given[0] : tupleKey(given);
    if (!known.has(key)) {
      known.set(key, work(...given));
    }
    return known.get(key);
  };
}
