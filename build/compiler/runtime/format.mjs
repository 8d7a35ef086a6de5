// format(value, spec): the whole of Python's small language, for what is not written out where it is compiled.

import { OverflowError, ValueError } from "./exceptions.mjs";
import { floatText } from "./number.mjs";
import { sliceText, textLength } from "./text.mjs";

const SPEC = /^(?:(.)?([<>^=]))?([+ -])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;
const BASES = { x: 16, X: 16, o: 8, b: 2 };

function refuse(wrong) {
  if (wrong) {
    throw new ValueError("invalid format specifier");
  }
}

function parse(spec, letters, beforeZeros = "=") {
  const found = SPEC.exec(spec);
  refuse(found === null);
  const [, fill, align, sign = "-", alternate, zero, width = "0", separator = "", precision, letter = ""] = found;
  refuse(!letters.includes(letter) || letter === "n");
  return {
    fill: fill ?? (zero === undefined ? " " : "0"),
    align: align ?? (zero === undefined ? "" : beforeZeros),
    sign: sign === "-" ? "" : sign,
    given: found[3] !== undefined,
    alternate: alternate !== undefined,
    width: Number(width),
    separator,
    precision: precision === undefined ? -1 : Number(precision),
    letter,
  };
}

function aligned(text, align, fill, width) {
  const gap = Math.max(0, width - textLength(text));
  const left = align === "<" ? 0 : align === "^" ? Math.floor(gap / 2) : gap;
  return fill.repeat(left) + text + fill.repeat(gap - left);
}

/** Digits in groups from the right, with zeros in front up to a width that the separators count in. */
function grouped(digits, separator, size, width) {
  const parts = [];
  let left = digits;
  let room = width;
  for (;;) {
    const length = Math.min(size, Math.max(left.length, room, 1));
    parts.unshift(left.slice(-length).padStart(length, "0"));
    left = left.slice(0, Math.max(0, left.length - length));
    room -= length;
    if (left === "" && room <= 0) {
      return parts.join(separator);
    }
    room -= separator.length;
  }
}

/** A number of its parts; what comes before `whole` stands before the zeros too. */
function placed(how, before, whole, after, size = 3) {
  const inside = how.align === "=";
  const zeros = inside && how.fill === "0" ? how.width - before.length - after.length : 0;
  const digits = grouped(whole, how.separator, how.separator === "" ? Infinity : size, zeros);
  if (inside) {
    return before + aligned(digits + after, ">", how.fill, how.width - before.length);
  }
  return aligned(before + digits + after, how.align || ">", how.fill, how.width);
}

export function formatText(text, spec) {
  const how = parse(spec, "s", "<");
  refuse(how.align === "=" || how.given || how.alternate || how.separator !== "");
  const cut = how.precision < 0 ? text : sliceText(text, 0, how.precision);
  return aligned(cut, how.align || "<", how.fill, how.width);
}

export function formatInt(value, spec) {
  const how = parse(spec, "bcdeEfFgGnosxX%");
  if ("eEfFgG%".includes(how.letter) && how.letter !== "") {
    return formatFloat(value, spec);
  }
  refuse(how.letter === "s" || how.precision >= 0);
  const sign = value < 0 ? "-" : how.sign;
  if (how.letter === "c") {
    refuse(how.given || how.alternate || how.separator !== "");
    if (value < 0 || value > 0x10ffff) {
      throw new OverflowError("%c arg not in range(0x110000)");
    }
    return placed({ ...how, separator: "" }, "", String.fromCodePoint(value), "");
  }
  const base = BASES[how.letter] ?? 10;
  refuse(base !== 10 && how.separator === ",");
  const digits = Math.abs(value).toString(base);
  const prefix = how.alternate && base !== 10 ? `0${how.letter}` : "";
  return placed(how, sign + prefix, how.letter === "X" ? digits.toUpperCase() : digits, "", base === 10 ? 3 : 4);
}

