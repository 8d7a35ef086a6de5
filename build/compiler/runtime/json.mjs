// json.dumps and json.loads: objects are Maps, in the order of their keys in the text.

import { JSONDecodeError, PyTypeError, ValueError } from "./exceptions.mjs";
import { compare } from "./compare.mjs";
import { floatText } from "./number.mjs";

const NOT_ASCII = /[\x7f-\uffff]/g;

const escape = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;

// JavaScript escapes lone surrogates by itself.
const quote = (text, ascii) => (ascii ? JSON.stringify(text).replace(NOT_ASCII, escape) : JSON.stringify(text));

function numberText(value) {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }
  return Number.isInteger(value) ? String(value + 0) : floatText(value);
}

const keyText = (key) => (typeof key === "string" ? key : key === null ? "null" : String(key));

/** A whole number prints as an int: JavaScript keeps no difference. */
export function dumps(value, options = {}) {
  const { compact = false, sorted = false, ascii = true } = options;
  const [comma, colon] = compact ? [",", ":"] : [", ", ": "];
  const write = (item) => {
    if (item === null || typeof item === "boolean") {
      return String(item);
    }
    if (typeof item === "number") {
      return numberText(item);
    }
    if (typeof item === "string") {
      return quote(item, ascii);
    }
    if (Array.isArray(item)) {
      return `[${item.map(write).join(comma)}]`;
    }
    if (item instanceof Map) {
      const pairs = sorted ? [...item].sort((left, right) => compare(left[0], right[0])) : [...item];
      return `{${pairs.map(([key, inner]) => quote(keyText(key), ascii) + colon + write(inner)).join(comma)}}`;
    }
    throw new PyTypeError("Object is not JSON serializable");
  };
  return write(value);
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TEXT = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null|NaN|-?Infinity/y;
const WORDS = { true: true, false: false, null: null, NaN: NaN, Infinity: Infinity, "-Infinity": -Infinity };
const DEPTH = 900;

/** json.loads(text); own parser because JavaScript's objects reorder keys that look like numbers. */
export function loads(text) {
  let at = 0;

  const fail = (message) => {
    throw new JSONDecodeError(`${message}: char ${at}`);
  };

  const take = (pattern) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) {
      return null;
    }
    at = pattern.lastIndex;
    return match[0];
  };

  const string = () => {
    const spelled = take(TEXT);
    return spelled === null ? fail("Expecting a string") : JSON.parse(spelled);
  };

  // The items between brackets, each read by `one`.
  const many = (end, one) => {
    at += 1;
    take(SPACE);
    if (text[at] === end) {
      at += 1;
      return;
    }
    for (;;) {
      one();
      take(SPACE);
      if (text[at] === end) {
        at += 1;
        return;
      }
      if (text[at] !== ",") {
        fail("Expecting ',' delimiter");
      }
      at += 1;
      take(SPACE);
    }
  };

  const value = (depth) => {
    if (depth > DEPTH) {
      fail("Nested too deeply");
    }
    const first = text[at];
    if (first === '"') {
      return string();
    }
    if (first === "[") {
      const items = [];
      many("]", () => items.push(value(depth + 1)));
      return items;
    }
    if (first === "{") {
      const map = new Map();
      many("}", () => {
        const key = string();
        take(SPACE);
        if (text[at] !== ":") {
          fail("Expecting ':' delimiter");
        }
        at += 1;
        take(SPACE);
        map.set(key, value(depth + 1));
      });
      return map;
    }
    const word = take(WORD);
    if (word !== null) {
      return WORDS[word];
    }
    const number = take(NUMBER);
    return number === null ? fail("Expecting value") : Number(number);
  };

  if (typeof text !== "string") {
    throw new ValueError("the JSON object must be str");
  }
  take(SPACE);
  const result = value(0);
  take(SPACE);
  return at < text.length ? fail("Extra data") : result;
}
