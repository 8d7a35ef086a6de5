// json.dumps and json.loads: objects are Maps, in the order of their keys in the text.

import { JSONDecodeError, PyTypeError } from "./exceptions.mjs";
import { compare } from "./compare.mjs";
import { floatText } from "./number.mjs";

const NOT_ASCII = /[\x7f-\uffff]/g;

const escape = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;

// JavaScript escapes lone surrogates by itself.
const ascii = (text) => JSON.stringify(text).replace(NOT_ASCII, escape);

/** A whole number prints as an int: JavaScript keeps no difference. */
const numberText = (value) => (Number.isInteger(value) || !Number.isFinite(value) ? String(value) : floatText(value));

/** What writes values: texts by `quote`, numbers by `number`; `pairs` are those of a Map in their order. */
const writer = (comma, colon, quote, number, pairs) => {
  const write = (value) => {
    if (typeof value === "string") {
      return quote(value);
    }
    if (typeof value === "number") {
      return number(value);
    }
    if (Array.isArray(value)) {
      return `[${value.map(write).join(comma)}]`;
    }
    if (value instanceof Map) {
      return `{${pairs(value).map(([key, inner]) => quote(String(key)) + colon + write(inner)).join(comma)}}`;
    }
    if (value instanceof Object) {
      throw new PyTypeError("Object is not JSON serializable");
    }
    return String(value);
  };
  return write;
};

const asTheyCome = (map) => [...map];
const byKey = (map) => [...map].sort((left, right) => compare(left[0], right[0]));

/** separators=(",", ":"), of what is not known to hold floats. */
export function dumpsCompact(value) {
  if (typeof value === "string") {
    return ascii(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(dumpsCompact).join()}]`;
  }
  if (value instanceof Map) {
    return `{${[...value].map(([key, inner]) => ascii(String(key)) + ":" + dumpsCompact(inner)).join()}}`;
  }
  if (value instanceof Object) {
    throw new PyTypeError("Object is not JSON serializable");
  }
  return String(value);
}

export function dumps(value, options = {}) {
  const { compact = false, sorted = false, isAscii = true } = options;
  const [comma, colon] = compact ? [",", ":"] : [", ", ": "];
  return writer(comma, colon, isAscii ? ascii : JSON.stringify, numberText, sorted ? byKey : asTheyCome)(value);
}

const TEXTS = /"((?:[^"\\]|\\.)*"?)/gs;

// Objects as Maps; every text begins with a mark.
const built = (value) =>
  typeof value === "string"
    ? value.slice(1)
    : Array.isArray(value)
      ? value.map(built)
      : value instanceof Object
        ? new Map(Object.keys(value).map((key) => [key.slice(1), built(value[key])]))
        : value;

/** json.loads(text). A mark goes before every text, so that no key looks like a number: JavaScript would reorder those. */
export function loads(text) {
  try {
    return built(JSON.parse(text.replace(TEXTS, '"_$1')));
  } catch (error) {
    throw new JSONDecodeError(`${error.message}`);
  }
}
