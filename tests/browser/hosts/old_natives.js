// Natives as libraries of 2005 to 2012 replaced them: each does less than the one of today.
(() => {
  const toArray = (value) => (value ? Array.prototype.slice.call(value, 0) : []);
  // No iterables, no mapping function.
  Array.from = toArray;
  // No arguments of one's own (Prototype 1.4 and the shims that followed it), and no `new`.
  Function.prototype.bind = function (self) {
    const work = this;
    return function () {
      return work.apply(self, arguments);
    };
  };
  // Text of JSON instead of a value: JSON.stringify then quotes it again.
  Array.prototype.toJSON = function () {
    return `[${this.map((item) => JSON.stringify(item)).join(", ")}]`;
  };
  String.prototype.toJSON = function () {
    return `"${this}"`;
  };
  Date.prototype.toJSON = function () {
    return "a date";
  };
  // Aliases of other functions under the names of today.
  Array.prototype.entries = function () {
    return this.slice();
  };
  Array.prototype.reduce = function () {
    return this.length > 1 ? this : this[0];
  };
  Array.prototype.flat = Array.prototype.flatten = function () {
    return this.slice();
  };
  // No second argument.
  String.prototype.startsWith = function (text) {
    return this.indexOf(text) === 0;
  };
  String.prototype.endsWith = function (text) {
    return this.slice(-text.length) === text;
  };
  // Methods on every element, some under native names.
  const added = {
    remove() {
      this.parentNode.removeChild(this);
      return this;
    },
    replace() {
      throw new Error("Element.replace was called");
    },
    update() {
      throw new Error("Element.update was called");
    },
    toggle() {
      throw new Error("Element.toggle was called");
    },
    matches() {
      throw new Error("Element.matches was called");
    },
    select(selector) {
      return toArray(this.querySelectorAll(selector));
    },
    clone() {
      return this.cloneNode(true);
    },
  };
  Object.assign(HTMLElement.prototype, added);
  document.getElementsByClassName = function () {
    throw new Error("document.getElementsByClassName was called");
  };
  window.$ = window.jQuery = function () {
    throw new Error("$ was called");
  };
})();
