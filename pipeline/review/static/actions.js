// What a reviewer does, sent to the server one action after the other; each answer is the fields as they are then.

import { $, $$, byPath, field, step, work } from "./dom.js";
import { remembered } from "./splitter.js";

let chain = Promise.resolve();
let last = null;
const version = () => $("#state").dataset.version;

export function send(action, values) {
  last = { action, values };
  chain = chain.then(() => {
    $("#notice").textContent = "";
    $(".said", work).textContent = "";
    return window.htmx.ajax("POST", work.dataset.base + "/" + action,
      { source: work, target: "#work", swap: "innerHTML", values: Object.assign({ version: version(), view: work.dataset.view }, values) });
  }).catch(() => undefined);
  return chain;
}

// Whoever draws something from the fields draws it again after each answer.
const drawers = [];
export const afterAnswer = (drawer) => drawers.push(drawer);

const cursorIn = (box) => { const area = $("textarea", box); return area ? area.selectionStart : 0; };

// By the name in `data-do` of a button; other scripts add theirs.
export const actions = {
  undo: () => send("undo", {}),
  redo: () => send("redo", {}),
  confirm: (button) => send("confirm", { target: button.dataset.target, path: field(button).dataset.path }),
  "confirm-sop": () => send("confirm-sop", {}),
  "confirm-page": (button) => send("confirm-page", { targets: button.dataset.targets }),
  remove: (button) => send("remove", { target: button.dataset.target }),
  rebase: (button) => send("rebase", { line: button.dataset.line }),
  drop: (button) => send("drop", { line: button.dataset.line }),
  "insert-step": (button) => send("insert-step", { after: button.dataset.after }),
  "remove-step": (button) => send("remove-step", { no: step(button).dataset.no }),
  "merge-step": (button) => send("merge-step", { no: step(button).dataset.no }),
  "split-step": (button) => send("split-step", { no: step(button).dataset.no, at: cursorIn(step(button)) }),
  list: (button) => send("list", {
    list: button.closest("[data-list]").dataset.list, item: button.closest("[data-item]").dataset.item,
    do: button.dataset.how, at: cursorIn(field(button)) }),
};

export function save(area) {
  if (area.value !== area.defaultValue && area.value !== area.dataset.sent) {
    area.dataset.sent = area.value;
    send("set", { target: field(area).dataset.target, value: area.value });
  }
  return chain;
}

// To another SOP, after what was typed is saved; here, where that was refused or somebody else wrote meanwhile.
export async function leave(link) {
  link.focus();
  await chain;
  const refused = $(".field.invalid", work);
  if (refused) ($("textarea", refused) || $("input,select,button", refused)).focus();
  else if (!$("dialog[open]")) location.assign(link.href);
}

// As high as what is in them. First all are changed, then all are looked at: in turn each look would lay out the whole page.
export function grow(...areas) {
  areas.forEach((area) => { area.style.height = "auto"; });
  const heights = areas.map((area) => Math.min(260, area.scrollHeight + 2));
  areas.forEach((area, place) => { area.style.height = heights[place] + "px"; });
}

function onChange(input) {
  if (input.matches("textarea[data-do=set]")) save(input);
  else if (input.matches("select[data-do=set]")) send("set", { target: input.dataset.target, value: input.value });
  else if (input.matches("[data-do=performers]")) {
    const ticked = $$("input:checked", input.closest(".ticks")).map((one) => one.value).join(" ");
    send("performers", { target: field(input).dataset.target, value: ticked });
  }
}

function onSubmit(event) {
  event.preventDefault();
  const form = event.target, values = Object.fromEntries(new FormData(form).entries());
  if (form.dataset.target) values.target = form.dataset.target;
  send(form.dataset.do, values);
}

