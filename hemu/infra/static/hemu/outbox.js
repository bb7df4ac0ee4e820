// Forms with data-queue are sent without leaving the page. Where the network is gone they are kept on this phone
// (IndexedDB; works on plain http) and sent in their order when it is back, each once, with how long ago it happened.
// What the server refuses stays here with its reason until somebody sends it again or drops it.
// Without this file every form still works as a form.
//
// The page goes on meanwhile: data-after of a form names the stage that follows; what carries data-at shows at its stages.

import { mayRecord, record } from "./recording.js";
import "./signing.js";

const panel = document.querySelector("[data-outbox]");
const who = panel.dataset.who;
const words = panel.dataset;
const SIDE = 1600; // pixels; pictures are sent no bigger
const PATIENCE = 40000;
const EVERY = 15000;

// ── the store; in memory where the browser keeps nothing ──

const memory = new Map();
let counter = 0;

const opened = new Promise((resolve) => {
  try {
    const asked = indexedDB.open("hemu-outbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("items", { keyPath: "id", autoIncrement: true });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(null);
    asked.onblocked = () => resolve(null);
  } catch (refused) {
    resolve(null);
  }
});

function ask(mode, act) {
  return opened.then((db) => {
    if (!db) return undefined;
    return new Promise((resolve, reject) => {
      const transaction = db.transaction("items", mode);
      const asked = act(transaction.objectStore("items"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  });
}

function keepInMemory(item) {
  item.id = item.id || "m" + (counter += 1);
  memory.set(item.id, item);
  return item;
}

async function keep(item) {
  const db = await opened;
  if (!db || typeof item.id === "string") return keepInMemory(item);
  try {
    item.id = await ask("readwrite", (store) => store.put(item));
    return item;
  } catch (full) {
    return keepInMemory(item);
  }
}

async function drop(item) {
  if (typeof item.id === "string") memory.delete(item.id);
  else await ask("readwrite", (store) => store.delete(item.id));
}

async function all() {
  const kept = (await ask("readonly", (store) => store.getAll())) || [];
  return kept.concat(Array.from(memory.values())).filter((item) => item.who === who);
}

// ── pictures made small ──

function dataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

function drawn(url) {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve(picture);
    picture.onerror = reject;
    picture.src = url;
  });
}

const blobOf = (canvas, type, quality) => new Promise((resolve) => canvas.toBlob(resolve, type, quality));

async function small(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await drawn(await dataUrl(file));
    const scale = Math.min(1, SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
    if (scale === 1 && file.size < 400000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await blobOf(canvas, "image/jpeg", 0.8);
    return made && made.size < file.size ? made : file;
  } catch (unreadable) {
    return file; // the server says what it is
  }
}

const bytes = (blob) => new Response(blob).arrayBuffer(); // kept as bytes: some browsers keep no blobs

// ── a form becomes an item ──

async function itemOf(form) {
  const item = { who, url: form.action, label: form.dataset.queue, place: document.title.split(" · ")[0],
    after: form.dataset.after || "", at: Date.now(), fields: [], files: [], refused: "" };
  const waiting = [];
  new FormData(form).forEach((value, name) => {
    if (name === "csrfmiddlewaretoken") return;
    if (typeof value === "string") item.fields.push([name, name === "key" ? `${value}-${item.at}` : value]);
    else if (value.size) waiting.push([name, value]);
  });
  for (const [name, file] of waiting) {
    const made = await small(file);
    item.files.push([name, made === file ? file.name : "picture.jpg", made.type, await bytes(made)]);
  }
  for (const box of form.querySelectorAll("[data-voice]")) {
    if (box.recorder) await spokenOut(box);
    if (box.voice) item.files.push([box.dataset.voice, "voice", box.voice.type, await bytes(box.voice)]);
  }
  const canvas = form.querySelector("[data-sign-name]");
  if (canvas) {
    const picture = await blobOf(canvas, "image/png");
    item.files.push([canvas.dataset.signName, "signature.png", "image/png", await bytes(picture)]);
  }
  return item;
}

// ── sending ──

function token() {
  const cookie = /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
}

// Answers {url}, {refused}, {login: true} or {later: true}.
async function send(item) {
  const form = new FormData();
  item.fields.forEach(([name, value]) => form.append(name, value));
  item.files.forEach(([name, called, type, data]) => form.append(name, new Blob([data], { type }), called));
  form.append("age", String(Math.max(0, (Date.now() - item.at) / 1000)));
  const stop = window.AbortController ? new AbortController() : null;
  const alarm = window.setTimeout(() => stop && stop.abort(), PATIENCE);
  try {
    const answer = await fetch(item.url, { method: "POST", body: form, credentials: "same-origin",
      signal: stop ? stop.signal : undefined,
      headers: { Accept: "application/json", "X-CSRFToken": token() } });
    if (/json/.test(answer.headers.get("Content-Type") || "")) {
      const said = await answer.json();
      return answer.ok ? { url: said.url } : { refused: said.words };
    }
    if (answer.redirected || answer.status === 403) return { login: true };
    if (answer.status === 404 || answer.status === 413) return { refused: String(answer.status) };
    return { later: true };
  } catch (unreachable) {
    return { later: true };
  } finally {
    window.clearTimeout(alarm);
  }
}

let running = null;

// Sends what is kept, in order, and what is kept meanwhile; a refused one holds back what follows it in the same job.
function flush() {
  if (!running) running = flushed().finally(() => (running = null));
  return running;
}

async function flushed() {
  const held = new Set();
  const tried = new Set();
  const result = { sent: [], answer: null };
  const next = async () => (await all()).find((item) => !tried.has(item.id));
  for (let item = await next(); item; item = await next()) {
    tried.add(item.id);
    if (item.refused || held.has(item.url)) {
      held.add(item.url);
      continue;
    }
    const answer = await send(item);
    result.answer = answer;
    if (answer.url) {
      await drop(item);
      result.sent.push(item);
    } else if (answer.refused) {
      item.refused = answer.refused;
      await keep(item);
      held.add(item.url);
    } else {
      break;
    }
  }
  await show(result.answer && result.answer.login ? words.wordsLogin : "");
  return result;
}

const here = (item) => new URL(item.url, location.href).pathname === panel.dataset.url;

async function flushAndSee() {
  const result = await flush();
  if (result.sent.some(here) && !document.querySelector("dialog[open]")) location.reload();
}

// ── what the page shows ──

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-small";
  made.textContent = label;
  made.addEventListener("click", () => act(made));
  return made;
}

function row(item) {
  const line = document.createElement("li");
  const time = new Date(item.at);
  const clock = `${time.getHours()}:${String(time.getMinutes()).padStart(2, "0")}`;
  const head = document.createElement("p");
  head.textContent = [clock, item.place, item.label].join(" · ");
  line.append(head);
  if (!item.refused) return line;
  const why = document.createElement("p");
  why.className = "error";
  why.textContent = item.refused;
  const said = document.createElement("p");
  said.className = "item-words";
  said.textContent = item.fields.filter(([name, value]) => value && /^(words|wish|material)$/.test(name))
    .map(([, value]) => value).join("\n");
  line.append(why, said, button(words.wordsAgain, async () => {
    item.refused = "";
    await keep(item);
    flushAndSee();
  }), button(words.wordsDrop, async (pressed) => {
    if (!pressed.dataset.sure) {
      pressed.dataset.sure = "1";
      pressed.textContent = words.wordsSure;
      return;
    }
    await drop(item);
    location.reload();
  }));
  return line;
}

// Until the first count the panel has no data-state: hidden, but not known to be empty.
async function show(problem) {
  const items = await all();
  const refused = items.filter((item) => item.refused).length;
  const list = panel.querySelector("[data-outbox-list]");
  const drawn = JSON.stringify(items.map((item) => [item.id, item.refused]));
  if (list.dataset.drawn !== drawn) { // else what is being pressed stays
    list.textContent = "";
    items.forEach((item) => list.append(row(item)));
    list.dataset.drawn = drawn;
  }
  const said = refused ? words.wordsRefused.replace("#", refused) : words.wordsWaiting.replace("#", items.length);
  panel.querySelector("[data-outbox-said]").textContent = problem ? `${said} · ${problem}` : said;
  panel.classList.toggle("outbox-refused", refused > 0);
  panel.hidden = !items.length;
  panel.dataset.state = refused ? "refused" : items.length ? "waiting" : "empty";
}

function stand(stage) {
  if (!stage || !panel.dataset.stage) return;
  panel.dataset.stage = stage;
  document.querySelectorAll("[data-at]").forEach((each) => {
    each.hidden = each.dataset.at.split(" ").indexOf(stage) < 0;
  });
}

function closeAll() {
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close && dialog.close());
  document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
}

function complain(form, sentence) {
  const place = form.querySelector("[data-queue-error]");
  if (!place) return false;
  place.textContent = sentence;
  place.hidden = !sentence;
  if (sentence) place.scrollIntoView({ block: "center" });
  return true;
}

async function submitted(form) {
  const unsigned = form.querySelector("[data-sign-name]:not([data-signed])");
  if (unsigned) return complain(form, words.wordsUnsigned);
  complain(form, "");
  const item = await keep(await itemOf(form));
  const result = await flush();
  if (result.sent.some(here)) return location.assign(result.answer.url || location.href);
  const kept = (await all()).filter((each) => each.id === item.id)[0];
  if (kept && kept.refused && complain(form, kept.refused)) {
    await drop(kept); // it stands in the form still
    return show("");
  }
  closeAll();
  if (kept && !kept.refused) stand(item.after);
  panel.scrollIntoView({ block: "start" });
  return undefined;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-queue]")) return;
  event.preventDefault();
  event.stopPropagation();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const pressed = event.submitter || form.querySelector("[type=submit]");
  if (pressed) pressed.setAttribute("aria-busy", "true");
  submitted(form).finally(() => {
    delete form.dataset.busy;
    if (pressed) pressed.removeAttribute("aria-busy");
  });
}, true);

