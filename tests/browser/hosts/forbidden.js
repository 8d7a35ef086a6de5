// tryForbidden(elsewhere) does what a policy may forbid, and names the directives that forbade it.
// Here and not in a test: what a debugger evaluates is not held to all of them.
window.tryForbidden = async (elsewhere) => {
  const found = new Set();
  addEventListener("securitypolicyviolation", (event) => found.add(event.violatedDirective));
  const place = document.querySelector("#list");
  const create = (tag) => Document.prototype.createElement.call(document, tag); // an image of the page has its name
  const add = (tag, fields) => place.append(Object.assign(create(tag), fields));
  const tries = [
    () => (place.innerHTML = "<b>text</b>"),
    () => place.setAttribute("style", "color: red"),
    () => add("style", { textContent: "b { color: red }" }),
    () => add("img", { src: elsewhere }),
    () => add("iframe", { src: elsewhere }),
    () => fetch(elsewhere),
    () => import(elsewhere),
    () => new Worker(URL.createObjectURL(new Blob([""]))),
    () => new Function("return 1")(),
  ];
  for (const work of tries) {
    try {
      await work();
    } catch (error) {
      // It threw, or rejected.
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 300)); // the report of a frame comes late
  return [...found].sort();
};
