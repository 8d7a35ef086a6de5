// Text by code points. ASCII and most other text has one UTF-16 unit a code point: then JavaScript's own indexes serve.

import { IndexError, UnicodeDecodeError, UnicodeEncodeError, ValueError } from "./exceptions.mjs";

// What str.isspace() says: JavaScript's white space without the byte order mark, and five controls.
const SPACE = "(?:[^\\S\ufeff]|[\\x1c-\\x1f\\x85])+";
const LEADING = /* @__PURE__ */ new RegExp(`^${SPACE}`);
const TRAILING = /* @__PURE__ */ new RegExp(`${SPACE}$`);
const ALL_SPACE = /* @__PURE__ */ new RegExp(`^${SPACE}$`);
const AROUND = /* @__PURE__ */ new RegExp(`^${SPACE}|${SPACE}$`, "g");
const BETWEEN = /* @__PURE__ */ new RegExp(SPACE);
const LINES = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

// Do pairs of units move this place? It is counted from the end where it is negative, and what stands on its other side
// does not matter; none (undefined) is not moved. On short text several times faster than a regular expression.
function hasPairs(text, place) {
  const end = place < 0 ? text.length : Math.min(place, text.length);
  for (let i = place < 0 ? Math.max(0, text.length + place - 1) : 0; i < end; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      return true;
    }
  }
  return false;
}

/** len(text). */
export const textLength = (text) => (hasPairs(text, Infinity) ? [...text].length : text.length);

/** text[index]. At either end (0, 1, -1) a unit that is half of no pair stands where it is counted. */
export function charAt(text, index) {
  const place = index < 0 ? index + text.length : index;
  const isPlain = index * index < 2 && text.charCodeAt(place) < 0xd800;
  const char = isPlain ? text[place] : sliceText(text, index, index + 1 || undefined);
  if (char === "") {
    throw new IndexError("string index out of range");
  }
  return char;
}

/** text[start:stop]. */
export const sliceText = (text, start, stop) =>
  hasPairs(text, start) || hasPairs(text, stop) ? [...text].slice(start, stop).join("") : text.slice(start, stop);

// Positions in UTF-16 units become positions in code points.
const codePoints = (text, units) => (units < 0 ? units : textLength(text.slice(0, units)));

/** text.find(part). */
export const findText = (text, part) => codePoints(text, text.indexOf(part));

export const rfindText = (text, part) => codePoints(text, text.lastIndexOf(part));

function known(found) {
  if (found < 0) {
    throw new ValueError("substring not found");
  }
  return found;
}

export const indexText = (text, part) => known(findText(text, part));

export const rindexText = (text, part) => known(rfindText(text, part));

export const countText = (text, part) => (part === "" ? textLength(text) + 1 : text.split(part).length - 1);

// Where a search between bounds begins, and what it sees; null where there is nothing, not even an empty text.
function between(text, start, stop) {
  const length = textLength(text);
  const place = (bound) => Math.min(bound < 0 ? Math.max(0, bound + length) : bound, length);
  const [from, to] = [start ?? 0, place(stop ?? length)];
  return from > length || place(from) > to ? null : [place(from), sliceText(text, place(from), to)];
}

// A search between bounds, each of which may be None; `other` is what it gives where there is nothing to search.
const bounded = (search, other) => (text, part, start, stop) => {
  const seen = between(text, start, stop);
  return seen === null ? other : search(seen[1], part, seen[0]);
};

const moved = (search) => (text, part, from) => {
  const found = search(text, part);
  return found < 0 ? found : found + from;
};

/** text.find(part, start, stop), and so on. */
export const findFrom = /* @__PURE__ */ bounded(/* @__PURE__ */ moved(findText), -1);
export const rfindFrom = /* @__PURE__ */ bounded(/* @__PURE__ */ moved(rfindText), -1);
export const countFrom = /* @__PURE__ */ bounded(countText, 0);
export const indexFrom = (text, part, start, stop) => known(findFrom(text, part, start, stop));
export const rindexFrom = (text, part, start, stop) => known(rfindFrom(text, part, start, stop));

// Strip

export const strip = (text) => text.replace(AROUND, "");

export const lstrip = (text) => text.replace(LEADING, "");

export const rstrip = (text) => text.replace(TRAILING, "");

/** text.lstrip(chars). */
export function lstripChars(text, chars) {
  const dropped = [...chars];
  let start = 0;
  for (const char of text) {
    if (!dropped.includes(char)) {
      break;
    }
    start += char.length;
  }
  return text.slice(start);
}

/** text.rstrip(chars). */
export function rstripChars(text, chars) {
  const dropped = [...chars];
  const units = [...text];
  while (units.length > 0 && dropped.includes(units[units.length - 1])) {
    units.pop();
  }
  return units.join("");
}

/** text.strip(chars). */
export const stripChars = (text, chars) => rstripChars(lstripChars(text, chars), chars);

// Split and join

function separated(separator) {
  if (separator === "") {
    throw new ValueError("empty separator");
  }
  return separator;
}

/** text.split(): at runs of white space. */
export const words = (text) => text.split(BETWEEN).filter((word) => word !== "");

/** text.split(separator). */
export const splitAt = (text, separator) => text.split(separated(separator));

/** text.split(separator, limit); without a separator at runs of white space. */
export function split(text, separator = null, limit = -1) {
  if (separator !== null) {
    const parts = text.split(separated(separator));
    return limit < 0 || parts.length <= limit ? parts : [...parts.slice(0, limit), parts.slice(limit).join(separator)];
  }
  const all = words(text);
  if (limit < 0 || all.length <= limit) {
    return all;
  }
  let rest = lstrip(text);
  for (const word of all.slice(0, limit)) {
    rest = lstrip(rest.slice(word.length));
  }
  return [...all.slice(0, limit), rest];
}

