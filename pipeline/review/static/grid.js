// The table of steps as a grid: moved through with the keyboard, typed into, copied to and pasted from a spreadsheet.
// Whatever changes goes to the server as one action, which one undo takes back.

import { $, $$, work } from "./dom.js";
import { send } from "./actions.js";
import { performersEditor, textEditor } from "./cell_editors.js";
import { at, cellAt, cells, change, clamp, columns, grid, mark, move, range, rows, textIn } from "./grid_cells.js";
import { clear, paste, readClipboard, startGridClipboard } from "./grid_clipboard.js";

const PAGE_ROWS = 8; // that Page Up and Page Down move by
let editor = null; // the cell that is being typed into: { row, column, box, value() }
let swapping = false;

// --- typing into a cell ----------------------------------------------------------------------------------------------

function edit(start) {
  const cell = cellAt(at.row, at.column);
  if (!cell || editor) return;
  editor = cell.dataset.cell === "pelaksana" ? performersEditor(cell) : textEditor(cell, start, $$("th", grid())[at.column].textContent);
  Object.assign(editor, { row: at.row, column: at.column, before: textIn(cell) });
  cell.append(editor.box);
  cell.classList.add("editing");
  editor.show();
  editor.box.addEventListener("focusout", (event) => {
    if (editor && !swapping && !editor.box.contains(event.relatedTarget)) finish();
  });
}

function close() {
  const { box } = editor;
  editor = null;
  const cell = box.parentNode;
  box.remove();
  if (cell) cell.classList.remove("editing");
}

function finish() {
  const { row, column, before } = editor, value = editor.value(), said = editor.shown ? editor.shown() : value;
  const cell = cellAt(row, column);
  close();
  if (said === before) return;
  $(".text", cell).textContent = said;
  change([[Number(rows()[row].dataset.no), cell.dataset.cell, value]]);
}

function typed(event) {
  const { key } = event, area = event.target.matches("textarea");
  if (key === "Escape") { event.preventDefault(); close(); move(at.row, at.column); }
  else if (key === "Enter" && !event.altKey && !(area && event.shiftKey)) { event.preventDefault(); finish(); move(at.row + 1, at.column); }
  else if (key === "Tab" && area) { event.preventDefault(); finish(); move(at.row, at.column + (event.shiftKey ? -1 : 1)); }
  else if (!area && /^Arrow(Up|Down|Left|Right)$/.test(key)) {
    event.preventDefault();
    const by = /Up|Left/.test(key) ? -1 : 1, { inputs } = editor;
    inputs[(inputs.indexOf(event.target) + by + inputs.length) % inputs.length].focus();
  }
}

// --- buttons and keys ------------------------------------------------------------------------------------------------

const no = () => Number(rows()[at.row].dataset.no);
function moveRow(by) {
  const to = at.row + by;
  if (to < 0 || to >= rows().length) return;
  send("move-step", { no: no(), after: by < 0 ? no() - 2 : no() + 1 });
  at.row = to;
}
const buttons = {
  copy: () => {
    if (!at.corner) { at.row = at.column = 0; at.corner = { row: rows().length - 1, column: columns().length - 1 }; mark(); }
    cellAt(at.row, at.column).focus();
    document.execCommand("copy");
  },
  paste: async () => { const block = await readClipboard(); if (block) paste(block); },
  insert: () => send("insert-step", { after: rows().length ? no() : 0 }),
  join: () => at.row + 1 < rows().length && send("merge-step", { no: no() }),
  remove: () => rows().length && send("remove-step", { no: no() }),
  up: () => moveRow(-1),
  down: () => moveRow(1),
};

const moves = {
  ArrowUp: () => [-1, 0], ArrowDown: () => [1, 0], ArrowLeft: () => [0, -1], ArrowRight: () => [0, 1],
  PageUp: () => [-PAGE_ROWS, 0], PageDown: () => [PAGE_ROWS, 0],
  Home: (far) => [far ? -Infinity : 0, -Infinity], End: (far) => [far ? Infinity : 0, Infinity],
};

