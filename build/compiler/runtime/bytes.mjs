// bytes as Uint8Array.

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

/** b"".join(parts), and `a + b`. */
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

export const bytesEqual = (left, right) => left.length === right.length && left.every((byte, index) => byte === right[index]);

export const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** bytes.fromhex(text): white space between pairs is skipped. */
export function fromHex(text) {
  if (!/^([0-9a-f]{2}|[ \t\n\r\f\v])*$/i.test(text)) {
    throw new ValueError("non-hexadecimal number found in fromhex() arg");
  }
  const digits = text.replace(/[ \t\n\r\f\v]/g, "");
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) => parseInt(digits.slice(2 * index, 2 * index + 2), 16));
}

/** int.from_bytes(data, order). */
export function fromBytes(bytes, order = "big") {
  const ordered = order === "big" ? bytes : bytes.slice().reverse();
  let value = 0;
  for (let index = 0; index < ordered.length; index++) {
    value = value * 256 + ordered[index];
  }
  return value;
}

/** value.to_bytes(length, order). */
export function toBytes(value, length = 1, order = "big") {
  if (value < 0) {
    throw new OverflowError("can't convert negative int to unsigned");
  }
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let index = length - 1; index >= 0; index--) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  if (rest > 0) {
    throw new OverflowError("int too big to convert");
  }
  return order === "big" ? bytes : bytes.reverse();
}

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

export const bytesStart = (bytes, part) => bytesEqual(bytes.subarray(0, part.length), part);

export const bytesEnd = (bytes, part) =>
  bytes.length >= part.length && bytesEqual(bytes.subarray(bytes.length - part.length), part);

const fill = (bytes, width, byte) => new Uint8Array(Math.max(0, width - bytes.length)).fill(byte[0]);

export const ljustBytes = (bytes, width, byte = [32]) => concatBytes([bytes, fill(bytes, width, byte)]);

export const rjustBytes = (bytes, width, byte = [32]) => concatBytes([fill(bytes, width, byte), bytes]);

/** data[start:stop:step]. */
export const stepBytes = (bytes, start, stop, step) =>
  Uint8Array.from(stepIndexes(bytes.length, start, stop, step), (index) => bytes[index]);
