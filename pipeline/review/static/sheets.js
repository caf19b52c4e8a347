// The pages of a SOP: zoom, pan and turn, and a click that finds the field.

import { $, $$, byPath } from "./dom.js";
import { draw, go } from "./boxes.js";
import { onPage } from "./flow.js";

const FINE = 1.4; // enlargement from which a page is shown in its best resolution
let scale = 1, turn = 0, moved = false, from = null;

export function zoom(factor) {
  scale = factor ? Math.min(6, Math.max(0.4, scale * factor)) : 1;
  $$(".sheet").forEach((sheet) => { sheet.style.width = scale * 100 + "%"; });
  if (scale > FINE) $$(".sheet img[data-fine]").forEach((img) => {
    if (img.naturalWidth) { img.src = img.dataset.fine; img.removeAttribute("data-fine"); }
  });
  turned();
  draw();
}

function turned() {
  $$(".sheet .paper").forEach((paper) => {
    const side = turn % 180 !== 0, width = paper.offsetWidth, height = paper.offsetHeight;
    paper.style.transform = turn ? "rotate(" + turn + "deg)" : "";
    paper.style.margin = side ? Math.max(0, (width - height) / 2) + "px 0" : "";
  });
}

function pan(sheets) {
  sheets.addEventListener("pointerdown", (event) => {
    const mouse = event.pointerType === "mouse" && event.button === 0;
    if (mouse) from = [event.clientX, event.clientY, sheets.scrollLeft, sheets.scrollTop];
    moved = false;
  });
  sheets.addEventListener("pointermove", (event) => {
    if (!from) return;
    const across = event.clientX - from[0], down = event.clientY - from[1];
    if (Math.abs(across) + Math.abs(down) <= 5) return;
    moved = true;
    sheets.classList.add("dragging");
    sheets.scrollTo(from[2] - across, from[3] - down);
  });
  window.addEventListener("pointerup", () => { from = null; sheets.classList.remove("dragging"); });
}

export function startSheets() {
  const sheets = $(".sheets");
  pan(sheets);
  sheets.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-of]");
    if (!mark || moved || onPage(mark)) return;
    const box = byPath(mark.dataset.of);
    if (box) go(box);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom],[data-turn]");
    if (!button) return;
    if ("turn" in button.dataset) { turn = (turn + 90) % 360; turned(); }
    else zoom({ in: 1.25, out: 0.8, fit: 0 }[button.dataset.zoom]);
  });
  $("[data-flow]").addEventListener("change", (event) =>
    $$(".boxes").forEach((svg) => svg.classList.toggle("no-flow", !event.target.checked)));
}
