// Small menus beside what they are about: the kinds of a symbol, the words of a connector.

import { $$ } from "./dom.js";

const GAP = 6; // pixels between a menu and what it is about, and to the edge of the window

// Open a menu beside an element; `pick` gets the value of the button that is chosen.
export function openMenu(menu, beside, now, pick) {
  const options = $$("[data-pick]", menu);
  options.forEach((one) => one.setAttribute(one.getAttribute("role") ? "aria-checked" : "aria-pressed", String(one.dataset.pick === now)));
  menu.onclick = (event) => {
    const option = event.target.closest("[data-pick]");
    if (option) choose(menu, pick, option.dataset.pick);
  };
  menu.onsubmit = (event) => {
    event.preventDefault();
    choose(menu, pick, new FormData(event.target).get("words").trim());
  };
  menu.onkeydown = (event) => step(event, options);
  menu.showPopover();
  place(menu, beside.getBoundingClientRect());
  (options.find((one) => one.dataset.pick === now) || options[0]).focus({ preventScroll: true });
}

function choose(menu, pick, value) {
  menu.hidePopover();
  pick(value);
}

function step(event, options) {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const here = options.indexOf(document.activeElement);
  if (!by || here < 0) return;
  event.preventDefault();
  options[(here + by + options.length) % options.length].focus();
}

function place(menu, { left, right, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = bottom + GAP + height < window.innerHeight;
  const x = Math.max(GAP, Math.min((left + right - width) / 2, window.innerWidth - width - GAP));
  menu.style.left = x + "px";
  menu.style.top = (below ? bottom + GAP : Math.max(GAP, top - height - GAP)) + "px";
}