// ── a voice instead of typing: recorded in the page, else by the phone's own recorder through the file field ──

function showVoice(box) {
  const on = Boolean(box.recorder);
  const button = box.querySelector("[data-voice-button]");
  button.hidden = false;
  button.classList.toggle("files-recording", on);
  button.setAttribute("aria-pressed", String(on));
  const seconds = Math.max(1, Math.round((box.until - box.since) / 1000));
  const said = box.voice ? box.dataset.wordsSaid.replace("N", String(seconds)) : box.dataset.wordsStart;
  box.querySelector("[data-voice-words]").textContent = on ? box.dataset.wordsStop : said;
  box.querySelector("[data-voice-drop]").hidden = on || !box.voice;
  box.querySelector(".snap").hidden = true;
}

function showTheirOwn(box) {
  box.querySelector("[data-voice-button]").hidden = true;
  box.querySelector(".snap").hidden = false;
}

async function speak(box) {
  box.recorder = await record((voice) => {
    box.recorder = null;
    box.until = Date.now();
    box.voice = voice.size ? voice : null;
    showVoice(box);
    if (box.spoken) box.spoken();
  });
  box.since = Date.now();
  box.voice = null;
  showVoice(box);
}

// Who presses send while speaking has said it.
const spokenOut = (box) =>
  new Promise((done) => {
    box.spoken = done;
    box.recorder.stop();
  });

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-voice]");
  if (!box) return;
  if (event.target.closest("[data-voice-drop]")) {
    box.voice = null;
    showVoice(box);
  } else if (event.target.closest("[data-voice-button]")) {
    if (box.recorder) box.recorder.stop();
    else speak(box).catch(() => showTheirOwn(box)); // not allowed, or no microphone
  }
});

