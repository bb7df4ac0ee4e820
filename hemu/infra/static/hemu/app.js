// What pages need beyond HTML and htmx. Everything hangs on data- attributes and is delegated from the
// document, so that fragments swapped in by htmx work at once. Without this file every form still works.

const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

// ── dialogs: data-dialog="id" opens, data-close closes ──

function openDialog(dialog) {
  if (dialog.showModal) {
    if (!dialog.open) dialog.showModal();
  } else {
    dialog.setAttribute("open", "");
  }
  const first =
    dialog.querySelector("[autofocus], .dialog-body input:checked") ||
    dialog.querySelector(".dialog-body input:not([type=hidden]), .dialog-body select, .dialog-body textarea");
  if (first) first.focus();
}

function closeDialog(dialog) {
  if (dialog.close && dialog.open) dialog.close();
  dialog.removeAttribute("open");
}

document.addEventListener("click", (event) => {
  const opener = closest(event, "[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      openDialog(dialog);
    }
    return;
  }
  const dialog = closest(event, "dialog");
  if (dialog && (closest(event, "[data-close]") || event.target === dialog)) {
    event.preventDefault();
    closeDialog(dialog);
  }
});

// A refused step comes back with its dialog marked: it opens again, with what was typed.
function openMarked(root) {
  const dialog = root.querySelector("dialog[data-open]");
  if (dialog) openDialog(dialog);
}

// ── menus: one open at a time; a click elsewhere or Escape closes ──

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.removeAttribute("open");
  });
}

document.addEventListener("click", (event) => closeMenus(closest(event, "details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (open) {
    closeMenus(null);
    open.querySelector("summary").focus();
  }
});

// ── theme: data-theme-choice="light|dark|" ──

