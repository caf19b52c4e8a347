// What a cell of the table is typed into: text, with a check of durations, or performers to tick. Each tells its `box`,
// how to `show` it, and the `value` that it holds; what reads otherwise than it is sent has `shown` as well.

import { $, $$, make } from "./dom.js";
import { grow } from "./actions.js";

export function textEditor(cell, start, label) {
  const area = make("textarea", { rows: 1, dir: "auto", spellcheck: "false", "aria-label": label });
  const box = make("div", { class: "typing" }, area);
  area.value = start === undefined ? $(".text", cell).textContent : start;
  if (cell.dataset.kind) {
    area.dataset.check = cell.dataset.kind;
    box.append(make("output", { class: "check", "aria-live": "polite" }));
  }
  const show = () => {
    grow(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  };
  return { box, area, show, value: () => area.value };
}

export function performersEditor(cell) {
  const box = make("div", { class: "typing" }, $("#performer-choice").content.cloneNode(true));
  const ids = cell.dataset.ids.split(" ");
  $$("input", box).forEach((input) => { input.checked = ids.includes(input.value); });
  const ticked = () => $$("input:checked", box);
  const named = () => ticked().map((input) => input.nextElementSibling.textContent).join("; ");
  const show = () => { const first = $("input:checked", box) || $("input", box); if (first) first.focus(); };
  return { box, show, inputs: $$("input", box), value: () => ticked().map((input) => input.value).join("; "), shown: named };
}
