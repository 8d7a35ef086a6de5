export function f(name, data) {
  const element = globalThis.document.createElement(name);
  element.hidden = true;
  element["aria-label"] = name;
  const record = { urls: [name], body: data };
  element.onclick = (event) => null;
  element.focus({ __proto__: null, preventScroll: true });
  return new globalThis.Thing(element, record);
}
