// The bar between pages and fields: dragged, or moved with the arrow keys; each view remembers where it was left.

import { $, work } from "./dom.js";

const STEP = 4; // per cent that an arrow key moves it by
const LEAST = 15, MOST = 80; // per cent of the window for the pages

const bench = () => $(".bench");
const upright = () => getComputedStyle($(".splitter")).cursor === "col-resize";
const key = () => "sop-review-split-" + work.dataset.view + (upright() ? "" : "-below");

function put(share) {
  const now = Math.round(Math.max(LEAST, Math.min(MOST, share)));
  bench().style.setProperty("--pages", now + "%");
  $(".splitter").setAttribute("aria-valuenow", String(now));
  localStorage.setItem(key(), String(now));
}

function share() {
  const pages = $("#pages").getBoundingClientRect(), whole = bench().getBoundingClientRect();
  return upright() ? (100 * pages.width) / whole.width : (100 * pages.height) / whole.height;
}

// Where the view that is shown was left; else where the style sheet puts it.
export function remembered() {
  const left = Number(localStorage.getItem(key()));
  if (left) put(left); else bench().style.removeProperty("--pages");
}

export function startSplitter() {
  const splitter = $(".splitter");
  const move = (event) => {
    const whole = bench().getBoundingClientRect();
    put(upright() ? (100 * (event.clientX - whole.left)) / whole.width : (100 * (event.clientY - whole.top)) / whole.height);
  };
  splitter.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    splitter.setPointerCapture(event.pointerId);
    splitter.addEventListener("pointermove", move);
  });
  ["pointerup", "pointercancel"].forEach((name) => splitter.addEventListener(name, () => splitter.removeEventListener("pointermove", move)));
  splitter.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP }[event.key];
    if (!by || event.altKey) return;
    event.preventDefault();
    put(share() + by);
  });
  remembered();
}
