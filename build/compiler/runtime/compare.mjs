// Order: numbers, text by code points, sequences item by item, objects by __lt__.

import { equals } from "./equals.mjs";
import { PyTypeError } from "./exceptions.mjs";

/** Text as JavaScript's own `<` must have it to order by code points: UTF-16 puts pairs below U+E000, not above. */
export const ordered = (text) => (/[\ue000-\uffff]/.test(text) ? text.replace(/[\ue000-\uffff]/g, "\ud7ff$&") : text);

const compareText = (left, right) => (left === right ? 0 : ordered(left) < ordered(right) ? -1 : 1);

function compareItems(left, right) {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    if (!equals(left[i], right[i])) {
      return compare(left[i], right[i]);
    }
  }
  return left.length - right.length;
}

/** Negative, zero or positive as left sorts before, with or after right; NaN where nothing orders them. */
export function compare(left, right) {
  if (typeof left === "string" && typeof right === "string") {
    return compareText(left, right);
  }
  const numeric = (value) => typeof value === "number" || typeof value === "boolean";
  if (numeric(left) && numeric(right)) {
    return left < right ? -1 : left > right ? 1 : left - right === 0 || left === right ? 0 : NaN;
  }
  if ((Array.isArray(left) && Array.isArray(right)) || (left instanceof Uint8Array && right instanceof Uint8Array)) {
    return compareItems(left, right);
  }
  if (left?.__lt__ !== undefined) {
    return left.__lt__(right) ? -1 : right.__lt__(left) ? 1 : 0;
  }
  throw new PyTypeError("'<' not supported between these values");
}
