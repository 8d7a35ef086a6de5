// Finds things in a page as a person would, through open shadow roots; sent along with each call.
const hand = {
  *all(root = document) {
    // Images of the page may be named like functions of the document.
    const found = root === document ? Document.prototype.querySelectorAll.call(root, "*") : root.querySelectorAll("*");
    for (const element of found) {
      yield element;
      if (element.shadowRoot) yield* hand.all(element.shadowRoot);
    }
  },
  isSeen: (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible",
  text: (element) => (element.getAttribute("aria-label") ?? element.textContent).replace(/\s+/g, " ").trim(),
  one(fits) {
    for (const element of hand.all()) if (fits(element) && hand.isSeen(element)) return element;
    return null;
  },
  field: (label) => hand.one((element) => "labels" in element && element.nodeName !== "BUTTON" && hand.labels(element).includes(label)),
  labels: (element) => [element.getAttribute("aria-label"), ...[...(element.labels ?? [])].map((each) => hand.name(each))],
  // Of a label the first text is its name; what follows are hints.
  name: (label) => [...label.childNodes].map((node) => node.textContent.trim()).filter((text) => text !== "")[0],
  button: (name) => hand.one((element) => element.nodeName === "BUTTON" && !element.disabled && hand.text(element) === name),
  line(text) {
    const log = hand.one((element) => element.getAttribute("role") === "log");
    return log && [...log.querySelectorAll("*")].find((element) => element.textContent === text && hand.isSeen(element));
  },
  words: (text) => hand.one((element) => hand.ownWords(element).includes(text)),
  ownWords: (element) => [...element.childNodes].map((node) => (node.nodeType === 3 ? node.data : " ")).join(""),
  /** Where to click it, in the window. */
  drawn: () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  // Firefox scrolls to the caret a moment after something was typed, and finds what is pressed by what is drawn.
  async place(element) {
    await hand.drawn();
    element.scrollIntoView({ block: "nearest" });
    await hand.drawn();
    const { left, top, width, height } = element.getBoundingClientRect();
    return [Math.round(left + width / 2), Math.round(top + height / 2)];
  },
};
