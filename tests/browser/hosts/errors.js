// What the page threw and what its console was told as an error: WebDriver of WebKit tells neither.
window.pageErrors = [];
addEventListener("error", ({ message }) => window.pageErrors.push(message));
addEventListener("unhandledrejection", ({ reason }) => window.pageErrors.push(String(reason)));
console.error = (...words) => window.pageErrors.push(words.join(" "));
