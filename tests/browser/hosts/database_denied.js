// What browsers do where the reader forbids storage.
IDBFactory.prototype.open = () => {
  throw new DOMException("The user denied permission to access the database.", "SecurityError");
};
