// Python's exceptions as classes; `args` and str(error) as in Python.

import { repr } from "./repr.mjs";

export class Exception extends Error {
  constructor(...args) {
    super(args.length === 1 ? str(args[0]) : args.length === 0 ? "" : reprArgs(args));
    this.args = args;
  }

  get __name__() {
    return "Exception";
  }

  __repr__() {
    return `${this.__name__}${this.args.length === 1 ? `(${repr(this.args[0])})` : reprArgs(this.args)}`;
  }
}

const reprArgs = (args) => `(${args.map((item) => repr(item)).join(", ")})`;

/** str(value) of a value whose type is only known at run time; `number` prints numbers. */
export function str(value, number) {
  if (typeof value === "string") {
    return value;
  }
  if (value instanceof Error) {
    return own(value, "toString") ? value.toString() : value.message;
  }
  return own(value, "toString") ? value.toString() : repr(value, number);
}

// Does a class of ours define the method, rather than JavaScript's own prototypes?
const own = (value, name) =>
  value !== null &&
  typeof value === "object" &&
  ![Object, Error, Array, Map, Set, Uint8Array, Function].some((type) => type.prototype[name] === value[name]);

/** `raise error from cause`. */
export function because(error, cause) {
  error.__cause__ = cause;
  error.cause = cause;
  return error;
}

export class ArithmeticError extends Exception {
  get __name__() {
    return "ArithmeticError";
  }
}

export class ZeroDivisionError extends ArithmeticError {
  get __name__() {
    return "ZeroDivisionError";
  }
}

export class OverflowError extends ArithmeticError {
  get __name__() {
    return "OverflowError";
  }
}

export class LookupError extends Exception {
  get __name__() {
    return "LookupError";
  }
}

export class KeyError extends LookupError {
  constructor(...args) {
    super(...args);
    if (args.length === 1) {
      this.message = repr(args[0]);
    }
  }

  get __name__() {
    return "KeyError";
  }
}

export class IndexError extends LookupError {
  get __name__() {
    return "IndexError";
  }
}

export class ValueError extends Exception {
  get __name__() {
    return "ValueError";
  }
}

export class UnicodeError extends ValueError {
  get __name__() {
    return "UnicodeError";
  }
}

export class UnicodeDecodeError extends UnicodeError {
  get __name__() {
    return "UnicodeDecodeError";
  }
}

export class UnicodeEncodeError extends UnicodeError {
  get __name__() {
    return "UnicodeEncodeError";
  }
}

export class JSONDecodeError extends ValueError {
  get __name__() {
    return "JSONDecodeError";
  }
}

export class PyTypeError extends Exception {
  get __name__() {
    return "TypeError";
  }
}

export class AttributeError extends Exception {
  get __name__() {
    return "AttributeError";
  }
}

export class RuntimeError extends Exception {
  get __name__() {
    return "RuntimeError";
  }
}

export class NotImplementedError extends RuntimeError {
  get __name__() {
    return "NotImplementedError";
  }
}

export class RecursionError extends RuntimeError {
  get __name__() {
    return "RecursionError";
  }
}

export class StopIteration extends Exception {
  get __name__() {
    return "StopIteration";
  }
}

export class OSError extends Exception {
  get __name__() {
    return "OSError";
  }
}

export class ConnectionError extends OSError {
  get __name__() {
    return "ConnectionError";
  }
}

export class TimeoutError extends OSError {
  get __name__() {
    return "TimeoutError";
  }
}

/** What assert_never does. */
export function unreachable(value) {
  throw new RuntimeError(`Expected code to be unreachable, but got: ${repr(value)}`);
}
