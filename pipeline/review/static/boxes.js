// The boxes of fields and the connectors drawn over the page; fields and boxes light each other up.

import { $, $$, byPath, shape, work } from "./dom.js";

const POINT = 2; // pixels of a page's picture per point
const STATES = ["doubtful", "unsure", "confirmed", "corrected"];
const sides = (one) => one.dataset.box.split(" ").map(Number);
const surface = ([left, top, right, bottom]) => (right - left) * (bottom - top);
const middle = ([left, top, right, bottom]) => [(left + right) / 2, (top + bottom) / 2];

export function draw() {
  $$(".sheet").forEach(drawOn);
  lightActive();
}

function drawOn(sheet) {
  const svg = $("svg", sheet), img = $("img", sheet);
  if (!svg || !img.naturalWidth) return;
  svg.replaceChildren();
  const width = Number(img.dataset.points || img.naturalWidth / POINT);
  img.dataset.points = width;
  svg.setAttribute("viewBox", "0 0 " + width + " " + (width * img.naturalHeight) / img.naturalWidth);
  const boxes = $$("[data-box]", work).filter((one) => one.dataset.page === sheet.dataset.page && one.dataset.box);
  // Large ones first, so that what lies within them can be clicked; symbols over the connectors that end in them.
  const sorted = boxes.map((one) => [one, sides(one)]).sort((a, b) => surface(b[1]) - surface(a[1]));
  const put = (symbols) => sorted.filter(([one]) => one.classList.contains("symbol") === symbols)
    .forEach(([one, box]) => rectangle(svg, one, box));
  put(false);
  $$(".edges [data-from]", work).forEach((one) => connector(svg, sheet.dataset.page, one));
  put(true);
}

function rectangle(svg, one, [left, top, right, bottom]) {
  const rect = shape(svg, "rect", { x: left - 1, y: top - 1, width: right - left + 2, height: bottom - top + 2 });
  rect.dataset.of = one.dataset.path;
  STATES.forEach((name) => rect.classList.toggle(name, one.classList.contains(name)));
  if (one.dataset.from) rect.classList.add("joint");
}

function connector(svg, page, one) {
  const ends = [one.dataset.from, one.dataset.to].map(byPath);
  if (!ends.every((end) => end && end.dataset.page === page && end.dataset.box)) return;
  const [[x1, y1], [x2, y2]] = ends.map((end) => middle(sides(end)));
  if (!$("marker", svg)) {
    const marker = shape(svg, "marker",
      { id: "arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 6, markerHeight: 6, orient: "auto" });
    shape(marker, "path", { d: "M0 0 10 5 0 10z" });
  }
  const way = shape(svg, "path", { d: "M" + x1 + " " + y1 + "L" + x2 + " " + y2, class: "way" });
  way.dataset.of = one.dataset.path;
}

let awaited = null; // a field whose page is not loaded yet

export function light(path, scroll) {
  if (scroll) awaited = null;
  $$(".lit").forEach((one) => one.classList.remove("lit"));
  const box = byPath(path);
  if (!box) return;
  box.classList.add("lit");
  $$("[data-edge],[data-symbol]", work).forEach((one) =>
    one.classList.toggle("lit", one.dataset.edge === path || one.dataset.symbol === path));
  const marks = marksOf(box, path);
  marks.forEach((mark) => mark.classList.add("lit"));
  if (!scroll) return;
  if (marks.length) marks[0].scrollIntoView({ block: "center", inline: "nearest" });
  else if (box.dataset.page) {
    awaited = path;
    const sheet = $$(".sheet").find((one) => one.dataset.page === box.dataset.page);
    if (sheet) sheet.scrollIntoView({ block: "nearest" });
  }
}

function marksOf(box, path) {
  const of = (one) => $$(".boxes [data-of]").filter((mark) => mark.dataset.of === one);
  const article = box.closest("[data-no]");
  const near = article && $("[data-path$='/uraian']", article); // performers have no box of their own
  return of(path).length || !near ? of(path) : of(near.dataset.path);
}

export function lightActive() {
  const box = work.contains(document.activeElement) && document.activeElement.closest("[data-path]");
  if (box) light(box.dataset.path, awaited === box.dataset.path);
}

export function go(box) {
  const input = $("textarea", box) || $("input,select", box) || $("button", box);
  (input || box).focus({ preventScroll: true });
  box.scrollIntoView({ block: "center" });
  light(box.dataset.path, true);
}

export function startBoxes() {
  $$(".sheet img").forEach((img) => img.addEventListener("load", () => { drawOn(img.closest(".sheet")); lightActive(); }));
  work.addEventListener("focusin", (event) => {
    const box = event.target.closest("[data-path]");
    if (box) light(box.dataset.path, true);
    const symbol = event.target.closest("[data-symbol]");
    if (symbol) light(symbol.dataset.symbol, true);
  });
}
