// Over https (and on this very machine) a job's page that was open once opens again without network. It keeps pages of
// jobs and what they are drawn with, always asks the network first, and sends nothing: that is outbox.js.

const KEPT = "phone";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === self.location.origin && /^\/(field|static|jsi18n)\//.test(url.pathname);
  if (event.request.method !== "GET" || !ours) return;
  event.respondWith(
    fetch(event.request).then(
      (answer) => {
        if (answer.ok && !answer.redirected) {
          const copy = answer.clone();
          event.waitUntil(caches.open(KEPT).then((kept) => kept.put(event.request, copy)));
        }
        return answer;
      },
      () => caches.match(event.request, { ignoreVary: true }).then((kept) => kept || Response.error()),
    ),
  );
});
