// Firefox in its private mode before version 115: the request fails instead of the call.
IDBFactory.prototype.open = () => {
  const request = new EventTarget();
  queueMicrotask(() => request.onerror(new Event("error")));
  return request;
};
