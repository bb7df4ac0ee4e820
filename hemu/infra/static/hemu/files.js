// Files of a form: a picture is made small here, sent ahead, and only its id goes with the form. Without this file
// the form carries the files itself. What is pasted or dropped into a form goes to its first component.

import { mayRecord, record } from "./recording.js";

document.documentElement.classList.add("files-live"); // the file field lies under its button then

const SIDE = 2048; // pixels; what is sent is no bigger
const SMALL = 500 * 1024; // bytes; a picture up to this goes as it is
const boxOf = (node) => node.closest("[data-files]");
const list = (box) => box.querySelector("[data-files-list]");
const field = (box) => box.querySelector("[data-files-ids]");

// ── what stands in the form ──

function told(box) {
  const ids = Array.from(list(box).querySelectorAll("[data-file]")).map((item) => item.dataset.file);
  field(box).value = ids.join(",");
  field(box).dispatchEvent(new Event("change", { bubbles: true }));
}

function say(box, words) {
  const place = box.querySelector("[data-files-said]");
  place.textContent = words || "";
  place.className = words ? "error" : "";
  place.hidden = !words;
}

function item(box, src, kind) {
  const one = document.createElement("li");
  one.className = "files-one";
  one.dataset.kind = kind;
  const shown = document.createElement(kind === "voice" ? "audio" : "img");
  if (kind === "voice") shown.controls = true;
  else shown.alt = "";
  if (src) shown.src = src;
  one.append(shown);
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "files-drop";
  drop.dataset.filesDrop = "";
  drop.setAttribute("aria-label", box.dataset.wordsDrop);
  const cross = document.createElement("span");
  cross.textContent = "×";
  drop.append(cross);
  one.append(drop);
  list(box).append(one);
  return one;
}

document.addEventListener("click", (event) => {
  const drop = event.target.closest("[data-files-drop]");
  const retry = !drop && event.target.closest(".files-failed");
  if (retry) {
    send(boxOf(retry), retry, retry.picture);
    return;
  }
  if (!drop) return;
  const box = boxOf(drop);
  const one = drop.closest("li");
  if (one.sending) one.sending.abort();
  one.remove();
  say(box, "");
  told(box);
  settled(box);
});

// ── making small ──

function asUrl(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = failed;
    reader.readAsDataURL(file);
  });
}

function asPicture(url) {
  return new Promise((done, failed) => {
    const picture = new Image();
    picture.onload = () => done(picture);
    picture.onerror = failed;
    picture.src = url;
  });
}

function drawn(picture, side) {
  const scale = Math.min(1, side / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // no transparent parts in a JPEG
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// Resolves to {blob, thumb}; what the browser cannot read goes as it is, and the server says what it thinks of it.
async function madeSmall(file) {
  try {
    const picture = await asPicture(await asUrl(file));
    const thumb = drawn(picture, 320).toDataURL("image/jpeg", 0.8);
    const big = Math.max(picture.naturalWidth, picture.naturalHeight) > SIDE;
    const known = /^image\/(jpeg|png|webp)$/.test(file.type);
    if (known && !big && file.size <= SMALL) return { blob: file, thumb };
    const blob = await new Promise((done) => drawn(picture, SIDE).toBlob(done, "image/jpeg", 0.85));
    return { blob: blob && (!known || blob.size < file.size) ? blob : file, thumb };
  } catch (unreadable) {
    return { blob: file, thumb: "" };
  }
}

// ── sending ahead ──

function headers() {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers")) || {};
  } catch (none) {
    return {};
  }
}

function send(box, one, blob) {
  one.picture = blob;
  one.className = "files-one files-busy";
  one.setAttribute("aria-label", box.dataset.wordsBusy);
  say(box, "");
  const body = new FormData();
  body.append("use", box.dataset.use);
  body.append("file", blob, "file");
  const call = new XMLHttpRequest();
  one.sending = call;
  call.open("POST", box.dataset.upload);
  const all = headers();
  Object.keys(all).forEach((name) => call.setRequestHeader(name, all[name]));
  call.upload.onprogress = (event) => {
    const percent = Math.floor((100 * event.loaded) / (event.total || 1));
    one.dataset.done = percent < 100 ? percent + "%" : "…";
  };
  call.onloadend = () => ended(box, one, call);
  call.send(body);
}

function ended(box, one, call) {
  one.sending = null;
  if (!one.isConnected) return;
  let answer = {};
  try {
    answer = JSON.parse(call.responseText);
  } catch (noAnswer) {
    answer = {};
  }
  if (call.status === 201) {
    one.className = "files-one";
    one.removeAttribute("aria-label");
    one.dataset.file = answer.id;
    const shown = one.querySelector("img, audio");
    if (!shown.src) shown.src = box.dataset.upload + answer.id + (shown.tagName === "IMG" ? "/thumb/" : "/");
    told(box);
  } else if (call.status === 422 && answer.message) {
    one.remove();
    say(box, answer.message);
  } else {
    one.className = "files-one files-failed";
    say(box, box.dataset.wordsFailed);
  }
  settled(box);
}

export async function take(box, files) {
  for (const file of Array.from(files)) {
    const voice = box.dataset.use === "voice";
    const one = item(box, "", voice ? "voice" : "picture");
    one.className = "files-one files-busy";
    const made = voice || !/^image\//.test(file.type || "image/") ? { blob: file, thumb: "" } : await madeSmall(file);
    if (made.thumb) one.querySelector("img").src = made.thumb;
    if (one.isConnected) send(box, one, made.blob);
  }
}

document.addEventListener("change", (event) => {
  const input = event.target.closest("[data-files-input]");
  if (!input || !input.files.length) return;
  const files = Array.from(input.files);
  input.value = ""; // sent ahead, not with the form; the same one may be chosen again
  take(boxOf(input), files);
});

// ── the form waits for what is on its way ──

const busy = (form) => form.querySelector(".files-busy");

function settled(box) {
  const form = box.closest("form");
  if (!form || !form.waitingFor || busy(form)) return;
  const button = form.waitingFor;
  form.waitingFor = null;
  button.removeAttribute("aria-busy");
  if (!form.querySelector(".files-failed") && box.querySelector("[data-files-said]").hidden) button.click();
}

window.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!busy(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.waitingFor = event.submitter || form.querySelector("[type=submit]");
    form.waitingFor.setAttribute("aria-busy", "true");
  },
  true,
);

