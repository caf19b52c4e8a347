// The diagram: a connector is drawn by choosing two symbols.

import { $$, work } from "./dom.js";
import { send } from "./actions.js";

let first = null;

function choose(node) {
  if (first && first !== node.dataset.node) {
    send("add-edge", { from: first, to: node.dataset.node });
    first = null;
    return;
  }
  first = first ? null : node.dataset.node;
  $$(".node").forEach((one) => one.classList.toggle("first", one.dataset.node === first));
}

export function startFlow() {
  work.addEventListener("click", (event) => {
    const node = event.target.closest("[data-node]");
    if (node) choose(node);
  });
  work.addEventListener("keydown", (event) => {
    const active = event.target;
    if ((event.key !== "Enter" && event.key !== " ") || !active.matches("[data-node]")) return;
    event.preventDefault();
    choose(active);
  });
}
