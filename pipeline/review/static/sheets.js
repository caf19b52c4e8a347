// The pages of a SOP: zoom, pan and turn, and a click that finds the field.

import { $, $$, byPath } from "./dom.js";
import { go, lightActive } from "./boxes.js";
import { onPage } from "./flow.js";

const LEAST = 0.4, MOST = 6; // of the width of the pane
const FINE = 1.4; // enlargement from which a page is shown in its best resolution
let scale = 1, turn = 0, moved = false, from = null;

// Zoom by a factor, 0 to fit the width; what is at a point of the window, or in the middle, stays where it is.
export function zoom(factor, point) {
  const sheets = $(".sheets"), whole = sheets.getBoundingClientRect();
  const [x, y] = point || [whole.left + whole.width / 2, whole.top + whole.height / 2];
  const sheet = $$(".sheet").find((one) => one.getBoundingClientRect().bottom > y) || $(".sheet");
  const before = sheet.getBoundingClientRect();
  scale = factor ? Math.min(MOST, Math.max(LEAST, scale * factor)) : 1;
  $$(".sheet").forEach((one) => { one.style.width = scale * 100 + "%"; });
  const after = sheet.getBoundingClientRect();
  sheets.scrollLeft += after.left + ((x - before.left) * after.width) / before.width - x;
  sheets.scrollTop += after.top + ((y - before.top) * after.height) / before.height - y;
  $$(".sheet img[data-fine]").forEach(refine);
  turned();
  lightActive();
}

// Show a page in its best resolution where it is enlarged; one that has not come yet, when it comes.
function refine(img) {
  if (scale > FINE && img.naturalWidth && img.dataset.fine) { img.src = img.dataset.fine; img.removeAttribute("data-fine"); }
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

// One finger scrolls, as everywhere; two zoom.
function pinch(sheets) {
  let apart = 0;
  const fingers = ({ touches: [one, other] }) => ({
    distance: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
    middle: [(one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2] });
  sheets.addEventListener("touchstart", (event) => {
    if (event.touches.length === 2) { event.preventDefault(); apart = fingers(event).distance; }
  }, { passive: false });
  sheets.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2 || !apart) return;
    event.preventDefault();
    const { distance, middle } = fingers(event);
    zoom(distance / apart, middle);
    apart = distance;
  }, { passive: false });
  sheets.addEventListener("touchend", () => { apart = 0; });
  sheets.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1, [event.clientX, event.clientY]);
  }, { passive: false });
}

export function startSheets() {
  const sheets = $(".sheets");
  pan(sheets);
  pinch(sheets);
  $$("img", sheets).forEach((img) => img.addEventListener("load", () => refine(img)));
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