// ── pasted and dropped ──

function firstBox(node) {
  const form = node instanceof Element && node.closest("form");
  return form && form.querySelector("[data-files]:not([data-use=voice])");
}

document.addEventListener("paste", (event) => {
  const files = event.clipboardData ? Array.from(event.clipboardData.files) : [];
  const pictures = files.filter((file) => /^image\//.test(file.type));
  const box = pictures.length && firstBox(event.target);
  if (!box) return;
  if (!event.clipboardData.getData("text/plain")) event.preventDefault();
  take(box, pictures);
});
["dragover", "drop"].forEach((kind) => {
  document.addEventListener(kind, (event) => {
    const box = event.target instanceof Element && event.target.closest("[data-files]");
    if (!box || !event.dataTransfer) return;
    event.preventDefault();
    if (kind === "drop") take(box, event.dataTransfer.files);
  });
});

// ── a draft that comes back: its files are shown by their ids; one that was swept meanwhile is taken out ──

export function restored(form) {
  form.querySelectorAll("[data-files]").forEach((box) => {
    const ids = field(box).value.split(",").filter(Boolean);
    list(box).textContent = "";
    ids.forEach((id) => {
      const voice = box.dataset.use === "voice";
      const one = item(box, box.dataset.upload + id + (voice ? "/" : "/thumb/"), voice ? "voice" : "picture");
      one.dataset.file = id;
      if (voice) return;
      one.querySelector("img").addEventListener("error", () => {
        one.remove();
        say(box, box.dataset.wordsGone);
        told(box);
      });
    });
  });
}

document.addEventListener("draft:restored", (event) => restored(event.target));

// ── a voice note: recorded in place where the browser may, else by the phone's own recorder through the file field ──

function showRecorders(root) {
  if (!mayRecord) return;
  root.querySelectorAll("[data-record][hidden]").forEach((button) => {
    button.hidden = false;
    boxOf(button).querySelector(".files-add").hidden = true;
  });
}

function shownAsRecording(box, button, on) {
  const words = button.querySelector("[data-record-words]");
  if (on) button.dataset.words = words.textContent;
  words.textContent = on ? box.dataset.wordsStop : button.dataset.words;
  button.classList.toggle("files-recording", on);
}

async function recordInto(box, button) {
  button.recorder = await record((voice) => {
    button.recorder = null;
    shownAsRecording(box, button, false);
    take(box, [voice]);
  });
  shownAsRecording(box, button, true);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-record]");
  if (!button) return;
  if (button.recorder) {
    button.recorder.stop();
    return;
  }
  const box = boxOf(button);
  recordInto(box, button).catch(() => {
    // Not allowed, or no microphone: the phone's own recorder then.
    button.hidden = true;
    box.querySelector(".files-add").hidden = false;
  });
});

document.addEventListener("htmx:afterSettle", (event) => showRecorders(event.target));
showRecorders(document);
