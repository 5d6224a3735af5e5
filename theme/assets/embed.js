// In a frame of another site: tells the page around it how high the content is. It may listen,
// or keep the height that the snippet gives; nothing else is told, and nothing is listened to.
const tell = () => {
  const { height } = document.body.getBoundingClientRect();
  const message = { type: "congkhai-embed", height: Math.ceil(height), address: location.href };
  if (parent !== window) parent.postMessage(message, "*");
};
addEventListener("load", tell);
addEventListener("resize", tell);
addEventListener("hashchange", tell);
