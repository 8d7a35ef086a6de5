// Members of enums, looked up.

import { KeyError, ValueError } from "./exceptions.mjs";

/** Enum(value): `valueOf` reads it from a member. */
export function memberOf(members, valueOf, value) {
  const found = members.find((member) => valueOf(member) === value);
  if (found === undefined) {
    throw new ValueError("not a value of this enum");
  }
  return found;
}

/** Enum[name]. */
export function memberCalled(members, nameOf, name) {
  const found = members.find((member) => nameOf(member) === name);
  if (found === undefined) {
    throw new KeyError(name);
  }
  return found;
}
