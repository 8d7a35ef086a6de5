// What widget/browser/js.py becomes where plain JavaScript syntax does not say it all.

import { Exception } from "./exceptions.mjs";

/** A promise that was rejected, or a JavaScript error: `name` as in DOMException ("NotAllowedError"). */
export class Failure extends Exception {
  constructor(name, message) {
    super(message);
    this.name = name;
  }

  get __name__() {
    return "Failure";
  }
}

/** Await a promise; what it is rejected with becomes a Failure, our own errors stay what they are. */
export async function wait(promise) {
  try {
    return (await promise) ?? null;
  } catch (error) {
    if (error instanceof Exception) {
      throw error;
    }
    const failure = new Failure(String(error?.name ?? "Error"), String(error?.message ?? error));
    failure.cause = error;
    throw failure;
  }
}

/** Start a coroutine soon; the promise is for JavaScript callers. */
export const start = (coroutine) => Promise.resolve().then(coroutine);

/** Bytes of a Uint8Array, another view or an ArrayBuffer. */
export const viewBytes = (value) =>
  value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
