// A browser, or a mode of it, without IndexedDB.
delete window.indexedDB;
