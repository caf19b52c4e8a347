// The pages of a SOP that was missed: chosen by buttons, framed by drawing.
"use strict";
(function () {
  const root = document.getElementById("missed");
  if (!root) return;
  const form = root.querySelector("form");
  const POINT = 2; // pixels of a page's picture per point
  const frames = new Map(); // page -> [left, top, right, bottom] in points
  const number = (name) => form.elements[name];

  function tell() {
    form.elements.frames.value = Array.from(frames, ([page, box]) => [page, ...box.map((edge) => edge.toFixed(1))].join(" ")).join(";");
  }
  form.addEventListener("submit", () => {
    const first = Number(number("first").value), last = Number(number("last").value);
    for (const page of frames.keys()) if (page < first || page > last) frames.delete(page);
    tell();
    form.querySelector("button").disabled = true;
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.first) {
      number("first").value = button.dataset.first;
      if (Number(number("last").value) < Number(button.dataset.first)) number("last").value = button.dataset.first;
    }
    if (button.dataset.last) {
      number("last").value = button.dataset.last;
      if (Number(number("first").value) > Number(button.dataset.last)) number("first").value = button.dataset.last;
    }
    if (button.dataset.clear) { frames.delete(Number(button.dataset.clear)); show(Number(button.dataset.clear)); tell(); }
  });

  function show(page) {
    const drawn = root.querySelector('.drawn[data-page="' + page + '"]'), svg = drawn.querySelector("svg"), img = drawn.querySelector("img");
    svg.setAttribute("viewBox", "0 0 " + img.naturalWidth / POINT + " " + img.naturalHeight / POINT);
    svg.replaceChildren();
    const box = frames.get(page);
    root.querySelector('[data-clear="' + page + '"]').hidden = !box;
    if (!box) return;
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    [["x", box[0]], ["y", box[1]], ["width", box[2] - box[0]], ["height", box[3] - box[1]]].forEach(([name, value]) => rect.setAttribute(name, value));
    svg.append(rect);
  }
  root.querySelectorAll(".drawn").forEach((drawn) => {
    const page = Number(drawn.dataset.page), img = drawn.querySelector("img");
    let from = null;
    const at = (event) => {
      const place = img.getBoundingClientRect(), scale = img.naturalWidth / POINT / place.width;
      const within = (value, most) => Math.min(most, Math.max(0, value));
      return [within((event.clientX - place.left) * scale, img.naturalWidth / POINT), within((event.clientY - place.top) * scale, img.naturalHeight / POINT)];
    };
    drawn.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !img.naturalWidth) return;
      from = at(event);
      drawn.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    drawn.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = at(event);
      frames.set(page, [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])]);
      show(page);
    });
    drawn.addEventListener("pointerup", () => {
      const box = frames.get(page);
      if (box && (box[2] - box[0] < 20 || box[3] - box[1] < 20)) { frames.delete(page); show(page); }
      from = null;
      tell();
    });
  });
})();
