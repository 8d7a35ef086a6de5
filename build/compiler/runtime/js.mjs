// What widget/browser/js.py becomes where plain JavaScript syntax does not say it all.

import { Exception } from "./exceptions.mjs";

/** What JavaScript threw or rejected with; `name` as in DOMException ("NotAllowedError"). Also made by hand in tests. */
export class Failure extends Exception {
  constructor(name, message) {
    super(message);
    this.name = name;
  }

  get __name__() {
    return "Failure";
  }
}

/** `except js.Failure`: a Failure, or an error of JavaScript's own, which has the same `name` and `message`. */
export const isFailure = (error) => error instanceof Failure || (error instanceof Error && !(error instanceof Exception));

/** Start a coroutine soon; the promise is for JavaScript callers. */
export const start = (coroutine) => Promise.resolve().then(coroutine);

/** str() of what came from JavaScript: never one of our containers. */
export const textOf = (value) =>
  value == null ? "None" : typeof value === "boolean" ? (value ? "True" : "False") : String(value);

/** The items of an array-like of the page. */
export function listed(value) {
  const list = [];
  for (let index = 0; index < value.length; index++) {
    list.push(value[index]);
  }
  return list;
}
