// Firefox before 93 and Safari's Lockdown Mode keep no keys of elliptic curves.
(() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, name) {
    const keys = [value, value?.private, value?.privateKey];
    if (keys.some((key) => key instanceof CryptoKey)) throw new DOMException("The object could not be cloned.", "DataCloneError");
    return put.call(this, value, name);
  };
})();
