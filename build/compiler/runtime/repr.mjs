// repr() of values. Numbers print as ints unless a formatter says otherwise: compiled code knows the type and passes one.

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
  return value.__repr__ !== undefined ? value.__repr__() : value instanceof Error ? `${value.name}(${reprText(value.message)})` : "<object>";
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

/** A dict. */
export const reprDict = (map, key, item) =>
  `{${[...map].map(([name, value]) => `${key(name)}: ${item(value)}`).join(", ")}}`;