// How a duration or date that is being typed would be read.
let checking = 0;
function onInput(area) {
  if (area.matches("textarea")) grow(area);
  if (!area.matches("[data-check]")) return;
  clearTimeout(checking);
  checking = setTimeout(() => window.htmx.ajax("GET", "/check", { source: area, target: $(".check", area.parentNode),
    swap: "innerHTML", values: { kind: area.dataset.check, value: area.value } }), 200);
}

const SCROLLED = ".grid-box,.diagram"; // within the fields
const opened = (one) => one.closest("[data-path]").dataset.path;

// What is being typed elsewhere while an answer arrives stays as it is, and so do focus, scrolling and what is opened.
function kept() {
  const active = document.activeElement, box = work.contains(active) ? active.closest("[data-path]") : null;
  const unsent = $$("textarea[data-do=set]", work)
    .filter((area) => area.value !== area.defaultValue && area.value !== area.dataset.sent)
    .map((area) => ({ path: field(area).dataset.path, value: area.value }));
  return { unsent, id: active && active.id, path: box && box.dataset.path,
    start: active && active.selectionStart, end: active && active.selectionEnd, top: work.scrollTop,
    scrolled: $$(SCROLLED, work).map((one) => [one.scrollLeft, one.scrollTop]),
    open: $$("details.origin[open]", work).map(opened) };
}

function putBack({ unsent, id, path, start, end, top, scrolled, open }) {
  for (const { path: of, value } of unsent) {
    const area = byPath(of) && $("textarea", byPath(of));
    if (area) area.value = value;
  }
  const box = path && byPath(path);
  const again = (id && document.getElementById(id)) || (box && $("textarea,input,select,button", box));
  if (again) {
    again.focus({ preventScroll: true });
    if (again.tagName === "TEXTAREA") again.setSelectionRange(start, end);
  }
  $$("details.origin", work).forEach((one) => { one.open = one.open || open.includes(opened(one)); });
  $$(SCROLLED, work).forEach((one, place) => { if (scrolled[place]) one.scrollTo(...scrolled[place]); });
  work.scrollTop = top;
}

function refused() {
  const box = last && last.values.target && $$(".field", work).find((one) => one.dataset.target === last.values.target);
  if (box) box.classList.add("invalid");
}

function onConflict(button) {
  if (button.dataset.conflict === "theirs") { location.reload(); return; }
  const now = $("#conflict").dataset.version;
  $("#dialog").textContent = "";
  $("#state").dataset.version = now;
  if (last) send(last.action, last.values);
}

// Another view of the same SOP: its fields, or its table.
export function show(view) {
  chain = chain.then(() => {
    work.dataset.view = work.parentNode.dataset.view = view;
    const address = work.dataset.base + "?view=" + view;
    history.replaceState(null, "", address);
    remembered();
    return window.htmx.ajax("GET", address, { source: work, target: "#work", swap: "innerHTML" });
  }).catch(() => undefined);
  return chain;
}

export function startActions() {
  let before = null;
  work.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
    const away = event.target.closest("a[data-leave]");
    if (away && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); leave(away); }
    const view = event.target.closest("button[data-view]");
    if (view && view.dataset.view !== work.dataset.view) show(view.dataset.view);
  });
  // A field that an answer takes away while it is typed into would count as left, and be saved half typed.
  work.addEventListener("change", (event) => { if (!before) onChange(event.target); });
  work.addEventListener("submit", onSubmit);
  work.addEventListener("input", (event) => onInput(event.target));
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === work && event.detail.shouldSwap) before = kept();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== work) return;
    grow(...$$("textarea", work));
    if (before) putBack(before);
    before = null;
    drawers.forEach((drawer) => drawer());
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const conflict = event.detail.target.id === "dialog" && $("#conflict");
    if (conflict && !conflict.open) conflict.showModal();
  });
  document.addEventListener("htmx:responseError", () => { $("#notice").textContent = "⚠"; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr && event.detail.xhr.status === 422) refused();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-conflict]");
    if (button) onConflict(button);
  });
  grow(...$$("textarea", work));
}
