// The table of steps as a grid: moved through with the keyboard, typed into, copied to and pasted from a spreadsheet.
// Whatever changes goes to the server as one action, which one undo takes back.

import { $, $$, make, words, work } from "./dom.js";
import { send } from "./actions.js";
import { performersEditor, textEditor } from "./cell_editors.js";
import { asHtml, asText, rowsOf } from "./clipboard.js";

const PAGE_ROWS = 8; // that Page Up and Page Down move by
const at = { row: 0, column: 1 }; // the cell that has the focus
let corner = null; // the other corner of the selection
let editor = null; // the cell that is being typed into: { row, column, box, value() }
let swapping = false;

const grid = () => $("table.cells", work);
const rows = () => $$("tbody tr", grid());
const cells = (row) => $$("td", rows()[row]);
const cellAt = (row, column) => rows()[row] && cells(row)[column];
const columns = () => $$("th", grid()).map((head) => head.dataset.column);
const textIn = (cell) => $(".text", cell).textContent;
const clamp = (value, most) => Math.max(0, Math.min(most, value));

// --- where one is ----------------------------------------------------------------------------------------------------

function range() {
  const other = corner || at;
  return { top: Math.min(at.row, other.row), bottom: Math.max(at.row, other.row),
    left: Math.min(at.column, other.column), right: Math.max(at.column, other.column) };
}

function mark() {
  const { top, bottom, left, right } = range();
  rows().forEach((row, r) => $$("td", row).forEach((cell, c) => {
    const inside = r >= top && r <= bottom && c >= left && c <= right;
    cell.tabIndex = r === at.row && c === at.column ? 0 : -1;
    cell.classList.toggle("picked", inside && corner !== null);
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

function move(row, column, extend) {
  if (!rows().length) return;
  const from = corner || { row: at.row, column: at.column };
  at.row = clamp(row, rows().length - 1);
  at.column = clamp(column, columns().length - 1);
  corner = extend ? from : null;
  mark();
  const cell = cellAt(at.row, at.column);
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

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

const change = (list, more) => send("table", { cells: JSON.stringify(list), rows: JSON.stringify(more || []) });

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

// --- copy and paste --------------------------------------------------------------------------------------------------

function picked() {
  const { top, bottom, left, right } = range();
  return rows().slice(top, bottom + 1).map((row) => $$("td", row).slice(left, right + 1).map(textIn));
}

function clear() {
  const { top, bottom, left, right } = range(), names = columns();
  const list = [];
  for (let r = top; r <= bottom; r++) for (let c = left; c <= right; c++) {
    if (names[c] !== "no" && textIn(cellAt(r, c))) list.push([Number(rows()[r].dataset.no), names[c], ""]);
  }
  if (list.length) change(list);
}

function say(text) { $("#notice").textContent = text; }

// Rows as the whole table has them begin with its heads, which are no step.
function withoutHeads(block, left) {
  const heads = $$("th", grid()).slice(left).map((head) => head.textContent.trim().toLowerCase());
  const same = block[0].every((one, place) => one.trim().toLowerCase() === heads[place]);
  return same && block[0].length > 1 ? block.slice(1) : block;
}

// One value goes into every cell that is selected.
function spread(block) {
  const { top, bottom, left, right } = range();
  if (block.length > 1 || block[0].length > 1) return block;
  return Array.from({ length: bottom - top + 1 }, () => Array(right - left + 1).fill(block[0][0]));
}

async function paste(block) {
  if (!block.length) return say(words("nothing"));
  const { top, left } = range(), names = columns();
  const wanted = spread(withoutHeads(block, left));
  const list = [], more = [];
  let wide = 0;
  wanted.forEach((line, r) => {
    const row = rows()[top + r], step = {};
    line.forEach((value, c) => {
      const name = names[left + c];
      if (!name) wide = Math.max(wide, left + c + 1 - names.length);
      else if (!row) step[name] = value;
      else if (textIn(cells(top + r)[left + c]).trim() !== value.trim()) list.push([Number(row.dataset.no), name, value]);
    });
    if (!row) more.push(step);
  });
  const inserted = more.length ? await asked(more) : [];
  if (inserted === null) return undefined;
  if (list.length || inserted.length) await change(list, inserted);
  if (wide) say(words("wide", { n: wide }));
  return undefined;
}

// The rows to insert: all, none, or null where nothing is to be pasted at all.
function asked(more) {
  const dialog = $("#more-rows");
  $(".question", dialog).textContent = words("more", { n: more.length });
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    resolve({ insert: more, fit: [] }[dialog.returnValue] || null);
    move(at.row, at.column);
  }, { once: true }));
}

function onCopy(event, cut) {
  if (!grid() || editor || !grid().contains(document.activeElement)) return;
  const block = picked();
  event.preventDefault();
  event.clipboardData.setData("text/plain", asText(block));
  event.clipboardData.setData("text/html", asHtml(block));
  say(words("copied", { rows: block.length, columns: block[0].length }));
  if (cut) clear();
}

function onPaste(event) {
  if (!grid() || editor || !grid().contains(document.activeElement)) return;
  event.preventDefault();
  paste(rowsOf(event.clipboardData.getData("text/html"), event.clipboardData.getData("text/plain")));
}

// --- buttons and keys ------------------------------------------------------------------------------------------------

const no = () => Number(rows()[at.row].dataset.no);
function moveRow(by) {
  const to = at.row + by;
  if (to < 0 || to >= rows().length) return;
  send("move-step", { no: no(), after: by < 0 ? no() - 2 : no() + 1 });
  at.row = to;
}
async function readClipboard() {
  try { return rowsOf("", await navigator.clipboard.readText()); } catch { say(words("press")); return null; }
}
const buttons = {
  copy: () => {
    if (!corner) { at.row = at.column = 0; corner = { row: rows().length - 1, column: columns().length - 1 }; mark(); }
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
    corner = { row: rows().length - 1, column: columns().length - 1 };
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
    if (event.shiftKey) { event.preventDefault(); corner = corner || { row: at.row, column: at.column }; Object.assign(at, place); mark(); }
    else { Object.assign(at, place); corner = null; dragging = mouse; mark(); }
  });
  work.addEventListener("pointerover", (event) => {
    const cell = dragging && event.target.closest("td[data-cell]");
    if (!cell) return;
    const place = placeOf(cell);
    if (!corner && place.row === at.row && place.column === at.column) return;
    corner = place;
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
    corner = null;
    mark();
  });
  work.addEventListener("keydown", (event) => { if (event.target.closest("table.cells")) onKey(event); });
  work.addEventListener("click", (event) => {
    const button = event.target.closest("[data-grid]");
    if (button && rows().length + (button.dataset.grid === "insert")) buttons[button.dataset.grid]();
  });
  document.addEventListener("copy", (event) => onCopy(event, false));
  document.addEventListener("cut", (event) => onCopy(event, true));
  document.addEventListener("paste", onPaste);
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === work && event.detail.shouldSwap) swapping = true;
  });
  refreshGrid();
}
