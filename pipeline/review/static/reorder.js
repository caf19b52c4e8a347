// Items of lists and steps in another order: dragged by their handle, with mouse, pen or finger, or moved with its keys.

import { $, $$, make, work } from "./dom.js";
import { send } from "./actions.js";

const EDGE = 48; // pixels from the edge of the fields within which they scroll on while something is dragged
const SPEED = 12; // pixels they scroll by at a time
let focusNext = null; // finds the handle that gets the focus after the answer

const group = (item) => $$(":scope > " + (item.matches("li") ? "li[data-item]" : "article.step"), item.parentNode);

// Put an item at a place among its group, from 0.
function moveTo(item, to) {
  const items = group(item), from = items.indexOf(item);
  if (to === from || to < 0 || to >= items.length) return;
  if (item.matches("li")) {
    const { list } = item.closest("[data-list]").dataset;
    focusNext = () => $(`[data-list="${list}"] [data-item="${to}"] .handle`, work);
    send("list", { list, item: from, do: "move", at: to });
  } else {
    focusNext = () => $$("article.step", work)[to] && $(".handle", $$("article.step", work)[to]);
    send("move-step", { no: item.dataset.no, after: to > from ? to + 1 : to });
  }
}

// The place that an item gets where it is let go: behind all whose middle is above the pointer.
function placeAt(item, y) {
  const others = group(item).filter((one) => one !== item);
  const above = others.filter((one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2 < y; });
  return { to: above.length, before: others[above.length], after: others[above.length - 1] };
}

function drag(handle, pointer) {
  const item = handle.closest("li[data-item],article.step"), line = make("div", { class: "drop-line" });
  let timer = 0, y = pointer.clientY;
  const show = () => {
    const { top, bottom } = work.getBoundingClientRect();
    if (y < top + EDGE) work.scrollTop -= SPEED;
    if (y > bottom - EDGE) work.scrollTop += SPEED;
    const { before, after } = placeAt(item, y), edge = before ? before.getBoundingClientRect().top : after.getBoundingClientRect().bottom;
    const { left, width } = item.getBoundingClientRect();
    Object.assign(line.style, { left: left + "px", width: width + "px", top: edge - 3 + "px" });
  };
  const move = (event) => {
    if (!timer && Math.abs(event.clientY - pointer.clientY) < 4) return;
    y = event.clientY;
    if (timer) return;
    item.classList.add("dragged");
    document.body.append(line);
    timer = setInterval(show, 30);
    show();
  };
  const end = (event) => {
    const dragged = timer;
    clearInterval(timer);
    line.remove();
    item.classList.remove("dragged");
    handle.removeEventListener("pointermove", move);
    ["pointerup", "pointercancel", "keydown"].forEach((name) => handle.removeEventListener(name, end));
    if (dragged && event.type === "pointerup") moveTo(item, placeAt(item, event.clientY).to);
  };
  if (group(item).length < 2) return;
  handle.setPointerCapture(pointer.pointerId);
  handle.addEventListener("pointermove", move);
  ["pointerup", "pointercancel"].forEach((name) => handle.addEventListener(name, end));
  handle.addEventListener("keydown", (event) => { if (event.key === "Escape") end(event); });
}

export function refreshReorder() {
  const handle = focusNext && focusNext();
  focusNext = null;
  if (handle) { handle.focus({ preventScroll: true }); handle.scrollIntoView({ block: "nearest" }); }
}

export function startReorder() {
  work.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".handle");
    if (handle && event.button === 0) { event.preventDefault(); handle.focus(); drag(handle, event); }
  });
  work.addEventListener("keydown", (event) => {
    const handle = event.target.closest(".handle"), by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!handle || !by || event.altKey) return;
    event.preventDefault();
    const item = handle.closest("li[data-item],article.step");
    moveTo(item, group(item).indexOf(item) + by);
  });
}
