// A tour for newcomers: from the queue to a field beside its page, step by step. Its words are the server's; this browser
// remembers how far it came.

import { $, $$, make, work } from "./dom.js";

const STORE = "sop-review-tour"; // "on" while it goes on, "done" once it was finished or declined
const ROOM = 6; // pixels between the ring and what it is around
const here = work ? "sop" : $(".summary") ? "queue" : "elsewhere";
let steps = [], at = 0, spot = null;

const card = () => $("#tour");
const found = (step) => $$(step.dataset.at).find((one) => one.getClientRects().length);
const onward = () => (here === "queue" ? $(".rows a[href], .documents a[href]") : null);

function place() {
  const around = found(steps[at]);
  if (!around) return;
  const box = around.getBoundingClientRect(), made = card();
  const right = Math.min(box.right, window.innerWidth), bottom = Math.min(box.bottom, window.innerHeight);
  const left = Math.max(0, box.left), top = Math.max(0, box.top);
  Object.assign(spot.style, { left: left - ROOM + "px", top: top - ROOM + "px",
    width: right - left + 2 * ROOM + "px", height: bottom - top + 2 * ROOM + "px" });
  const { offsetWidth: width, offsetHeight: height } = made, gap = 3 * ROOM;
  const fits = [[left, bottom + gap], [left, top - height - gap], [right + gap, top], [left - width - gap, top]]
    .find(([x, y]) => x >= 0 && y >= 0 && x + width <= window.innerWidth && y + height <= window.innerHeight);
  const [x, y] = fits || [left, window.innerHeight - height - gap];
  made.style.left = Math.max(gap, Math.min(x, window.innerWidth - width - gap)) + "px";
  made.style.top = Math.max(gap, y) + "px";
}

function show(to) {
  at = to;
  const step = steps[at];
  $(".tour-step", card()).replaceChildren(...Array.from(step.childNodes, (node) => node.cloneNode(true)));
  $(".tour-count", card()).textContent = Number(step.dataset.number) + " / " + $("#tour-steps").dataset.count;
  $("[data-tour=back]", card()).disabled = at === 0;
  const last = at === steps.length - 1 && !onward();
  $("[data-tour=next]", card()).textContent = $("[data-tour=next]", card()).dataset[last ? "last" : "more"];
  const around = found(step);
  if (around) around.scrollIntoView({ block: "nearest" });
  place();
  $("[data-tour=next]", card()).focus({ preventScroll: true });
}

function start(from) {
  steps = $$("#tour-steps > [data-on=" + here + "]").filter(found);
  if (!steps.length) return;
  localStorage.setItem(STORE, "on");
  $("#tour-invitation").hidePopover();
  if (!spot) { spot = make("div", { class: "spot" }); document.body.append(spot); }
  card().showPopover();
  show(from);
}

function end() {
  localStorage.setItem(STORE, "done");
  card().hidePopover();
  if (spot) spot.remove();
  spot = null;
}

const actions = {
  start: () => {
    const help = $("#help");
    if (help.open) help.close();
    if (here === "queue") start(0);
    else { localStorage.setItem(STORE, "on"); location.href = "/"; }
  },
  skip: end,
  decline: () => { localStorage.setItem(STORE, "done"); $("#tour-invitation").hidePopover(); },
  back: () => at > 0 && show(at - 1),
  next: () => {
    if (at + 1 < steps.length) show(at + 1);
    else if (onward()) location.href = onward().href;
    else end();
  },
};

export function startTour() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tour]");
    if (button) actions[button.dataset.tour]();
  });
  card().addEventListener("keydown", (event) => {
    const action = { Escape: "skip", ArrowRight: "next", ArrowLeft: "back" }[event.key];
    if (!action || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    actions[action]();
  });
  window.addEventListener("resize", () => spot && place());
  document.addEventListener("scroll", () => spot && place(), true);
  const state = localStorage.getItem(STORE);
  if (state === "on") start(0);
  else if (state === null && here === "queue" && onward()) $("#tour-invitation").showPopover();
}
