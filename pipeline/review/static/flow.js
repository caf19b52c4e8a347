// The flow: symbols get their kind by its picture, connectors are drawn by choosing two symbols, in the diagram or on the
// page, and get their words from a menu.

import { $, $$, byPath, field, words, work } from "./dom.js";
import { send } from "./actions.js";
import { openMenu } from "./menu.js";

let first = null; // the id of the symbol that was chosen

const nodes = () => $$("[data-node]", work);
const nodeOf = (id) => nodes().find((one) => one.dataset.node === id);
const name = (node) => node.getAttribute("aria-label");
const targetOf = (path) => byPath(path) && byPath(path).dataset.target;

// --- choosing ---------------------------------------------------------------------------------------------------------

function choose(id) {
  first = id;
  nodes().forEach((one) => {
    const chosen = one.dataset.node === id;
    one.classList.toggle("first", chosen);
    one.setAttribute("aria-pressed", String(chosen));
  });
  const bar = $(".flow-bar", work), node = id && nodeOf(id);
  if (!bar) return;
  $(".chosen", bar).textContent = node ? name(node) : words("choose");
  $$("[data-kind]", bar).forEach((button) => {
    button.disabled = !node;
    button.setAttribute("aria-pressed", String(Boolean(node) && node.dataset.kind === button.dataset.kind));
  });
  $$("[data-flow-do]", bar).forEach((button) => { button.disabled = !node; });
}

// The second symbol ends the connector that the first began.
function chooseNext(id, beside) {
  if (!first || !nodeOf(first)) return choose(id);
  if (first === id) return choose(null);
  const from = first;
  return connect(words("connector", { from: name(nodeOf(from)), to: name(nodeOf(id)) }), beside, null, (label) => {
    choose(null);
    send("add-edge", { from, to: id, label });
  });
}

function connect(title, beside, now, pick) {
  const menu = $("#edge-menu");
  $(".title", menu).textContent = title;
  $("input", menu).value = now && !["ya", "tidak"].includes(now) ? now : "";
  $("[data-pick='\u2715']", menu).hidden = now === null;
  openMenu(menu, beside, now || "", pick);
}

// --- changing ---------------------------------------------------------------------------------------------------------

function changeKind(button) {
  const { target } = field(button).dataset;
  openMenu($("#kind-menu"), button, button.dataset.kindNow, (kind) => {
    if (kind !== button.dataset.kindNow) send("set", { target: target + "/kind", value: kind });
  });
}

function changeEdge(path, beside) {
  const edge = byPath(path), select = edge && $("select", edge);
  if (!edge) return;
  connect($(".ends", edge).textContent, beside, select.value, (label) => {
    if (label === "\u2715") send("remove", { target: edge.dataset.target });
    else if (label !== select.value) send("set", { target: edge.dataset.target + "/label", value: label });
  });
}

function addAt(cell) {
  openMenu($("#kind-menu"), cell, "process", (kind) =>
    send("add-symbol", { no: cell.dataset.row, pelaksana: cell.dataset.performer, kind }));
}

function onBar(button) {
  const node = first && nodeOf(first), target = node && targetOf(node.dataset.symbol);
  if (!target) return;
  if (button.dataset.flowDo === "remove") { choose(null); send("remove", { target }); }
  else if (button.dataset.kind !== node.dataset.kind) send("set", { target: target + "/kind", value: button.dataset.kind });
}

// --- keys -------------------------------------------------------------------------------------------------------------

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest symbol in a direction: what lies beside it counts double.
function nearest(node, [across, down]) {
  const middle = (one) => { const box = one.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
  const [x, y] = middle(node);
  const found = nodes().filter((one) => one !== node).map((one) => {
    const [dx, dy] = [middle(one)[0] - x, middle(one)[1] - y], along = dx * across + dy * down;
    return [along > 1 ? along + 2 * Math.abs(dx * down + dy * across) : Infinity, one];
  }).sort((a, b) => a[0] - b[0])[0];
  return found && found[0] < Infinity ? found[1] : null;
}

function onKey(event, node) {
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); chooseNext(node.dataset.node, node); }
  else if (event.key === "Escape" && first) { event.stopPropagation(); choose(null); }
  else if (event.key === "Delete") { choose(node.dataset.node); onBar({ dataset: { flowDo: "remove" } }); }
  else if (DIRECTIONS[event.key] && !event.altKey) {
    event.preventDefault();
    const next = nearest(node, DIRECTIONS[event.key]);
    if (next) next.focus();
  }
}

// --- starting, and after each answer ----------------------------------------------------------------------------------

export const refreshFlow = () => choose(first && nodeOf(first) ? first : null);

// Whether a click on the page is about the flow: a connector, or a symbol while connectors are drawn.
export function onPage(mark) {
  const path = mark.dataset.of, drawing = $("[data-connect]").getAttribute("aria-pressed") === "true";
  const node = nodes().find((one) => one.dataset.symbol === path);
  if (path.startsWith("/flow/edges/") && mark.classList.contains("way")) { changeEdge(path, mark); return true; }
  if (!node || !(drawing || first)) return false;
  chooseNext(node.dataset.node, mark);
  return true;
}

export function startFlow() {
  work.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    if (on("[data-node]")) chooseNext(on("[data-node]").dataset.node, on("[data-node]"));
    else if (on("[data-edge-hit]")) changeEdge(on("[data-edge-hit]").dataset.edgeHit, on("[data-edge-hit]"));
    else if (on("[data-performer]")) addAt(on("[data-performer]"));
    else if (on(".flow-bar button")) onBar(on(".flow-bar button"));
    else if (on("button.kind")) changeKind(on("button.kind"));
  });
  work.addEventListener("keydown", (event) => {
    const node = event.target.closest("[data-node]");
    if (node) onKey(event, node);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-connect]");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    $(".sheets").classList.toggle("connecting", on);
    if (!on) choose(null);
  });
  refreshFlow();
}
