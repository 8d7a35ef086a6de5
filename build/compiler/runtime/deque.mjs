// deque as an Array of its own class.

import { equals } from "./equals.mjs";
import { IndexError, RuntimeError, ValueError } from "./exceptions.mjs";
import { at } from "./list.mjs";
import { reprList } from "./repr.mjs";

export class Deque extends Array {
  /** What is cut out of it or made from it is a list. */
  static get [Symbol.species]() {
    return Array;
  }

  static of(items, limit = null) {
    if (limit !== null && limit < 0) {
      throw new ValueError("maxlen must be non-negative");
    }
    const made = new Deque();
    made.limit = limit ?? Infinity;
    made.changes = 0;
    made.extend(items);
    return made;
  }

  *[Symbol.iterator]() {
    const changes = this.changes;
    for (let i = 0; i < this.length; i++) {
      yield this[i];
      if (this.changes !== changes) {
        throw new RuntimeError("deque mutated during iteration");
      }
    }
  }

  append(item) {
    this.changes += 1;
    this.push(item);
    if (this.length > this.limit) {
      this.shift();
    }
  }

  appendleft(item) {
    this.changes += 1;
    this.unshift(item);
    if (this.length > this.limit) {
      this.length -= 1;
    }
  }

  extend(items) {
    for (const item of items === this ? [...items] : items) {
      this.append(item);
    }
  }

  extendleft(items) {
    for (const item of items === this ? [...items] : items) {
      this.appendleft(item);
    }
  }

  taken(take) {
    if (this.length === 0) {
      throw new IndexError("pop from an empty deque");
    }
    this.changes += 1;
    return take.call(this);
  }

  pop() {
    return this.taken(super.pop);
  }

  popleft() {
    return this.taken(super.shift);
  }

  clear() {
    this.changes += 1;
    this.length = 0;
  }

  insert(index, item) {
    if (this.length >= this.limit) {
      throw new IndexError("deque already at its maximum size");
    }
    this.changes += 1;
    this.splice(index, 0, item);
  }

  deleteAt(index) {
    at(this, index);
    this.changes += 1;
    this.splice(index, 1);
  }

  remove(item) {
    this.deleteAt(this.index(item));
  }

  index(item, start = 0, stop = Infinity) {
    const bound = (value) => (value < 0 ? Math.max(0, value + this.length) : Math.min(value, this.length));
    for (let i = bound(start); i < bound(stop); i++) {
      if (equals(this[i], item)) {
        return i;
      }
    }
    throw new ValueError("value is not in the deque");
  }

  count(item) {
    return this.filter((other) => equals(other, item)).length;
  }

  rotate(steps = 1) {
    if (this.length > 1) {
      this.changes += 1;
      const cut = (((-steps % this.length) + this.length) % this.length) + 0;
      this.push(...this.splice(0, cut));
    }
  }

  copy() {
    return Deque.of(this, this.limit === Infinity ? null : this.limit);
  }
}

export const maxlenOf = (deque) => (deque.limit === Infinity ? null : deque.limit);

export const reprDeque = (deque, item) =>
  `deque(${reprList([...deque], item)}${deque.limit === Infinity ? "" : `, maxlen=${deque.limit}`})`;
