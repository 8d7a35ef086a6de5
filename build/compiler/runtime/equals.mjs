// == of values whose types are not known to be plain.

/** Python's ==: containers by content, objects by __eq__, everything else by identity. */
export function equals(left, right) {
  if (left === right) {
    return true;
  }
  if (typeof left === "boolean" || typeof right === "boolean") {
    return isNumeric(left) && isNumeric(right) && Number(left) === Number(right);
  }
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object") {
    return false;
  }
  if (left.__eq__ !== undefined) {
    return left.__eq__(right);
  }
  if (left instanceof Map) {
    return right instanceof Map && left.size === right.size && [...left].every(([key, value]) => right.has(key) && equals(value, right.get(key)));
  }
  if (left instanceof Set) {
    return right instanceof Set && left.size === right.size && [...left].every((item) => right.has(item));
  }
  if ((Array.isArray(left) && Array.isArray(right)) || (left instanceof Uint8Array && right instanceof Uint8Array)) {
    return left.length === right.length && left.every((item, index) => equals(item, right[index]));
  }
  return right.__eq__ !== undefined && right.__eq__(left);
}

/** == of bytes, and of lists of what is equal only when it is the same. */
export const sameItems = (left, right) =>
  left === right || (left.length === right.length && left.every((item, index) => item === right[index]));

/** == of lists of objects with __eq__. */
export const equalItems = (left, right) =>
  left.length === right.length && left.every((item, index) => item === right[index] || item.__eq__(right[index]));

const isNumeric = (value) => typeof value === "number" || typeof value === "boolean";
