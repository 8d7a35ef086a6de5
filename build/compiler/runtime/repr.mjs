// repr() of values. Numbers print as ints unless a formatter says otherwise: compiled code knows the type and passes one.

import { Exception, KeyError, RuntimeError } from "./exceptions.mjs";
import { floatText } from "./number.mjs";

const NAMED = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };
// Controls, separators, format characters, surrogates and unassigned code points print as escapes.
const HIDDEN = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const hex = (code, size) => code.toString(16).padStart(size, "0");

function escape(char) {
  const code = char.codePointAt(0);
  return NAMED[char] ?? (code < 256 ? `\\x${hex(code, 2)}` : code < 65536 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`);
}

function reprText(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(HIDDEN, escape);
  return quote + (quote === "'" ? body.split("'").join("\\'") : body) + quote;
}

function reprBytes(bytes) {
  let body = "";
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    body += NAMED[char] ?? (byte < 32 || byte > 126 ? `\\x${hex(byte, 2)}` : char);
  }
  const quote = body.includes("'") && !body.includes('"') ? '"' : "'";
  return `b${quote}${quote === "'" ? body.split("'").join("\\'") : body}${quote}`;
}

/** repr(value); `number` prints numbers, by default as ints. */
export function repr(value, number = String) {
  switch (typeof value) {
    case "string":
      return reprText(value);
    case "number":
      return Number.isInteger(value) ? number(value) : floatText(value);
    case "boolean":
      return value ? "True" : "False";
    case "undefined":
      return "None";
    case "function":
      return "<function>";
  }
  if (value === null) {
    return "None";
  }
  if (Array.isArray(value)) {
    return reprList(value, (item) => repr(item, number));
  }
  if (value instanceof Map) {
    return reprDict(value, (key) => repr(key, number), (item) => repr(item, number));
  }
  if (value instanceof Set) {
    return reprSet(value, (item) => repr(item, number));
  }
  if (value instanceof Uint8Array) {
    return reprBytes(value);
  }
  if (value.__repr__ !== undefined) {
    return value.__repr__();
  }
  if (value instanceof Exception) {
    return value.__name__ + (value.args.length === 1 ? `(${repr(value.args[0])})` : reprTuple(value.args, repr));
  }
  return value instanceof Error ? `${value.name}(${reprText(value.message)})` : "<object>";
}

/** str(value) of a value whose type is only known at run time; `number` prints numbers. */
export function str(value, number) {
  if (typeof value === "string") {
    return value;
  }
  if (hasText(value)) {
    return value.toString();
  }
  return value instanceof Error ? errorText(value) : repr(value, number);
}

function errorText(error) {
  if (!(error instanceof Exception)) {
    return error.message;
  }
  if (error.args.length === 1) {
    return error instanceof KeyError ? repr(error.args[0]) : str(error.args[0]);
  }
  return error.args.length === 0 ? "" : reprTuple(error.args, repr);
}

// Does a class of ours define __str__, rather than JavaScript's own prototypes?
const hasText = (value) =>
  value !== null &&
  typeof value === "object" &&
  ![Object, Error, Array, Uint8Array].some((type) => type.prototype.toString === value.toString);

/** What assert_never does. */
export function unreachable(value) {
  throw new RuntimeError(`Expected code to be unreachable, but got: ${repr(value)}`);
}

/** A list whose items `item` prints. */
export const reprList = (items, item) => `[${items.map((value) => item(value)).join(", ")}]`;

/** A tuple; `item` is one formatter for all or an array of one for each. */
export function reprTuple(items, item) {
  const parts = items.map((value, index) => (Array.isArray(item) ? item[index] : item)(value));
  return `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;
}

/** A set; the empty one has no display of its own. */
export const reprSet = (items, item) =>
  items.size === 0 ? "set()" : `{${[...items].map((value) => item(value)).join(", ")}}`;

/** A frozenset. */
export const reprFrozen = (items, item) => `frozenset(${items.size === 0 ? "" : reprSet(items, item)})`;

/** A dict. */
export const reprDict = (map, key, item) =>
  `{${[...map].map(([name, value]) => `${key(name)}: ${item(value)}`).join(", ")}}`;