function showTheme() {
  const theme = document.documentElement.getAttribute("data-theme") || "";
  document.querySelectorAll("[data-theme-choice]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  });
}

document.addEventListener("click", (event) => {
  const choice = closest(event, "[data-theme-choice]");
  if (!choice) return;
  const theme = choice.dataset.themeChoice;
  if (theme) document.documentElement.setAttribute("data-theme", theme);
  else document.documentElement.removeAttribute("data-theme");
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch (refused) {
    // The choice then lasts for this page.
  }
  showTheme();
});

// ── a form is sent once; going back by the browser's button frees it again ──

document.addEventListener("submit", (event) => {
  const form = event.target;
  // data-again: the answer is a file, the page stays and may be asked again.
  if (form.method !== "post" || form.hasAttribute("hx-post") || form.hasAttribute("data-again")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter || form.querySelector("[type=submit]");
  if (button) button.setAttribute("aria-busy", "true");
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
});

// ── a press ends on what it began on: an answer that comes in between waits, lest what it brings moves the page ──

let pressing = false;
const answers = [];

document.addEventListener("pointerdown", () => (pressing = true), true);
// A list that a browser opens of its own may swallow the release: the next key or movement tells of it.
["pointerup", "pointercancel", "pointermove", "dragend", "keydown"].forEach((kind) => {
  document.addEventListener(kind, (event) => {
    if (!pressing || event.buttons) return;
    pressing = false;
    window.setTimeout(() => answers.splice(0).forEach((show) => show()), 0); // after the click
  }, true);
});
document.addEventListener("htmx:beforeSend", (event) => {
  const xhr = event.detail.xhr;
  const show = xhr.onload;
  xhr.onload = () => (pressing ? answers.push(show) : show());
});

// ── due labels: a tap shows the exact time ──

document.addEventListener("click", (event) => {
  const due = closest(event, ".due");
  document.querySelectorAll(".due-shown").forEach((shown) => {
    if (shown !== due) shown.classList.remove("due-shown");
  });
  if (due) due.classList.toggle("due-shown");
});

// ── look-up: an input with data-lookup names its list of options ──
// The list is filled by htmx with <button class="option" data-pick="value" data-pick-label="words">; data-pick-second
// goes into a second hidden field; data-lookup-then="id" on the box says where the focus goes once one is picked.
// A list answers the words that stand in the box, or it is aria-busy: then nothing in it can be picked, and the keys
// pressed meanwhile wait for the answer, so that who types faster than it comes gets what the words mean.

const lookupOf = (event) => (event.target instanceof Element ? event.target.closest("[data-lookup]") : null);
const wordsOf = (box) => box.querySelector("[data-lookup-words]");
const listOf = (box) => box.querySelector(".options");
const isBusy = (box) => listOf(box).getAttribute("aria-busy") === "true";

function showOptions(box, { busy = false, none = false } = {}) {
  const list = listOf(box);
  if (none) list.textContent = "";
  if (busy) list.setAttribute("aria-busy", "true");
  else list.removeAttribute("aria-busy");
  wordsOf(box).setAttribute("aria-expanded", String(!busy && list.querySelector("[data-pick]") !== null));
  if (!busy || none) delete box.dataset.keys;
}

function pick(option) {
  const box = option.closest("[data-lookup]");
  const input = wordsOf(box);
  input.value = option.dataset.pickLabel || option.textContent.trim();
  setLooked(box, option.dataset.pick, option.dataset.pickSecond || "");
  showOptions(box, { none: true });
  (document.getElementById(box.dataset.lookupThen) || input).focus();
}

function setLooked(box, value, second) {
  const field = box.querySelector("[data-lookup-value]");
  const other = box.querySelector("[data-lookup-second]");
  const changed = field.value !== value || (other && other.value !== second);
  field.value = value;
  if (other) {
    other.value = second;
    // What was chosen of the one picked before does not hold for this one.
    document.querySelectorAll(`[type=radio][name="${other.name}"]`).forEach((radio) => (radio.checked = false));
  }
  if (changed) field.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const option = closest(event, "[data-pick]");
  if (option && !isBusy(option.closest("[data-lookup]"))) pick(option);
});

document.addEventListener("input", (event) => {
  const input = closest(event, "[data-lookup-words]");
  const box = input && lookupOf(event);
  if (!box) return;
  delete box.dataset.keys;
  showOptions(box, input.value.trim() ? { busy: true } : { none: true });
  setLooked(box, "", "");
});

// An answer to other words than those in the box, or one that comes after the choice was made, is not shown.
const isWanted = (box, event) => {
  const input = wordsOf(box);
  const asked = event.detail.requestConfig.parameters[input.name];
  return asked === input.value && !box.querySelector("[data-lookup-value]").value;
};

document.addEventListener("htmx:beforeSwap", (event) => {
  const box = lookupOf(event);
  if (box && !isWanted(box, event)) event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterSwap", (event) => {
  const box = event.target.matches(".options") && lookupOf(event);
  if (!box) return;
  const keys = (box.dataset.keys || "").split(" ").filter(Boolean);
  showOptions(box);
  if (box.querySelector("[data-pick]")) keys.forEach((key) => go(box, key));
});

// Without an answer there is nothing to wait for.
document.addEventListener("htmx:afterRequest", (event) => {
  const box = lookupOf(event);
  if (box && !event.detail.successful && isWanted(box, event)) showOptions(box, { none: true });
});

function go(box, key) {
  const input = wordsOf(box);
  const options = Array.from(box.querySelectorAll("[data-pick]"));
  const here = options.indexOf(document.activeElement);
  if (key === "ArrowDown" && options.length) {
    // From the words one goes past the option that Enter would have picked: it is marked already.
    const marked = here < 0 ? options.findIndex((option) => option.getAttribute("aria-selected") === "true") : here;
    options.forEach((option) => option.removeAttribute("aria-selected"));
    options[Math.min(marked + 1, options.length - 1)].focus();
  } else if (key === "ArrowUp" && here >= 0) {
    (here === 0 ? input : options[here - 1]).focus();
  } else if (key === "Enter" && options.length) {
    pick(options[Math.max(here, 0)]);
  } else if (key === "Enter" && box.dataset.lookupThen) {
    document.getElementById(box.dataset.lookupThen).focus();
  }
}

document.addEventListener("keydown", (event) => {
  const box = lookupOf(event);
  if (!box) return;
  if (event.key === "Escape") {
    showOptions(box, { none: true });
    wordsOf(box).focus();
  }
  if (["ArrowDown", "ArrowUp", "Enter"].indexOf(event.key) < 0 || event.ctrlKey || event.metaKey) return;
  if (!event.target.matches("[data-lookup-words], [data-pick]")) return;
  event.preventDefault(); // Enter never sends the form
  if (event.isComposing) return;
  if (isBusy(box)) box.dataset.keys = `${box.dataset.keys || ""} ${event.key}`;
  else go(box, event.key);
});

// ── choosing by digit: in a group of radio buttons with data-digits, 1 is the first ──

document.addEventListener("keydown", (event) => {
  const radio = closest(event, "[type=radio][data-digits]");
  if (!radio || !/^[1-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
  const chosen = document.querySelectorAll(`[type=radio][name="${radio.name}"]`)[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  chosen.click();
});

// ── Ctrl+Enter sends: by the button whose data-ctrl-enter names a field with words in it, else by the plain one ──

document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && closest(event, "form");
  if (!form) return;
  const buttons = Array.from(form.querySelectorAll("[data-ctrl-enter]"));
  const field = (button) => form.elements[button.dataset.ctrlEnter];
  const button =
    buttons.find((each) => field(each) && field(each).value.trim()) || buttons.find((each) => !field(each));
  if (!button) return;
  event.preventDefault();
  button.click();
});

// ── data-key="j": the key presses it, where nothing is being typed ──

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1) return;
  if (closest(event, "input, select, textarea, [contenteditable]") || document.querySelector("dialog[open]")) return;
  const target = Array.from(document.querySelectorAll("[data-key]")).find((each) => each.dataset.key === event.key);
  if (!target) return;
  event.preventDefault();
  target.click();
});

// ── tabs wider than the phone: the one shown is in sight ──

document.querySelectorAll(".tabs [aria-current], .side [aria-current]").forEach((tab) => {
  const tabs = tab.closest(".tabs, .side ul");
  const left = tab.offsetLeft - tabs.offsetLeft;
  if (left + tab.offsetWidth > tabs.clientWidth) tabs.scrollLeft = left - 24;
});

