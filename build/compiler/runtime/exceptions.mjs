// Python's exceptions as classes; `args` and str(error) as in Python.

/** `message` is for JavaScript's eyes; str(error) and repr(error) are in repr.mjs. */
export class Exception extends Error {
  constructor(...args) {
    super(args.join(", "));
    this.args = args;
  }

  get __name__() {
    return "Exception";
  }
}

/** `raise error from cause`. */
export function because(error, cause) {
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
