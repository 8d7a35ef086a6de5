// What careless and hostile scripts leave on prototypes that every object shares.
(() => {
  const plain = ["extend", "each", "clone", "inspect", "size", "name", "code", "text", "data", "result", "error", "value", "done"];
  // Members of the dictionaries that browsers read from the prototype too, each with a value that breaks a call.
  const gadgets = {
    get: 1, set: 1, configurable: true, enumerable: true, once: true, passive: true, capture: true, signal: "none", body: "x", mode: "navigate",
    window: window, keepalive: true, integrity: "sha384-no", duplex: "full", priority: "no", certificates: "no", bundlePolicy: "no",
    rtcpMuxPolicy: "no", iceCandidatePoolSize: 999, ordered: false, maxRetransmits: 0, maxPacketLifeTime: 0, negotiated: false,
    additionalData: "no", label: "no", salt: "no", info: "no", iterations: 1, length: 3, delegatesFocus: true, slotAssignment: "no",
    timeZone: "no", calendar: "no", hourCycle: "no", era: "no", dateStyle: "no", box: "no", fatal: false, ignoreBOM: false,
    username: 1, credential: 2, credentialType: "no", offerToReceiveAudio: true, iceRestart: true,
    // Settings of ours that the page did not give.
    iceServers: [{ urls: "stun:evil.example" }], relay: "evil", cssUrl: "https://evil.example/x.css", room: "evil", customHeaders: { evil: "1" },
    mountInPage: true, theme: 7, onReady: () => { window.polluted = true; }, emoteIds: ["evil"], isPublic: false, customName: "evil",
  };
  for (const name of plain) Object.prototype[name] = function () { throw new Error(`Object.prototype.${name} was called`); };
  for (const [name, value] of Object.entries(gadgets)) if (Object.prototype.hasOwnProperty.call(gadgets, name)) Object.prototype[name] = value;
  for (const name of ["each", "last", "remove", "clear"]) Array.prototype[name] = function () { throw new Error(`Array.prototype.${name} was called`); };
  for (const name of ["format", "trimAll"]) String.prototype[name] = function () { throw new Error(`String.prototype.${name} was called`); };
  for (const name of ["defer", "delay"]) Function.prototype[name] = function () { throw new Error(`Function.prototype.${name} was called`); };
})();
