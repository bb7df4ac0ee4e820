// What is typed into a form with data-draft="name" outlives a crash: it is kept in this browser, under that name,
// until the server has taken it. Works on plain http. Nothing stays after logging out.
//
// A page that comes back with the form in it (a refusal) keeps the draft; any other page after sending ends it.

const PREFIX = "draft:";
const LEFT_OUT = ["csrfmiddlewaretoken", "key"];

const form = document.querySelector("form[data-draft]");
const name = form && PREFIX + form.dataset.draft;

function kept() {
  try {
    return Object.keys(localStorage).filter((key) => key.indexOf(PREFIX) === 0);
  } catch (refused) {
    return []; // Storage is forbidden: there are no drafts then.
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) || null;
  } catch (unreadable) {
    return null;
  }
}

function write(draft) {
  try {
    localStorage.setItem(name, JSON.stringify(draft));
  } catch (full) {
    // The form still works; it only does not outlive a crash.
  }
}

const drop = (keys) => keys.forEach((key) => localStorage.removeItem(key));
const fields = () => Array.from(form.elements).filter((each) => each.name && LEFT_OUT.indexOf(each.name) < 0);
let over = false; // Dropped, or logged out: what is still on the screen is not kept again.
const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

// A field as the server sent it is no draft: the time of the call stays that of this call.
function isChanged(field) {
  if (field.type === "hidden") return Boolean(field.value);
  if (field.tagName === "SELECT") return true;
  return isChoice(field) ? field.checked && !field.defaultChecked : field.value !== field.defaultValue;
}

function typed(all) {
  const values = {};
  fields().forEach((field) => {
    const counts = all ? !isChoice(field) || field.checked : isChanged(field);
    if (field.type !== "submit" && counts) values[field.name] = field.value;
  });
  return values;
}

function save() {
  if (over) return;
  const values = typed();
  const words = fields().some((field) => values[field.name] && /^(TEXTAREA|INPUT)$/.test(field.tagName)
    && ["hidden", "radio", "checkbox"].indexOf(field.type) < 0);
  if (words) write({ values });
  else drop([name]);
}

// Sent, but no answer came: the same form under the same key does it once at most. Changed, it is a new one.
function keepKey(key) {
  const field = form.elements.key;
  if (!key || !field) return;
  const fresh = field.value;
  field.value = key;
  const renew = (event) => {
    if (event.isTrusted) field.value = fresh;
  };
  form.addEventListener("input", renew);
  form.addEventListener("change", renew);
}

function restore(values) {
  fields().forEach((field) => {
    if (!(field.name in values)) return;
    if (isChoice(field)) field.checked = field.value === values[field.name];
    else field.value = values[field.name];
  });
  form.querySelector("[data-draft-said]").hidden = false;
  form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
  // The household and the like cases follow from the fields, as if they had just been typed.
  form.querySelectorAll("[data-lookup-value]").forEach((field) => {
    if (field.value) field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  form.querySelectorAll("textarea").forEach((field) => {
    if (field.value) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

if (form) {
  drop(kept().filter((key) => key !== name)); // somebody else's, whose session ended without a word
  const draft = read(name);
  // After htmx has bound its triggers, which follow what is restored: it does so when every script of the page is there.
  if (draft && "draftFresh" in form.dataset) {
    document.addEventListener("DOMContentLoaded", () => window.setTimeout(() => {
      restore(draft.values);
      keepKey(draft.key);
    }, 0));
  }
  let waiting = 0;
  const now = () => {
    if (waiting) save();
    window.clearTimeout(waiting);
    waiting = 0;
  };
  const soon = (event) => {
    if (!event.isTrusted && (read(name) || {}).sent) return; // restored, not typed
    window.clearTimeout(waiting);
    waiting = window.setTimeout(now, 200);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    now();
    write({ values: typed(true), sent: true, key: form.elements.key && form.elements.key.value });
  });
  window.addEventListener("pagehide", now);
} else if (document.body.classList.contains("staff")) {
  drop(kept().filter((key) => (read(key) || {}).sent));
}

document.addEventListener("click", (event) => {
  if (!form || !event.target.closest("[data-draft-drop]")) return;
  over = true;
  drop([name]);
  window.location.replace(form.action);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-drops-drafts]")) return;
  over = true;
  drop(kept());
});
