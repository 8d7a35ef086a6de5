// Numbers: Python's division, rounding, bits and text.

import { OverflowError, PyTypeError, ValueError, ZeroDivisionError } from "./exceptions.mjs";

/** What stands for an int divisor that is 0. */
export function byZero() {
  throw new ZeroDivisionError("division by zero");
}

export function divide(left, right) {
  if (right === 0) {
    throw new ZeroDivisionError("division by zero");
  }
  return left / right;
}

/** left % right of ints with the sign of the divisor, which is not zero. */
export function modulo(left, right) {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest + 0;
}

/** left % right of ints where right may be zero. */
export function checkedModulo(left, right) {
  if (right === 0) {
    throw new ZeroDivisionError("integer modulo by zero");
  }
  return modulo(left, right);
}

/** left // right of ints below 2**53: there the quotient never rounds up to a whole number. Never -0. */
export function floorDivide(left, right) {
  if (right === 0) {
    throw new ZeroDivisionError("integer division or modulo by zero");
  }
  return Math.floor(left / right) + 0;
}

export const divmod = (left, right) => [floorDivide(left, right), modulo(left, right)];

/** divmod of floats, step by step as in CPython's _float_div_mod: the signs of zeros and the last digit depend on it. */
export function floatDivmod(left, right) {
  if (right === 0) {
    throw new ZeroDivisionError("float divmod()");
  }
  let rest = left % right;
  let quotient = (left - rest) / right;
  if (rest === 0) {
    rest = right < 0 ? -0 : 0;
  } else if (rest < 0 !== right < 0) {
    rest += right;
    quotient -= 1;
  }
  if (quotient === 0) {
    return [left / right < 0 || Object.is(left / right, -0) ? -0 : 0, rest];
  }
  const whole = Math.floor(quotient);
  return [quotient - whole > 0.5 ? whole + 1 : whole, rest];
}

/** change(...args) of real numbers: Python raises where JavaScript says NaN or Infinity. */
export function real(change, ...args) {
  const value = change(...args);
  const endless = Math.abs(value) === Infinity && args.every(Number.isFinite);
  if ((Number.isNaN(value) && !args.some(Number.isNaN)) || (endless && args[0] === 0)) {
    throw new ValueError("math domain error");
  }
  if (endless) {
    throw new OverflowError("math range error");
  }
  return value;
}

/** left ** right, where JavaScript makes NaN of 1 to an endless power. */
export const raised = (left, right) => (left === 1 || (left === -1 && Math.abs(right) === Infinity) ? 1 : left ** right);

/** left ** right, as a float. CPython makes a complex number of a negative one and a fraction; here that is an error. */
export function power(left, right) {
  if (left === 0 && right < 0 && right !== -Infinity) {
    throw new ZeroDivisionError("zero cannot be raised to a negative power");
  }
  return real(raised, left, right);
}

/** By how many bits to shift, or an exponent that leaves an int an int. */
export function natural(count) {
  if (count < 0) {
    throw new ValueError("negative shift count or exponent");
  }
  return count;
}

// 2**53 fits into two halves of 32 and 21 bits; negative numbers are in two's complement.
const LOW = 2 ** 32;
const high = (value) => Math.floor(value / LOW);
const isInt32 = (value) => (value | 0) === value;

export const bitAnd = (left, right) =>
  isInt32(left) && isInt32(right) ? left & right : (high(left) & high(right)) * LOW + ((left & right) >>> 0);

export const bitOr = (left, right) =>
  isInt32(left) && isInt32(right) ? left | right : (high(left) | high(right)) * LOW + ((left | right) >>> 0);

export const bitXor = (left, right) =>
  isInt32(left) && isInt32(right) ? left ^ right : (high(left) ^ high(right)) * LOW + ((left ^ right) >>> 0);

export const bitLength = (value) => (value === 0 ? 0 : Math.abs(value).toString(2).length);

export const bitCount = (value) => Math.abs(value).toString(2).split("1").length - 1;

/** The int of a float: towards zero, refused for what has none. */
export const truncate = (value) => wholeNumber(Math.trunc(value));

/** Math.floor and its like, refusing infinity and NaN; never -0. */
export function wholeNumber(value) {
  if (Number.isNaN(value)) {
    throw new ValueError("cannot convert float NaN to integer");
  }
  if (!Number.isFinite(value)) {
    throw new OverflowError("cannot convert float infinity to integer");
  }
  return value + 0;
}

/** round(value): ties go to the even neighbour. */
export function round(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  return wholeNumber(rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1);
}

/** round(value, digits) by the exact decimal value, ties to even. */
export function roundTo(value, digits) {
  if (!Number.isFinite(value)) {
    return value;
  }
  if (digits < 0) {
    return roundPlaces(value, Number("1e" + -digits));
  }
  return Number(fixed(value, digits));
}

/** To a multiple of `unit`, a power of ten; JavaScript's remainder is exact, a quotient is not. */
function roundPlaces(value, unit) {
  const rest = Math.abs(value % unit);
  const down = Math.abs(value) - rest;
  const isUp = rest > unit / 2 || (rest === unit / 2 && (down / unit) % 2 === 1);
  return Math.sign(value) * (isUp ? down + unit : down);
}

