// set as Set.

import { KeyError } from "./exceptions.mjs";

export const intersection = (left, right) => new Set([...left].filter((item) => right.has(item)));

export const difference = (left, right) => new Set([...left].filter((item) => !right.has(item)));

export const symmetricDifference = (left, right) => new Set([...difference(left, right), ...difference(right, left)]);

export const isSubset = (left, right) => left.size <= right.size && [...left].every((item) => right.has(item));

export function removeMember(set, item) {
  if (!set.delete(item)) {
    throw new KeyError(item);
  }
}

export function popMember(set) {
  for (const item of set) {
    set.delete(item);
    return item;
  }
  throw new KeyError("pop from an empty set");
}

export function addAll(set, items) {
  for (const item of items) {
    set.add(item);
  }
}

export function discardAll(set, items) {
  for (const item of [...items]) {
    set.delete(item);
  }
}