if (mayRecord) document.querySelectorAll("[data-voice]").forEach(showVoice);

document.addEventListener("change", (event) => {
  const box = event.target.closest && event.target.closest(".snap");
  if (!box) return;
  const count = box.querySelector("[data-snap-count]");
  count.textContent = event.target.files.length;
  count.hidden = !event.target.files.length;
});

document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-lines-more]");
  if (more) {
    const last = more.previousElementSibling;
    const line = last.cloneNode(true);
    line.querySelectorAll("input").forEach((field) => (field.value = ""));
    line.querySelectorAll("[id]").forEach((field) => field.removeAttribute("id"));
    last.after(line);
  }
  if (event.target.closest("[data-outbox-send]")) flushAndSee();
});

// ── opening again without network: pages of jobs are kept where the browser can, for one person at a time ──

const forgetPages = () => (window.caches ? caches.delete("phone") : Promise.resolve());

async function keepPages() {
  if (!navigator.serviceWorker) return; // plain http
  try {
    if (localStorage.getItem("phone") !== who) await forgetPages();
    localStorage.setItem("phone", who);
    await navigator.serviceWorker.register("/field/worker.js");
  } catch (refused) {
    // The open page still keeps what is done on it.
  }
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-drops-drafts]")) forgetPages();
});

// ── from the start ──

document.querySelectorAll("[data-lines-more]").forEach((more) => (more.hidden = false));
window.addEventListener("online", flushAndSee);
document.addEventListener("visibilitychange", () => document.hidden || flushAndSee());
window.setInterval(async () => ((await all()).some((item) => !item.refused) ? flushAndSee() : undefined), EVERY);

(async () => {
  const items = await all();
  await show(""); // said to be kept first: the page never looks further than what was sent without saying so
  items.filter((item) => here(item) && !item.refused).forEach((item) => stand(item.after));
  if (items.length) flushAndSee();
  keepPages();
})();
