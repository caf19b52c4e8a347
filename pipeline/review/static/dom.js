// Finding and making elements. No text of a document is ever put into the page as HTML by these scripts: it is text of
// elements that the server wrote, or an attribute.

const SVG = "http://www.w3.org/2000/svg";

export const $ = (selector, root) => (root || document).querySelector(selector);
export const $$ = (selector, root) => Array.from((root || document).querySelectorAll(selector));

// The fields of a SOP: what every action swaps. Null on the other pages.
export const work = document.getElementById("work");

export const field = (element) => element.closest(".field");
export const step = (element) => element.closest("[data-no]");
export const byPath = (path) => $$("[data-path]", work).find((box) => box.dataset.path === path);

// What is said in the words of the page: the server wrote them into #words.
export function words(name, values) {
  const text = $("#words").dataset[name] || name;
  return text.replace(/\{(\w+)\}/g, (all, key) => (values && key in values ? values[key] : all));
}

export function shape(parent, name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  parent.append(made);
  return made;
}

export function make(name, attributes, ...inside) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...inside);
  return made;
}