function onKey(event) {
  const { key } = event, far = event.ctrlKey;
  if (editor) { typed(event); return; }
  if (event.altKey) {
    if (event.shiftKey && /^Arrow(Up|Down)$/.test(key)) { event.preventDefault(); moveRow(key === "ArrowUp" ? -1 : 1); }
    return;
  }
  if (moves[key]) {
    event.preventDefault();
    const [down, across] = moves[key](far), reach = far && /^Arrow/.test(key) ? 1e6 : 1;
    move(at.row + down * reach || at.row, at.column + across * reach || (across ? 0 : at.column), event.shiftKey);
  } else if (key === "Tab") {
    const next = at.column + (event.shiftKey ? -1 : 1), width = columns().length;
    const row = at.row + (next < 0 ? -1 : next >= width ? 1 : 0);
    if (row < 0 || row >= rows().length) return; // out of the grid
    event.preventDefault();
    move(row, (next + width) % width);
  } else if (key === "Enter" || key === "F2") { event.preventDefault(); edit(); }
  else if (key === "Delete" || key === "Backspace") { event.preventDefault(); clear(); }
  else if (far && key.toLowerCase() === "a") {
    event.preventDefault();
    at.row = at.column = 0;
    at.corner = { row: rows().length - 1, column: columns().length - 1 };
    mark();
  } else if (key.length === 1 && !far && !event.metaKey) { event.preventDefault(); edit(key); }
}

function placeOf(cell) {
  return { row: rows().indexOf(cell.parentNode), column: cells(rows().indexOf(cell.parentNode)).indexOf(cell) };
}

// --- starting, and after each answer ---------------------------------------------------------------------------------

export function refreshGrid() {
  const open = editor;
  editor = null;
  swapping = false;
  if (!grid()) return;
  at.row = clamp(at.row, rows().length - 1);
  $$("[data-refused-no]", work).forEach((one) => {
    const row = rows().find((each) => each.dataset.no === one.dataset.refusedNo);
    const cell = row && $$("td", row).find((each) => each.dataset.cell === one.dataset.refusedColumn);
    if (cell) { cell.classList.add("invalid"); cell.title = one.textContent; }
  });
  mark();
  if (open) {
    Object.assign(at, { row: open.row, column: open.column });
    edit(open.area ? open.area.value : undefined);
    if (open.inputs) open.inputs.forEach((input, place) => { editor.inputs[place].checked = input.checked; });
  } else if (document.activeElement === document.body && cellAt(at.row, at.column)) {
    cellAt(at.row, at.column).focus({ preventScroll: true });
  }
}

export function startGrid() {
  let dragging = false, again = null; // a cell that is tapped a second time is typed into
  work.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest("td[data-cell]");
    if (!cell || cell.classList.contains("editing")) return;
    const place = placeOf(cell), mouse = event.pointerType === "mouse";
    if (!mouse && place.row === at.row && place.column === at.column && document.activeElement === cell) again = cell;
    if (event.shiftKey) { event.preventDefault(); at.corner = at.corner || { row: at.row, column: at.column }; Object.assign(at, place); mark(); }
    else { Object.assign(at, place); at.corner = null; dragging = mouse; mark(); }
  });
  work.addEventListener("pointerover", (event) => {
    const cell = dragging && event.target.closest("td[data-cell]");
    if (!cell) return;
    const place = placeOf(cell);
    if (!at.corner && place.row === at.row && place.column === at.column) return;
    at.corner = place;
    mark();
  });
  window.addEventListener("pointerup", () => { dragging = false; });
  work.addEventListener("click", (event) => {
    if (again && again.contains(event.target)) edit();
    again = null;
  });
  work.addEventListener("dblclick", (event) => { if (event.target.closest("td[data-cell]")) edit(); });
  work.addEventListener("focusin", (event) => {
    if (!event.target.matches("td[data-cell]")) return;
    const place = placeOf(event.target), { top, bottom, left, right } = range();
    if (place.row >= top && place.row <= bottom && place.column >= left && place.column <= right) return;
    Object.assign(at, place);
    at.corner = null;
    mark();
  });
  work.addEventListener("keydown", (event) => { if (event.target.closest("table.cells")) onKey(event); });
  work.addEventListener("click", (event) => {
    const button = event.target.closest("[data-grid]");
    if (button && rows().length + (button.dataset.grid === "insert")) buttons[button.dataset.grid]();
  });
  startGridClipboard(() => editor !== null);
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === work && event.detail.shouldSwap) swapping = true;
  });
  refreshGrid();
}