/** All decimal digits of a float that is not negative, and the power of ten that the first of them counts. */
function exactly(size) {
  if (size === 0) {
    return ["0", 0];
  }
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, size);
  const high = bits.getUint32(0);
  const raised = high >>> 20;
  const whole = (BigInt(high & 0xfffff) << 32n) + BigInt(bits.getUint32(4)) + (raised === 0 ? 0n : 1n << 52n);
  const shift = Math.max(raised, 1) - 1075;
  const digits = String(shift < 0 ? whole * 5n ** BigInt(-shift) : whole << BigInt(shift));
  return [digits, digits.length - 1 + Math.min(shift, 0)];
}

/** `count` digits of a float, rounded to even, and the power of ten of the first. */
function rounded(size, count) {
  const [digits, power] = exactly(size);
  if (count >= digits.length) {
    return [digits.padEnd(count, "0"), power];
  }
  const kept = count < 0 ? "" : digits.slice(0, count);
  const rest = count < 0 ? "0" : digits.slice(count);
  const half = rest[0] === "5" && /^50*$/.test(rest);
  const up = half ? kept !== "" && Number(kept.at(-1)) % 2 === 1 : rest >= "5";
  const whole = String(BigInt(kept || "0") + (up ? 1n : 0n)).padStart(Math.max(count, 0), "0");
  const carried = whole.length > Math.max(count, 0) && up ? 1 : 0;
  return count <= 0 && !up ? ["", power] : [carried ? whole.slice(0, Math.max(count, 1)) : whole, power + carried];
}

function pointed(size, decimals) {
  const [, first] = exactly(size);
  const [digits, power] = rounded(size, first + 1 + decimals);
  const all = digits.padEnd(power + 1 + decimals > 0 ? power + 1 + decimals : 0, "0").padStart(decimals + 1, "0");
  return [all.slice(0, all.length - decimals), decimals > 0 ? all.slice(-decimals) : ""];
}

function raisedBy(power) {
  return `e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

const trimmed = (fraction, keep) => (keep ? fraction : fraction.replace(/0+$/, ""));

/** Whole digits, the fraction and the exponent of a float that is not negative, for a letter in lower case. */
function spelled(size, letter, precision, alternate) {
  if (letter === "f") {
    return [...pointed(size, precision), ""];
  }
  if (letter === "e") {
    const [digits, power] = rounded(size, precision + 1);
    return [digits[0], digits.slice(1), raisedBy(power)];
  }
  const count = Math.max(precision, 1);
  const [digits, power] = rounded(size, count);
  if (power < -4 || power >= (letter === "" ? count - 1 : count)) {
    return [digits[0], trimmed(digits.slice(1), alternate), raisedBy(power)];
  }
  const [whole, fraction] = pointed(size, Math.max(0, count - 1 - power));
  const short = trimmed(fraction, alternate);
  return [whole, letter === "" && short === "" ? "0" : short, ""];
}

export function formatFloat(value, spec) {
  const how = parse(spec, "eEfFgGn%");
  const letter = how.letter.toLowerCase();
  const number = letter === "%" ? value * 100 : value;
  const minus = number < 0 || Object.is(number, -0);
  const before = minus ? "-" : how.sign;
  const size = Math.abs(number);
  const upper = (text) => (how.letter !== letter ? text.toUpperCase() : text);
  const sign = letter === "%" ? "%" : "";
  if (!Number.isFinite(size)) {
    return placed({ ...how, separator: "" }, before, upper(floatText(size)), sign);
  }
  if (letter === "" && how.precision < 0) {
    const [, whole, after] = /^(\d+)(.*)$/.exec(floatText(size));
    return placed(how, before, whole, how.alternate && !after.includes(".") ? `.${after}` : after);
  }
  const precision = how.precision < 0 ? 6 : how.precision;
  const [whole, fraction, power] = spelled(size, letter === "%" ? "f" : letter, precision, how.alternate);
  const point = fraction !== "" || how.alternate ? "." : "";
  return placed(how, before, whole, point + fraction + upper(power) + sign);
}
