// bytes as Uint8Array.

import { sameItems } from "./equals.mjs";
import { OverflowError, ValueError } from "./exceptions.mjs";
import { stepIndexes } from "./text.mjs";

/** A constant of printable characters. */
export const ascii = (text) => Uint8Array.from(text, (char) => char.charCodeAt(0));

export function bytesFrom(items) {
  return Uint8Array.from(items, (item) => {
    if (item < 0 || item > 255) {
      throw new ValueError("bytes must be in range(0, 256)");
    }
    return item;
  });
}

export function zeroBytes(count) {
  if (count < 0) {
    throw new ValueError("negative count");
  }
  return new Uint8Array(count);
}

/** The bytes of all parts, one behind the other. */
export function concatBytes(parts) {
  let length = 0;
  for (const part of parts) {
    length += part.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** separator.join(parts). */
export const joinBytes = (separator, parts) =>
  concatBytes(parts.flatMap((part, index) => (index > 0 ? [separator, part] : [part])));

export const repeatBytes = (bytes, count) => concatBytes(Array(Math.max(0, count)).fill(bytes));

const DIGITS = "0123456789abcdef";

/** bytes.hex(): on the way of every event. Digit by digit it leaves so much rubbish that a log opens half as fast. */
export function toHex(bytes) {
  if (bytes.toHex) {
    return bytes.toHex(); // Chrome 140, Firefox 133, Safari 18.2
  }
  let text = "";
  for (let index = 0; index < bytes.length; index++) {
    text += DIGITS[bytes[index] >> 4] + DIGITS[bytes[index] & 15];
  }
  return text;
}

/** bytes.fromhex(text): white space between pairs is skipped. */
export function fromHex(text) {
  if (!/^([0-9a-f]{2}|[\t-\r ])*$/i.test(text)) {
    throw new ValueError("non-hexadecimal number found in fromhex() arg");
  }
  const digits = text.replace(/\s/g, "");
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}

/** int.from_bytes(data, "big"). */
export function fromBytes(bytes) {
  let value = 0;
  for (let index = 0; index < bytes.length; index++) {
    value = value * 256 + bytes[index];
  }
  return value;
}

/** int.from_bytes(data, "little"). */
export const fromLittle = (bytes) => fromBytes(bytes.slice().reverse());

/** value.to_bytes(length, "big"). */
export function toBytes(value, length) {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let index = length - 1; index >= 0; index--) {
    bytes[index] = rest; // its lowest eight bits
    rest = Math.floor(rest / 256);
  }
  if (rest !== 0) {
    throw new OverflowError("negative, or too big for so many bytes");
  }
  return bytes;
}

/** value.to_bytes(length, "little"). */
export const toLittle = (value, length) => toBytes(value, length).reverse();

/** data.find(part, start); a single byte may be given as an int. */
export function findBytes(bytes, part, start = 0) {
  const from = start < 0 ? Math.max(0, start + bytes.length) : start;
  for (let at = from; at <= bytes.length - part.length; at++) {
    if (part.every((byte, index) => byte === bytes[at + index])) {
      return at;
    }
  }
  return -1;
}

export function indexBytes(bytes, part, start) {
  const found = findBytes(bytes, part, start);
  if (found < 0) {
    throw new ValueError("subsection not found");
  }
  return found;
}

export function countBytes(bytes, part) {
  if (part.length === 0) {
    return bytes.length + 1;
  }
  let count = 0;
  for (let at = findBytes(bytes, part); at >= 0; at = findBytes(bytes, part, at + part.length)) {
    count += 1;
  }
  return count;
}

export const bytesContain = (bytes, part) => findBytes(bytes, part) >= 0;

export function byteIn(bytes, byte) {
  if (byte < 0 || byte > 255) {
    throw new ValueError("byte must be in range(0, 256)");
  }
  return bytes.includes(byte);
}

export const bytesStart = (bytes, part) => sameItems(bytes.subarray(0, part.length), part);

export const bytesEnd = (bytes, part) =>
  bytes.length >= part.length && sameItems(bytes.subarray(bytes.length - part.length), part);

/** One byte given as an int. */
export function oneByte(byte) {
  if (byte < 0 || byte > 255) {
    throw new ValueError("byte must be in range(0, 256)");
  }
  return [byte];
}

// A search between bounds, each of which may be None; `other` is what it gives where there is nothing to search.
const bounded = (search, other) => (bytes, part, start, stop) => {
  const { length } = bytes;
  const place = (bound) => Math.min(bound < 0 ? Math.max(0, bound + length) : bound, length);
  const [from, to] = [start ?? 0, place(stop ?? length)];
  return from > length || place(from) > to ? other : search(bytes.subarray(place(from), to), part, place(from));
};

const moved = (bytes, part, from) => {
  const found = findBytes(bytes, part);
  return found < 0 ? found : found + from;
};

const some = (test) => (bytes, parts) => (Array.isArray(parts) ? parts : [parts]).some((part) => test(bytes, part));

export const findBytesFrom = /* @__PURE__ */ bounded(moved, -1);
export const countBytesFrom = /* @__PURE__ */ bounded(countBytes, 0);
export const bytesStartFrom = /* @__PURE__ */ bounded(/* @__PURE__ */ some(bytesStart), false);
export const bytesEndFrom = /* @__PURE__ */ bounded(/* @__PURE__ */ some(bytesEnd), false);

export function indexBytesFrom(bytes, part, start, stop) {
  const found = findBytesFrom(bytes, part, start, stop);
  if (found < 0) {
    throw new ValueError("subsection not found");
  }
  return found;
}

const fill = (bytes, width, byte) => new Uint8Array(Math.max(0, width - bytes.length)).fill(byte[0]);

export const ljustBytes = (bytes, width, byte = [32]) => concatBytes([bytes, fill(bytes, width, byte)]);

export const rjustBytes = (bytes, width, byte = [32]) => concatBytes([fill(bytes, width, byte), bytes]);

/** data[start:stop:step]. */
export const stepBytes = (bytes, start, stop, step) =>
  Uint8Array.from(stepIndexes(bytes.length, start, stop, step), (index) => bytes[index]);
