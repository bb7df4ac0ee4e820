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
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
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

// ── due labels: a tap shows the exact time ──

document.addEventListener("click", (event) => {
  const due = closest(event, ".due");
  document.querySelectorAll(".due-shown").forEach((shown) => {
    if (shown !== due) shown.classList.remove("due-shown");
  });
  if (due) due.classList.toggle("due-shown");
});

// ── look-up: an input with data-lookup names its list of options ──
// The list is filled by htmx with <button class="option" data-pick="value" data-pick-label="words">.

function pick(option) {
  const box = option.closest("[data-lookup]");
  const input = box.querySelector("[data-lookup-words]");
  const value = box.querySelector("[data-lookup-value]");
  input.value = option.dataset.pickLabel || option.textContent.trim();
  value.value = option.dataset.pick;
  box.querySelector(".options").textContent = "";
  input.setAttribute("aria-expanded", "false");
  input.focus();
  value.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const option = closest(event, "[data-pick]");
  if (option) pick(option);
});

document.addEventListener("input", (event) => {
  const input = closest(event, "[data-lookup-words]");
  if (input) input.closest("[data-lookup]").querySelector("[data-lookup-value]").value = "";
});

// An answer that comes after the choice was made is no longer wanted.
document.addEventListener("htmx:beforeSwap", (event) => {
  const box = closest(event, "[data-lookup]");
  if (box && box.querySelector("[data-lookup-value]").value) event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterSettle", (event) => {
  const box = closest(event, "[data-lookup]");
  if (!box) return;
  const any = box.querySelector("[data-pick]") !== null;
  box.querySelector("[data-lookup-words]").setAttribute("aria-expanded", String(any));
});

document.addEventListener("keydown", (event) => {
  const box = closest(event, "[data-lookup]");
  if (!box) return;
  const options = Array.from(box.querySelectorAll("[data-pick]"));
  const here = options.indexOf(document.activeElement);
  if (event.key === "Escape") {
    box.querySelector(".options").textContent = "";
    box.querySelector("[data-lookup-words]").focus();
  } else if (event.key === "ArrowDown" && options.length) {
    event.preventDefault();
    options[Math.min(here + 1, options.length - 1)].focus();
  } else if (event.key === "ArrowUp" && here >= 0) {
    event.preventDefault();
    (here === 0 ? box.querySelector("[data-lookup-words]") : options[here - 1]).focus();
  } else if (event.key === "Enter" && here < 0 && options.length && event.target.matches("[data-lookup-words]")) {
    event.preventDefault();
    pick(options[0]);
  }
});

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

document.addEventListener("toast", (event) => toast(event.detail.value || event.detail.words, event.detail.tone));
document.addEventListener("htmx:sendError", () => toast(document.body.dataset.offline, "danger"));
document.addEventListener("htmx:responseError", () => toast(document.body.dataset.failed, "danger"));
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
