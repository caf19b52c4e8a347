// The cells of the table of steps: which one has the focus, and which are selected.

import { $, $$, make, work } from "./dom.js";
import { send } from "./actions.js";

// The cell that has the focus, and the other corner of the selection where more than one is selected.
export const at = { row: 0, column: 1, corner: null };

export const grid = () => $("table.cells", work);
export const rows = () => $$("tbody tr", grid());
export const cells = (row) => $$("td", rows()[row]);
export const cellAt = (row, column) => rows()[row] && cells(row)[column];
export const columns = () => $$("th", grid()).map((head) => head.dataset.column);
export const textIn = (cell) => $(".text", cell).textContent;
export const clamp = (value, most) => Math.max(0, Math.min(most, value));
export const change = (list, more) => send("table", { cells: JSON.stringify(list), rows: JSON.stringify(more || []) });

export function range() {
  const other = at.corner || at;
  return { top: Math.min(at.row, other.row), bottom: Math.max(at.row, other.row),
    left: Math.min(at.column, other.column), right: Math.max(at.column, other.column) };
}

export function mark() {
  const { top, bottom, left, right } = range();
  rows().forEach((row, r) => $$("td", row).forEach((cell, c) => {
    const inside = r >= top && r <= bottom && c >= left && c <= right;
    cell.tabIndex = r === at.row && c === at.column ? 0 : -1;
    cell.classList.toggle("picked", inside && at.corner !== null);
    cell.setAttribute("aria-selected", String(inside));
  }));
  tell();
}

// What is known of the cell: how surely it was read, what is doubted of it, what was printed.
function tell() {
  const about = $("#about"), cell = cellAt(at.row, at.column);
  about.replaceChildren();
  about.dataset.path = cell ? cell.dataset.path : "";
  about.dataset.target = cell ? cell.dataset.target : "";
  if (!cell) return;
  const head = $$("th", grid())[at.column].textContent;
  about.append(make("strong", { class: "place" }, rows()[at.row].dataset.no + " · " + head),
    $("template", cell).content.cloneNode(true));
}

export function move(row, column, extend) {
  if (!rows().length) return;
  const from = at.corner || { row: at.row, column: at.column };
  at.row = clamp(row, rows().length - 1);
  at.column = clamp(column, columns().length - 1);
  at.corner = extend ? from : null;
  mark();
  const cell = cellAt(at.row, at.column);
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}
