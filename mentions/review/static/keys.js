// Single keys for what buttons do: a key presses, opens or focuses the element that names it in data-key.
// They can be switched off (WCAG 2.2, 2.1.4), never count while somebody types, and every one of them has a button.

const WAIT_MS = 1200; // between the two keys of "g h"
const SENT_MS = 3000;
const PLACES = { f: "/opportunities", h: "/hand-off", o: "/", p: "/publishers", r: "/reports" };

const isOn = () => document.body.dataset.shortcuts !== "off";
const isTyping = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select"));

let pending = 0;

function step(by) {
  const rows = [...document.querySelectorAll("[data-key-row]")];
  if (rows.length === 0) {
    document.querySelector(by > 0 ? "[data-key=j], a[rel=next]" : "[data-key=k], a[rel=prev]")?.click();
    return;
  }
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const to = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
  if (to < 0 || to >= rows.length) {
    document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.focus();
    return;
  }
  (rows[to].querySelector("[data-key-open]") ?? rows[to]).focus();
  rows[to].scrollIntoView({ block: "nearest" });
}

function tick() {
  const row = document.activeElement?.closest("[data-key-row]");
  row?.querySelector("input[type=checkbox]")?.click();
}

function use(element) {
  const panel = element.matches("summary") ? element.parentElement : null;
  if (panel) {
    panel.open = true;
    panel.querySelector("input:not([type=hidden]), textarea, select, button")?.focus();
  } else if (isTyping(element)) {
    element.focus();
    element.select?.();
  } else if (element.matches("a[href^='#']")) {
    element.click();
    const target = document.querySelector(element.getAttribute("href"));
    (target?.querySelector("textarea") ?? target)?.focus();
  } else {
    element.click();
  }
}

function help() {
  const sheet = document.querySelector("dialog.sheet");
  if (sheet) sheet.showModal();
  else location.assign("/help");
}

function press(key) {
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "x") tick();
  else if (key === "?") help();
  else {
    const element = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (element) use(element);
    else if (key === "/") location.assign("/opportunities#search");
    else if (key === "u") location.assign("/decisions?by=me");
    else return false;
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!isOn() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const open = document.querySelector("details.panel[open]");
  if (event.key === "Escape" && open) {
    open.open = false;
    open.querySelector("summary").focus();
    return;
  }
  if (event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (pending) {
    clearTimeout(pending);
    pending = 0;
    if (event.key in PLACES) {
      event.preventDefault();
      location.assign(PLACES[event.key]);
      return;
    }
  }
  if (event.key === "g") {
    pending = setTimeout(() => (pending = 0), WAIT_MS);
    return;
  }
  if (event.key.length === 1 && press(event.key)) event.preventDefault();
});

// A press on the page closes an open panel, as people expect of anything that opens over the text.
document.addEventListener("click", (event) => {
  for (const panel of document.querySelectorAll("details.panel[open]")) {
    if (!panel.contains(event.target)) panel.open = false;
  }
});

// One press, one decision: a form that is on its way is not sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, SENT_MS); // a download leaves the page as it is
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
