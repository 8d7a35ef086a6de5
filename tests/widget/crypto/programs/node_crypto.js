// WebCrypto for Python under Brython in Node: hex and numbers cross, keys stay here.
const keys = [];
const { subtle } = globalThis.crypto;
const raw = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const keep = (key) => keys.push(key) - 1;
const gcm = (nonce, aad) => ({ name: "AES-GCM", iv: raw(nonce), additionalData: raw(aad), tagLength: 128 });
const point = (name, hexed, usages) => subtle.importKey("raw", raw(hexed), { name, namedCurve: "P-256" }, false, usages);
const ecdsa = { name: "ECDSA", hash: "SHA-256" };
__BRYTHON__.addToImported("node_crypto", {
  random: (count) => hex(globalThis.crypto.getRandomValues(new Uint8Array(count))),
  sha256: async (data) => hex(await subtle.digest("SHA-256", raw(data))),
  async hmac(key, data) {
    const handle = await subtle.importKey("raw", raw(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return hex(await subtle.sign("HMAC", handle, raw(data)));
  },
  async hkdf(ikm, salt, info, bits) {
    const handle = await subtle.importKey("raw", raw(ikm), "HKDF", false, ["deriveBits"]);
    return hex(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: raw(salt), info: raw(info) }, handle, bits));
  },
  key: async (data) => keep(await subtle.importKey("raw", raw(data), "AES-GCM", false, ["encrypt", "decrypt"])),
  seal: async (key, nonce, text, aad) => hex(await subtle.encrypt(gcm(nonce, aad), keys[key], raw(text))),
  open: async (key, nonce, text, aad) => subtle.decrypt(gcm(nonce, aad), keys[key], raw(text)).then(hex, () => "broken"),
  async generate(name, usage) {
    const pair = await subtle.generateKey({ name, namedCurve: "P-256" }, false, usage.split(" "));
    return `${keep(pair.privateKey)} ${hex(await subtle.exportKey("raw", pair.publicKey))}`;
  },
  sign: async (key, data) => hex(await subtle.sign(ecdsa, keys[key], raw(data))),
  verify: async (key, signature, data) => subtle.verify(ecdsa, await point("ECDSA", key, ["verify"]), raw(signature), raw(data)),
  async derive(key, theirs) {
    return hex(await subtle.deriveBits({ name: "ECDH", public: await point("ECDH", theirs, []) }, keys[key], 256));
  },
});