/** format(value, ".nf"): JavaScript rounds exact ties up, Python to even. */
export function fixed(value, digits) {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
  const size = Math.abs(value);
  let text = size < 1e21 ? size.toFixed(digits) : BigInt(size).toString() + (digits > 0 ? "." + "0".repeat(digits) : "");
  // A tie is an exact binary fraction: its expansion ends with a 5 right behind the last digit.
  const exact = size < 1e21 ? size.toFixed(Math.min(100, digits + 30)) : "";
  const cut = exact.length - Math.min(100, digits + 30) + digits;
  if (digits <= 22 && /^50*$/.test(exact.slice(cut)) && /[02468]\.?$/.test(exact.slice(0, cut))) {
    text = exact.slice(0, cut).replace(/\.$/, "");
  }
  return value < 0 || Object.is(value, -0) ? `-${text}` : text;
}

/** repr(float). */
export function floatText(value) {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
  if (Object.is(value, -0)) {
    return "-0.0";
  }
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits, exponent] = value.toExponential().split("e");
    return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const DIGIT_ZEROS = /\p{Nd}/gu;

// Any script's decimal digits count; each block of ten begins with its zero.
function asciiDigits(text) {
  return text.replace(DIGIT_ZEROS, (char) => {
    if (char <= "9") {
      return char;
    }
    let code = char.codePointAt(0);
    let digit = 0;
    while (digit < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
      code -= 1;
      digit += 1;
    }
    return String(digit);
  });
}

const SPACE = "[\\t-\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const INTEGER = /* @__PURE__ */ new RegExp(`^${SPACE}([+-]?)(?:0([xob])_?)?([0-9a-z]+(?:_[0-9a-z]+)*)${SPACE}$`, "i");
const FLOATING = /* @__PURE__ */ new RegExp(
  `^${SPACE}([+-]?(?:(?:\\d+(?:_\\d+)*\\.?(?:\\d+(?:_\\d+)*)?|\\.\\d+(?:_\\d+)*)(?:e[+-]?\\d+)?|inf(?:inity)?|nan))${SPACE}$`,
  "i",
);
const PREFIXES = { x: 16, o: 8, b: 2 };

// What consists of ASCII digits alone, -1 otherwise: nearly always enough, and many times faster than a pattern.
function plainInteger(text) {
  let value = text === "" ? -1 : 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) {
      return -1;
    }
    value = value * 10 + digit;
  }
  return value;
}

/** int(text, base). */
export function parseInteger(text, base = 10) {
  if (base === 10 && text.length < 16) {
    const plain = plainInteger(text);
    if (plain >= 0) {
      return plain;
    }
  }
  let match = INTEGER.exec(asciiDigits(text));
  // In base 16 a leading "0b" is two digits, not a prefix.
  if (match !== null && match[2] !== undefined && PREFIXES[match[2].toLowerCase()] !== base && base !== 0) {
    match = base > 11 ? [match[0], match[1], undefined, `0${match[2]}${match[3]}`] : null;
  }
  const radix = match !== null && base === 0 ? (match[2] !== undefined ? PREFIXES[match[2].toLowerCase()] : 10) : base;
  const digits = match !== null ? match[3].split("_").join("").toLowerCase() : "";
  if (match === null || [...digits].some((digit) => Number.isNaN(parseInt(digit, radix)))) {
    throw new ValueError(`invalid literal for int() with base ${base}: '${text}'`);
  }
  const value = parseInt(digits, radix);
  return match[1] === "-" ? 0 - value : value;
}

/** float(text). */
export function parseFloating(text) {
  const match = FLOATING.exec(asciiDigits(text));
  if (match === null) {
    throw new ValueError(`could not convert string to float: '${text}'`);
  }
  const plain = match[1].split("_").join("").toLowerCase();
  if (plain.includes("inf")) {
    return plain[0] === "-" ? -Infinity : Infinity;
  }
  return Number(plain);
}

/** int(value) of a value whose type is only known at run time. */
export function int(value) {
  if (typeof value === "string") {
    return parseInteger(value);
  }
  if (typeof value === "boolean") {
    return Number(value);
  }
  if (typeof value !== "number") {
    throw new PyTypeError("int() argument must be a string or a number");
  }
  return truncate(value);
}

/** float(value) of a value whose type is only known at run time. */
export function toFloat(value) {
  if (typeof value === "string") {
    return parseFloating(value);
  }
  if (typeof value !== "number" && typeof value !== "boolean") {
    throw new PyTypeError("float() argument must be a string or a number");
  }
  return Number(value);
}

/** isinstance(value, int) of an unknown value: bools are ints. */
export const isInt = (value) => Number.isInteger(value) || typeof value === "boolean";

/** isinstance(value, float) of an unknown value: a number with a fraction. */
export const isFloat = (value) => typeof value === "number" && !Number.isInteger(value);

/** bin() and hex(). */
export const prefixed = (value, base, prefix) => (value < 0 ? "-" : "") + prefix + Math.abs(value).toString(base);

/** Groups of three digits. */
export function withCommas(text) {
  const [whole, fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

export const withSign = (text) => (text[0] === "-" ? text : `+${text}`);