// ── rows chosen: form[data-rows] counts them, its bar shows once there are any ──

function showChosen(form) {
  const count = form.querySelectorAll("[name=number]:checked").length;
  const words = form.querySelector("[data-rows-count]");
  words.textContent = words.dataset.words.replace("N", String(count));
  form.querySelector("[data-rows-bar]").hidden = count === 0;
}

function showRows(root) {
  root.querySelectorAll("form[data-rows]").forEach((form) => {
    form.querySelector("[data-rows-all]").hidden = false;
    showChosen(form);
  });
}

document.addEventListener("change", (event) => {
  const form = closest(event, "form[data-rows]");
  if (form) showChosen(form);
});

document.addEventListener("click", (event) => {
  const all = closest(event, "[data-rows-all]");
  if (!all) return;
  const form = all.closest("form");
  form.querySelectorAll("[name=number]").forEach((box) => (box.checked = true));
  showChosen(form);
});

window.addEventListener("pageshow", () => showRows(document)); // Going back keeps what was ticked.

// ── files: the drop field says which file was chosen ──

document.addEventListener("change", (event) => {
  const input = closest(event, ".drop input[type=file]");
  if (!input) return;
  const words = input.closest(".drop").querySelector("[data-file-name]");
  if (words && input.files.length) words.textContent = input.files[0].name;
});
["dragover", "dragleave", "drop"].forEach((kind) => {
  document.addEventListener(kind, (event) => {
    const drop = closest(event, ".drop");
    if (drop) drop.classList.toggle("drop-over", kind === "dragover");
  });
});

// ── filters apply as they are chosen ──

document.addEventListener("change", (event) => {
  const form = closest(event, "form[data-auto]");
  if (form && event.target.matches("select, [type=radio], [type=checkbox], [type=date]")) {
    if (form.requestSubmit) form.requestSubmit();
    else form.submit();
  }
});

// ── data-fill="form id" puts data-fill-NAME into the form's fields ──

document.addEventListener("click", (event) => {
  const filler = closest(event, "[data-fill]");
  const form = filler && document.getElementById(filler.dataset.fill);
  if (!form) return;
  Object.keys(filler.dataset).forEach((key) => {
    const field = form.elements[key.slice(4).toLowerCase()];
    if (key !== "fill" && key.indexOf("fill") === 0 && field) field.value = filler.dataset[key];
  });
  const button = form.querySelector("[type=submit]");
  if (button) button.focus();
});

// ── data-choose="name" data-choose-value="value" takes a suggested choice, from the keyboard by data-choose-key ──
// The focus stays where it is; a key leaves alone what was chosen by hand.

function chosen(button) {
  return button.closest("form").elements[button.dataset.choose];
}

function choose(button) {
  chosen(button).value = button.dataset.chooseValue;
}

document.addEventListener("mousedown", (event) => {
  if (closest(event, "[data-choose]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const button = closest(event, "[data-choose]");
  if (button) choose(button);
});
document.addEventListener("keydown", (event) => {
  const buttons = Array.from(document.querySelectorAll("[data-choose-key]"));
  const button = buttons.find((each) => each.dataset.chooseKey === event.key);
  if (!button) return;
  event.preventDefault();
  if (!chosen(button).value) choose(button);
});

// ── print, copy ──

document.addEventListener("click", (event) => {
  if (closest(event, "[data-print]")) window.print();
  const copy = closest(event, "[data-copy]");
  if (copy) copyText(copy.dataset.copy).then(() => toast(copy.dataset.copied || ""));
});

// On plain http a browser has no clipboard: a field outside the view is selected and copied instead.
function copyText(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const field = document.createElement("textarea");
  field.value = words;
  field.className = "sr";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done ? Promise.resolve() : Promise.reject(new Error("copy"));
}

window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details[data-print-open]").forEach((details) => details.setAttribute("open", ""));
});

// ── toasts: header HX-Trigger {"toast": "words"}; failures speak from data- attributes of the body ──

function toast(words, tone) {
  const place = document.querySelector(".toasts");
  if (!place || !words) return;
  const note = document.createElement("div");
  note.className = tone ? "toast toast-" + tone : "toast";
  note.textContent = words;
  place.appendChild(note);
  window.setTimeout(() => note.remove(), 6000);
}

// The number of the request stands beside an error of ours, to be told on the telephone.
function failed(xhr) {
  const number = xhr.status >= 500 && xhr.getResponseHeader("X-Request-ID");
  return document.body.dataset.failed + (number ? " " + number.replace(/(\d{3})(?=\d)/g, "$1 ") : "");
}

document.addEventListener("toast", (event) => toast(event.detail.value || event.detail.words, event.detail.tone));
document.addEventListener("htmx:sendError", () => toast(document.body.dataset.offline, "danger"));
document.addEventListener("htmx:responseError", (event) => toast(failed(event.detail.xhr), "danger"));
// A refusal (422) carries the form with its errors: it is shown like any answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:afterSettle", (event) => openMarked(event.target));

showTheme();
openMarked(document);
