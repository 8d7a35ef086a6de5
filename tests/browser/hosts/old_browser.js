// Takes away what the oldest browsers of the baseline did not have: NEWER are [owner, name] by MDN, "" owns globals.
// What is left of a feature that MDN lists as an event is the event itself; its `on...` property goes.
(() => {
  const NEWER = [];
  const named = (name) => (name.startsWith("@@") ? Symbol[name.slice(2)] : name);
  const spelled = (name) => named(name.replace(/_static$/, "").replace(/^(.+)_event$/, "on$1"));
  // Iterators keep their prototype when its name goes.
  const kept = { Iterator: Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) };
  const owners = new Map(NEWER.map(([owner]) => [owner, owner === "" ? [window] : places(owner)]));
  const left = [];

  function places(owner) {
    let found = window[owner];
    // The tests' own subclass stands before RTCPeerConnection.
    while (typeof found === "function" && /^class/.test(Function.prototype.toString.call(found))) found = Object.getPrototypeOf(found);
    const all = found === undefined ? [] : typeof found === "function" ? [found, found.prototype] : [found, Object.getPrototypeOf(found)];
    return [...all, kept[owner]].filter((place) => place !== undefined && place !== null && place !== Object.prototype);
  }

  for (const [owner, name] of NEWER) {
    const key = spelled(name);
    const hosts = name.endsWith("_static") ? owners.get(owner).slice(0, 1) : owners.get(owner);
    for (const host of hosts) {
      if (key !== undefined && Object.prototype.hasOwnProperty.call(host, key) && key !== owner && owner !== "Symbol" && !Reflect.deleteProperty(host, key)) left.push(`${owner}.${name}`);
    }
  }

  // Told by attributes: the tests' own way into a page needs what is gone now.
  const peer = (window.RTCPeerConnection ?? Object).prototype; // WebKitGTK has none
  const probes = {
    BigInt64Array: typeof BigInt64Array === "undefined",
    BroadcastChannel: typeof BroadcastChannel === "undefined",
    WeakRef: typeof WeakRef === "undefined",
    structuredClone: typeof structuredClone === "undefined",
    trustedTypes: typeof trustedTypes === "undefined",
    "navigator.locks": navigator.locks === undefined,
    "crypto.randomUUID": crypto.randomUUID === undefined,
    "Object.hasOwn": Object.hasOwn === undefined,
    "Array.prototype.at": [].at === undefined,
    "Iterator.prototype.map": new Map().keys().map === undefined,
    "CSSStyleSheet.prototype.replaceSync": CSSStyleSheet.prototype.replaceSync === undefined,
    adoptedStyleSheets: document.adoptedStyleSheets === undefined,
    connectionState: !("connectionState" in peer),
    onconnectionstatechange: !("onconnectionstatechange" in peer),
  };
  const stillThere = Object.keys(probes).filter((name) => !probes[name]);
  document.documentElement.dataset.notTakenAway = [...left, ...stillThere].join();
})();
