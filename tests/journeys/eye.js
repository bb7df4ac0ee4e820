// What a page must keep, seen from inside it: returns one line for each thing that is wrong, none when all is well.
// At a glance: only whether all is within the screen and rendered.
(atAGlance) => {
  const wrong = [];
  const say = (what, element) => {
    const name = element.tagName.toLowerCase() + (element.className.baseVal === undefined && element.className
      ? "." + element.className.trim().split(/\s+/).join(".") : "");
    wrong.push(`${what}: ${name} “${(element.textContent || element.getAttribute("name") || "").trim().slice(0, 40)}”`);
  };
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    wrong.push(`wider than the screen: ${root.scrollWidth} > ${root.clientWidth}`);
    document.querySelectorAll("body *").forEach((each) => {
      if (each.getBoundingClientRect().right > root.clientWidth + 1 && isShown(each) && !each.closest(".table-wrap, .tabs"))
        say("reaches out", each);
    });
  }

  if (/\{[{%#]|None|Traceback/.test(document.body.innerText)) wrong.push("something unrendered");
  if (atAGlance) return wrong;

  // ── what is seen ──

  function isShown(element) {
    if (element.closest(".sr, .skip, [hidden], dialog:not([open]), [aria-hidden=true], noscript, script, style")) return false;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && style.opacity !== "0";
  }

  // ── contrast, as WCAG 2.1 computes it ──

  const parse = (colour) => {
    const [r, g, b, a = 1] = (colour.match(/[\d.]+/g) || []).map(Number);
    return [r, g, b, a];
  };
  const over = (top, ground) => [0, 1, 2].map((i) => top[i] * top[3] + ground[i] * (1 - top[3])).concat(1);
  const groundOf = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) layers.unshift(parse(getComputedStyle(each).backgroundColor));
    return layers.reduce((ground, layer) => over(layer, ground), [255, 255, 255, 1]);
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || seen.has(element) || !isShown(element)) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    if (size < 12) say(`${size} px`, element);
    if (element.closest("[disabled], option")) continue;
    const ground = groundOf(element);
    const ratio = contrast(over(parse(style.color), ground), ground);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, element);
  }

  // ── names ──

  const words = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[aria-hidden=true]").forEach((each) => each.remove());
    return (copy.textContent || "").trim() || Array.from(copy.querySelectorAll("img[alt]"), (each) => each.alt).join("");
  };
  const nameOf = (element) => {
    const by = (element.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)).filter(Boolean);
    const own = element.matches("input, select, textarea") ? "" : words(element);
    return element.getAttribute("aria-label") || by.map(words).join(" ") || Array.from(element.labels || []).map(words).join(" ") || own;
  };
  document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])").forEach((each) => {
    if (!nameOf(each) && !each.closest("[aria-hidden=true]")) say("has no name", each);
  });
  document.querySelectorAll("label, legend, th, dt, h1, h2, h3, select option:not([value=''])").forEach((each) => {
    if (!words(each)) say("is empty", each);
  });

  // ── the keyboard reaches what a finger can press ──

  const pressed = "a[href], button, summary, select, textarea, input:not([type=hidden]), [data-dialog], [data-pick], [data-copy], [role=button]";
  const was = document.activeElement;
  const modal = document.querySelector("dialog[open]");
  document.querySelectorAll(pressed).forEach((each) => {
    if (!isShown(each) || each.disabled || each.closest("[inert]") || (modal && !modal.contains(each))) return;
    if (each.closest("details:not([open])") && !each.matches("summary")) return;
    if (each.tabIndex < 0) return say("no key reaches it", each);
    if (each.tabIndex > 0) say("out of the order of keys", each);
    each.focus({ preventScroll: true });
    if (document.activeElement !== each) say("takes no focus", each);
  });
  if (was && was.focus) was.focus({ preventScroll: true });

  const ids = Array.from(document.querySelectorAll("[id]"), (each) => each.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => wrong.push(`two of #${id}`));
  if (!document.querySelector("h1")) wrong.push("no heading of the page");
  if (!document.title.trim()) wrong.push("no title");
  return wrong;
};
