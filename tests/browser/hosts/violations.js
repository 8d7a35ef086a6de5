// Every violation of the page's policy from here on, but for the icon that WebKit asks for by itself.
window.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
  if (!blockedURI.endsWith("/favicon.ico")) window.violations.push(`${violatedDirective} ${blockedURI} ${sample}`);
});
