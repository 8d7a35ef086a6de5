// Remembers the host as it is before our script; hostChanges() tells what is different since, as sentences.
(() => {
  const MINE = ["hostChanges", "seenPeers"]; // of the tests themselves
  const box = () => document.querySelector("#chat");

  function own(object) {
    const found = new Map();
    for (const key of Reflect.ownKeys(object)) {
      if (object !== window || !MINE.includes(key)) found.set(key, Object.getOwnPropertyDescriptor(object, key));
    }
    return found;
  }

  // The global object, every function on it with its prototype, and every namespace.
  function objects() {
    const found = new Map([["window", window], ["document", document], ["document.prototype", Object.getPrototypeOf(document)]]);
    for (const [name, { value }] of own(window)) {
      if (typeof name !== "string" || value === window || /^\d+$/.test(name)) continue; // by number: a frame
      if (typeof value === "function") {
        found.set(name, value);
        if (value.prototype) found.set(`${name}.prototype`, value.prototype);
      } else if (value !== null && typeof value === "object" && value !== document) found.set(name, value);
    }
    found.delete("seenPeers");
    for (const [name, value] of Object.entries({ generator: (function* () {})(), iterator: [][Symbol.iterator](), map: new Map().values() })) {
      found.set(`prototype of a ${name}`, Object.getPrototypeOf(value));
    }
    return found;
  }

  const styles = (element) => {
    const found = getComputedStyle(element);
    return Array.from({ length: found.length }, (_, index) => `${found[index]}: ${found.getPropertyValue(found[index])}`);
  };

  // The parser has not yet come to our own tag, and what follows it.
  const later = (node) => (node.nodeType === 3 && node.data.trim() === "") || (node.nodeName === "SCRIPT" && node.crossOrigin !== null);
  const words = (node) => [...node.childNodes].filter((child) => !later(child)).map((child) => child.data ?? child.nodeName);

  function tree() {
    const found = new Map();
    const visit = (element, path) => {
      const attributes = [...element.attributes].map(({ name, value }) => `${name}="${value}"`);
      found.set(path, { element, words: [...attributes, ...(element === box() ? [] : words(element))] });
      if (element !== box()) [...element.children].filter((child) => !later(child)).forEach((child, index) => visit(child, `${path} > ${child.nodeName}${index}`));
    };
    visit(document.documentElement, "html");
    return found;
  }

  // The reader may deny them.
  const kept = (name) => {
    try {
      return window[name].length;
    } catch (error) {
      return error.name;
    }
  };

  const whatElse = () => ({
    title: document.title,
    history: history.length,
    local: kept("localStorage"),
    session: kept("sessionStorage"),
    cookie: document.cookie,
    address: location.href,
    frames: frames.length,
  });

  const look = () => ({
    objects: new Map([...objects()].map(([name, object]) => [name, { object, own: own(object) }])),
    tree: new Map([...tree()].map(([path, { element, words }]) => [path, { words, styles: styles(element) }])),
    else: whatElse(),
  });

  const same = (one, other) => ["value", "get", "set", "writable", "enumerable", "configurable"].every((part) => Object.is(one[part], other[part]));

  function* changes(before, now) {
    for (const [name, { object, own: then }] of before.objects) {
      const later = own(object);
      for (const key of later.keys()) if (!then.has(key)) yield `${name} has ${String(key)}`;
      for (const [key, descriptor] of then) {
        if (!later.has(key)) yield `${name} lost ${String(key)}`;
        else if (!same(descriptor, later.get(key))) yield `${name} changed ${String(key)}`;
      }
    }
    for (const [path, then] of before.tree) {
      const later = now.tree.get(path);
      if (later === undefined) yield `${path} is gone`;
      else {
        if (then.words.join() !== later.words.join()) yield `${path} became ${later.words.join()}`;
        for (const [index, style] of then.styles.entries()) if (style !== later.styles[index]) yield `${path} is styled ${later.styles[index]}, not ${style}`;
      }
    }
    for (const path of now.tree.keys()) if (!before.tree.has(path)) yield `${path} is new`;
    for (const [name, value] of Object.entries(before.else)) if (now.else[name] !== value) yield `${name} is ${now.else[name]}`;
  }

  let before;
  window.hostChanges = () => [...changes(before, look())];
  before = look();
})();