export function rsplit(text, separator = null, limit = -1) {
  if (separator === null) {
    const reverse = (value) => [...value].reverse().join("");
    return limit < 0 ? split(text) : split(reverse(text), null, limit).map(reverse).reverse();
  }
  const parts = [];
  const mark = separated(separator);
  let rest = text;
  for (let left = limit; left !== 0; left--) {
    const at = rest.lastIndexOf(mark);
    if (at < 0) {
      break;
    }
    parts.unshift(rest.slice(at + separator.length));
    rest = rest.slice(0, at);
  }
  return [rest, ...parts];
}

/** text.splitlines(keepends). */
export const linesKept = (text, keepends) =>
  keepends ? text.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|.+$/gs) ?? [] : splitlines(text);

export function splitlines(text) {
  const lines = text.split(LINES);
  if (lines[lines.length - 1] === "") {
    lines.pop();
  }
  return lines;
}

export function partition(text, separator) {
  const at = text.indexOf(separated(separator));
  return at < 0 ? [text, "", ""] : [text.slice(0, at), separator, text.slice(at + separator.length)];
}

export function rpartition(text, separator) {
  const at = text.lastIndexOf(separated(separator));
  return at < 0 ? ["", "", text] : [text.slice(0, at), separator, text.slice(at + separator.length)];
}

/** text.replace(old, new, count). */
export function replaceText(text, before, after, count = -1) {
  if (before === "") {
    const units = [...text];
    const all = [];
    for (let i = 0; i <= units.length; i++) {
      all.push((count < 0 || i < count ? after : "") + (units[i] ?? ""));
    }
    return all.join("");
  }
  return count < 0 ? text.split(before).join(after) : split(text, before, count).join(after);
}

export const removePrefix = (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text);

export const removeSuffix = (text, suffix) =>
  suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;

export const startsAny = (text, parts) => [].concat(parts).some((part) => text.startsWith(part));

export const endsAny = (text, parts) => [].concat(parts).some((part) => text.endsWith(part));

/** text.startswith(parts, start, stop). */
export const startsFrom = /* @__PURE__ */ bounded(startsAny, false);
export const endsFrom = /* @__PURE__ */ bounded(endsAny, false);

// Padding

const padding = (text, width, fill) => fill.repeat(Math.max(0, width - textLength(text)));

export const ljust = (text, width, fill = " ") => text + padding(text, width, fill);

export const rjust = (text, width, fill = " ") => padding(text, width, fill) + text;

/** text.center(width): an odd gap is larger on the left when the width is odd, as in CPython. */
export function center(text, width, fill = " ") {
  const gap = Math.max(0, width - textLength(text));
  const left = Math.floor(gap / 2) + (gap & width & 1);
  return fill.repeat(left) + text + fill.repeat(gap - left);
}

/** format(text, "^width"): an odd gap is larger on the right. */
export function centered(text, width, fill = " ") {
  const gap = Math.max(0, width - textLength(text));
  const left = Math.floor(gap / 2);
  return fill.repeat(left) + text + fill.repeat(gap - left);
}

/** The digits of an int, filled with zeros up to `width` signs. */
export const zeros = (digits, width) =>
  digits[0] === "-" ? "-" + digits.slice(1).padStart(width - 1, "0") : digits.padStart(width, "0");

/** Zeros between sign and digits. */
export function zfill(text, width, fill = "0") {
  const sign = text[0] === "-" || text[0] === "+" ? text[0] : "";
  return sign + rjust(text.slice(sign.length), width - sign.length, fill);
}

// Classes of characters

const all = (pattern) => (text) => pattern.test(text);

export const isDecimal = /* @__PURE__ */ all(/^\p{Nd}+$/u);
/** Also digits that are not decimal, in circles and as exponents. */
export const isDigit = /* @__PURE__ */ all(
  /^[\p{Nd}\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]+$/u,
);
export const isAlpha = /* @__PURE__ */ all(/^\p{L}+$/u);
export const isAlnum = /* @__PURE__ */ all(/^[\p{L}\p{N}]+$/u);
export const isSpace = /* @__PURE__ */ all(ALL_SPACE);
export const isAscii = /* @__PURE__ */ all(/^[\x00-\x7f]*$/);
export const isUpper = (text) => /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
export const isLower = (text) => /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);

/** text[start:stop:step]. */
export const stepText = (text, start, stop, step) => {
  const units = [...text];
  return stepIndexes(units.length, start, stop, step)
    .map((index) => units[index])
    .join("");
};

/** The indexes that a slice with a step takes. */
export function stepIndexes(length, start, stop, step) {
  step ??= 1;
  if (step === 0) {
    throw new ValueError("slice step cannot be zero");
  }
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (index) => Math.min(Math.max(index < 0 ? index + length : index, low), high);
  const from = start === null ? (step > 0 ? low : high) : clamp(start);
  const to = stop === null ? (step > 0 ? high : low) : clamp(stop);
  const indexes = [];
  for (let index = from; step > 0 ? index < to : index > to; index += step) {
    indexes.push(index);
  }
  return indexes;
}

// UTF-8

let encoder;
let decoder; // each made when it is asked for: a server that only imports the package may have none

/** text.encode(). */
export function encodeText(text) {
  if (/\p{Cs}/u.test(text)) {
    throw new UnicodeEncodeError("'utf-8' codec can't encode a lone surrogate");
  }
  encoder ??= new TextEncoder();
  return encoder.encode(text);
}

/** data.decode(). */
export function decodeText(bytes) {
  try {
    decoder ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes);
  } catch {
    throw new UnicodeDecodeError("'utf-8' codec can't decode bytes");
  }
}
