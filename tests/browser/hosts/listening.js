// Counts what is heard on the window and the document: hostListeners() names the events that somebody still listens to.
(() => {
  const heard = [];
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const counted = (target) => target === undefined || target === null || target === window || target === document;
  EventTarget.prototype.addEventListener = function (name, listener, ...more) {
    if (counted(this)) heard.push([name, listener]);
    return addEventListener.call(this ?? window, name, listener, ...more);
  };
  EventTarget.prototype.removeEventListener = function (name, listener, ...more) {
    const index = heard.findIndex(([one, other]) => one === name && other === listener);
    if (counted(this) && index >= 0) heard.splice(index, 1);
    return removeEventListener.call(this ?? window, name, listener, ...more);
  };
  // Once: it ends by itself, and the page is parsed when the chat is there.
  window.hostListeners = () => heard.map(([name]) => name).filter((name) => name !== "DOMContentLoaded");
})();
