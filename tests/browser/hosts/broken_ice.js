// Connections fail with F8, as a browser tells it that knows no connectionState; F9 counts those that were made.
const onKey = ({ key }) => {
  for (const peer of key === "F8" ? window.seenPeers : []) {
    Object.defineProperty(peer, "iceConnectionState", { value: "failed" });
    peer.dispatchEvent(new Event("iceconnectionstatechange"));
  }
  document.documentElement.dataset.peers = window.seenPeers.length;
};
addEventListener("keydown", onKey, true); // before the widget, which keeps keys of its fields to itself
