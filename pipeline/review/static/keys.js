// The keyboard: from doubt to doubt, confirm, save, undo and redo, zoom.

import { $, $$, byPath, field, work } from "./dom.js";
import { actions, leave, save, send, show } from "./actions.js";
import { go } from "./boxes.js";
import { zoom } from "./sheets.js";

const here = () => work.contains(document.activeElement) && document.activeElement.closest("[data-path]");

const beside = (which) => $("[data-leave=" + which + "]", work) || $("[data-leave]", work);

export function doubtful(by) {
  const all = $$("[data-doubt]", work), box = here();
  const unseen = by > 0 && $("#state").dataset.beside; // a doubt that this view of the SOP does not show
  if (!all.length && !unseen) { beside("next").focus(); return; }
  const before = all.filter((one) => box && box.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING);
  const after = all.filter((one) => !box || box.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (unseen && !after.length) { show("fields").then(() => go(byPath(unseen))); return; }
  go(by > 0 ? after[0] || all[0] : before[before.length - 1] || all[all.length - 1]);
}

const confirm = ({ dataset }) => send("confirm", { target: dataset.target, path: dataset.path });

async function confirmHere() {
  const box = here();
  if (!box) return doubtful(1);
  const area = $("textarea", box), button = $(".confirm", box);
  if (area && area.value !== area.defaultValue) await save(area);
  else if (button) await actions.confirm(button);
  else if (box.matches("[data-cell][data-target]")) await confirm(box);
  doubtful(1);
}

const keys = {
  ArrowDown: () => doubtful(1), ArrowUp: () => doubtful(-1), Enter: confirmHere,
  PageDown: () => leave(beside("next")), PageUp: () => leave(beside("previous")),
  z: () => actions.undo(), y: () => actions.redo(),
  "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => zoom(0),
};

function onKey(event) {
  const active = document.activeElement, text = active.matches("textarea[data-do=set]");
  if (event.altKey && !event.ctrlKey && !event.shiftKey && keys[event.key]) { event.preventDefault(); keys[event.key](); }
  else if (event.ctrlKey && event.key === "Enter" && text) { event.preventDefault(); save(active); }
  else if (event.key === "Escape" && text) { active.value = active.defaultValue; field(active).classList.remove("invalid"); }
}

// To the field that the address names, or what it is part of; else to the first doubt.
function goAsked() {
  const asked = decodeURIComponent(location.hash.slice(1));
  let wanted = asked && byPath(asked);
  for (let up = asked; up && !wanted; ) { up = up.slice(0, up.lastIndexOf("/")); wanted = up && byPath(up); }
  if (wanted) go(wanted); else if (!asked) doubtful(1);
}

export function startKeys() {
  document.addEventListener("keydown", onKey);
  goAsked();
}
