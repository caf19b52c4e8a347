// The review page's own scripts start here.

import { $, work } from "./dom.js";
import { afterAnswer, startActions } from "./actions.js";
import { draw, startBoxes } from "./boxes.js";
import { refreshFlow, startFlow } from "./flow.js";
import { refreshGrid, startGrid } from "./grid.js";
import { startKeys } from "./keys.js";
import { refreshReorder, startReorder } from "./reorder.js";
import { startSplitter } from "./splitter.js";
import { startTour } from "./tour.js";
import { startSheets } from "./sheets.js";

document.addEventListener("click", (event) => {
  const open = event.target.closest("[data-open]");
  if (open) document.getElementById(open.dataset.open).showModal();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "F1") return;
  event.preventDefault();
  const help = $("#help");
  if (help.open) help.close(); else help.showModal();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-go]")) location.href = event.target.value;
});

// The address says what the queue is filtered by, so that coming back finds it as it was.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt.id === "filters" && event.detail.successful)
    history.replaceState(null, "", event.detail.pathInfo.finalRequestPath);
});

if (work) {
  startActions();
  startBoxes();
  startSheets();
  startSplitter();
  startFlow();
  startGrid();
  startReorder();
  afterAnswer(refreshGrid);
  afterAnswer(refreshFlow);
  afterAnswer(refreshReorder);
  afterAnswer(draw);
  draw();
  startKeys();
}
startTour();
