// What is copied from the table of steps to a spreadsheet, and pasted from there.

import { $, $$, words } from "./dom.js";
import { at, cellAt, cells, change, columns, grid, move, range, rows, textIn } from "./grid_cells.js";
import { asHtml, asText, rowsOf } from "./clipboard.js";

function say(text) { $("#notice").textContent = text; }

function picked() {
  const { top, bottom, left, right } = range();
  return rows().slice(top, bottom + 1).map((row) => $$("td", row).slice(left, right + 1).map(textIn));
}

export function clear() {
  const { top, bottom, left, right } = range(), names = columns();
  const list = [];
  for (let r = top; r <= bottom; r++) for (let c = left; c <= right; c++) {
    if (names[c] !== "no" && textIn(cellAt(r, c))) list.push([Number(rows()[r].dataset.no), names[c], ""]);
  }
  if (list.length) change(list);
}

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

export async function paste(block) {
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

export async function readClipboard() {
  try { return rowsOf("", await navigator.clipboard.readText()); } catch { say(words("press")); return null; }
}

function onCopy(event, cut) {
  const block = picked();
  event.preventDefault();
  event.clipboardData.setData("text/plain", asText(block));
  event.clipboardData.setData("text/html", asHtml(block));
  say(words("copied", { rows: block.length, columns: block[0].length }));
  if (cut) clear();
}

function onPaste(event) {
  event.preventDefault();
  paste(rowsOf(event.clipboardData.getData("text/html"), event.clipboardData.getData("text/plain")));
}

// Answer to copying, cutting and pasting while a cell has the focus and `isTyping` says that none is typed into.
export function startGridClipboard(isTyping) {
  const isMeant = () => grid() && !isTyping() && grid().contains(document.activeElement);
  document.addEventListener("copy", (event) => { if (isMeant()) onCopy(event, false); });
  document.addEventListener("cut", (event) => { if (isMeant()) onCopy(event, true); });
  document.addEventListener("paste", (event) => { if (isMeant()) onPaste(event); });
}
