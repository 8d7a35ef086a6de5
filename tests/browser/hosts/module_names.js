// The names by which a script finds out that it is loaded by something else than a page.
(() => {
  const touched = (what) => () => {
    throw new Error(`${what} was used`);
  };
  window.exports = {};
  window.module = { exports: window.exports };
  window.require = touched("require");
  window.define = Object.assign(touched("define"), { amd: {} });
  window.System = { register: touched("System.register") };
  window.process = { env: {}, versions: { node: "99" } };
  window.global = window;
  window.self = window;
})();
