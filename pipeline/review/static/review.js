// The review page's own script: boxes on the page, keys, and one action after the other. No text of a document is ever
// put into the page as HTML here: it is text of elements that the server wrote, or an attribute.
"use strict";
(function () {
  const work = document.getElementById("work");
  const POINT = 2; // pixels of a page's picture per point
  const SVG = "http://www.w3.org/2000/svg";
  const $ = (selector, root) => (root || document).querySelector(selector);
  const $$ = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-open]");
    if (open) document.getElementById(open.dataset.open).showModal();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "F1") { event.preventDefault(); const help = $("#help"); help.open ? help.close() : help.showModal(); }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-go]")) location.href = event.target.value;
  });
  if (!work) return;

  // --- one action after the other ------------------------------------------------------------------------------------

  let chain = Promise.resolve();
  let last = null;
  const version = () => $("#state").dataset.version;

  function send(action, values) {
    last = { action, values };
    chain = chain.then(() => {
      $("#notice").textContent = "";
      return window.htmx.ajax("POST", work.dataset.base + "/" + action,
        { source: work, target: "#work", swap: "innerHTML", values: Object.assign({ version: version() }, values) });
    }).catch(() => undefined);
    return chain;
  }

  const field = (element) => element.closest(".field");
  const cursorIn = (box) => { const area = $("textarea", box); return area ? area.selectionStart : 0; };

  const actions = {
    undo: () => send("undo", {}),
    redo: () => send("redo", {}),
    confirm: (button) => send("confirm", { target: button.dataset.target, path: field(button).dataset.path }),
    "confirm-sop": () => send("confirm-sop", {}),
    "confirm-page": (button) => send("confirm-page", { targets: button.dataset.targets }),
    remove: (button) => send("remove", { target: button.dataset.target }),
    rebase: (button) => send("rebase", { line: button.dataset.line }),
    drop: (button) => send("drop", { line: button.dataset.line }),
    "insert-step": (button) => send("insert-step", { after: button.dataset.after }),
    "remove-step": (button) => send("remove-step", { no: step(button).dataset.no }),
    "merge-step": (button) => send("merge-step", { no: step(button).dataset.no }),
    "split-step": (button) => send("split-step", { no: step(button).dataset.no, at: cursorIn(step(button)) }),
    list: (button) => send("list", {
      list: button.closest("[data-list]").dataset.list, item: button.closest("[data-item]").dataset.item,
      do: button.dataset.how, at: cursorIn(field(button)) }),
  };
  const step = (element) => element.closest("[data-no]");

  work.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
    const node = event.target.closest("[data-node]");
    if (node) choose(node);
  });
  work.addEventListener("change", (event) => {
    const input = event.target;
    if (input.matches("textarea[data-do=set]")) save(input);
    else if (input.matches("select[data-do=set]")) send("set", { target: input.dataset.target, value: input.value });
    else if (input.matches("[data-do=performers]")) {
      const ticked = $$("input:checked", input.closest(".ticks")).map((one) => one.value).join(" ");
      send("performers", { target: field(input).dataset.target, value: ticked });
    }
  });
  work.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target, values = Object.fromEntries(new FormData(form).entries());
    if (form.dataset.target) values.target = form.dataset.target;
    send(form.dataset.do, values);
  });
  function save(area) {
    if (area.value === area.defaultValue) return;
    area.dataset.sent = area.value;
    send("set", { target: field(area).dataset.target, value: area.value });
  }

  // A connector is drawn by choosing two symbols.
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

  // What is being typed elsewhere while an answer arrives stays as it is.
  let kept = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== work) return;
    const active = document.activeElement, box = work.contains(active) ? active.closest("[data-path]") : null;
    const unsent = $$("textarea[data-do=set]", work)
      .filter((area) => area.value !== area.defaultValue && area.value !== area.dataset.sent)
      .map((area) => ({ path: field(area).dataset.path, value: area.value }));
    kept = { unsent, id: active && active.id, path: box && box.dataset.path, tag: active && active.tagName,
      start: active && active.selectionStart, end: active && active.selectionEnd, top: work.scrollTop };
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== work) return;
    grow();
    if (kept) {
      for (const { path, value } of kept.unsent) {
        const area = $("textarea", byPath(path));
        if (area) area.value = value;
      }
      const box = kept.path && byPath(kept.path);
      const again = (kept.id && document.getElementById(kept.id)) || (box && ($("textarea,input,select,button", box)));
      if (again) {
        again.focus({ preventScroll: true });
        if (again.setSelectionRange && again.tagName === "TEXTAREA") again.setSelectionRange(kept.start, kept.end);
      }
      work.scrollTop = kept.top;
      kept = null;
    }
    draw();
  });
  document.addEventListener("htmx:responseError", () => { $("#notice").textContent = "⚠"; });
  document.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (status === 422 && last && last.values.target) {
      const box = $$(".field", work).find((one) => one.dataset.target === last.values.target);
      if (box) box.classList.add("invalid");
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-conflict]");
    if (!button) return;
    if (button.dataset.conflict === "theirs") { location.reload(); return; }
    const now = $("#conflict").dataset.version;
    $("#dialog").textContent = "";
    $("#state").dataset.version = now;
    if (last) send(last.action, last.values);
  });

  // --- fields and boxes light each other up --------------------------------------------------------------------------

  const byPath = (path) => $$("[data-path]", work).find((box) => box.dataset.path === path);
  function grow() {
    $$("textarea", work).forEach((area) => {
      area.style.height = "auto";
      area.style.height = Math.min(260, area.scrollHeight + 2) + "px";
    });
  }
  function draw() {
    $$(".sheet").forEach((sheet) => {
      const svg = $("svg", sheet), img = $("img", sheet);
      if (!svg) return;
      svg.replaceChildren();
      const points = Number(img.dataset.points || 0);
      if (!img.naturalWidth) return;
      const width = points || img.naturalWidth / POINT;
      img.dataset.points = width;
      svg.setAttribute("viewBox", "0 0 " + width + " " + (width * img.naturalHeight) / img.naturalWidth);
      const boxes = $$("[data-box]", work).filter((one) => one.dataset.page === sheet.dataset.page && one.dataset.box);
      // Large ones first, so that what lies within them can be clicked.
      boxes.map((one) => [one, one.dataset.box.split(" ").map(Number)])
        .sort((a, b) => area(b[1]) - area(a[1])).forEach(([one, box]) => rectangle(svg, one, box));
      $$(".edges [data-from]", work).forEach((one) => connector(svg, sheet.dataset.page, one));
    });
    lightActive();
  }
  const area = (box) => (box[2] - box[0]) * (box[3] - box[1]);
  function rectangle(svg, one, [left, top, right, bottom]) {
    const rect = shape(svg, "rect", { x: left - 1, y: top - 1, width: right - left + 2, height: bottom - top + 2 });
    rect.dataset.of = one.dataset.path;
    ["doubtful", "unsure", "confirmed", "corrected"].forEach((name) => rect.classList.toggle(name, one.classList.contains(name)));
    if (one.dataset.from) rect.classList.add("joint");
  }
  function connector(svg, page, one) {
    const ends = [one.dataset.from, one.dataset.to].map(byPath);
    if (!ends.every((end) => end && end.dataset.page === page && end.dataset.box)) return;
    const [[x1, y1], [x2, y2]] = ends.map((end) => middle(end.dataset.box.split(" ").map(Number)));
    if (!$("marker", svg)) {
      const marker = shape(svg, "marker", { id: "arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 6, markerHeight: 6, orient: "auto" });
      shape(marker, "path", { d: "M0 0 10 5 0 10z" });
    }
    const way = shape(svg, "path", { d: "M" + x1 + " " + y1 + "L" + x2 + " " + y2, class: "way" });
    way.dataset.of = one.dataset.path;
  }
  const middle = (box) => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  function shape(parent, name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    parent.append(made);
    return made;
  }
  $$(".sheet img").forEach((img) => {
    if (img.complete && img.naturalWidth) draw();
    img.addEventListener("load", draw);
  });
  let awaited = null; // a field whose page is not loaded yet
  function light(path, scroll) {
    if (scroll) awaited = null;
    $$(".lit").forEach((one) => one.classList.remove("lit"));
    const box = byPath(path);
    if (!box) return;
    box.classList.add("lit");
    $$("[data-edge],[data-symbol]", work).forEach((one) =>
      one.classList.toggle("lit", one.dataset.edge === path || one.dataset.symbol === path));
    const article = box.closest("[data-no]");
    const near = article && $("[data-path$='/uraian']", article);  // performers have no box of their own
    const of = (one) => $$(".boxes [data-of]").filter((mark) => mark.dataset.of === one);
    const marks = of(path).length || !near ? of(path) : of(near.dataset.path);
    const rect = marks[0];
    marks.forEach((mark) => mark.classList.add("lit"));
    if (rect) {
      if (scroll) rect.scrollIntoView({ block: "center", inline: "nearest" });
    } else if (scroll && box.dataset.page) {
      awaited = path;
      const sheet = $$(".sheet").find((one) => one.dataset.page === box.dataset.page);
      if (sheet) sheet.scrollIntoView({ block: "nearest" });
    }
  }
  function lightActive() {
    const box = work.contains(document.activeElement) && document.activeElement.closest("[data-path]");
    if (box) light(box.dataset.path, awaited === box.dataset.path);
  }
  work.addEventListener("focusin", (event) => {
    const box = event.target.closest("[data-path]");
    if (box) light(box.dataset.path, true);
    const symbol = event.target.closest("[data-symbol]");
    if (symbol) light(symbol.dataset.symbol, true);
  });
  function go(box) {
    const input = $("textarea", box) || $("input,select", box) || $("button", box);
    (input || box).focus({ preventScroll: true });
    box.scrollIntoView({ block: "center" });
    light(box.dataset.path, true);
  }
  $(".sheets").addEventListener("click", (event) => {
    const rect = event.target.closest("rect");
    if (rect && !moved) { const box = byPath(rect.dataset.of); if (box) go(box); }
  });

  // --- typed values are checked --------------------------------------------------------------------------------------

  let checking = 0;
  work.addEventListener("input", (event) => {
    const area = event.target;
    if (area.matches("textarea")) { area.style.height = "auto"; area.style.height = Math.min(260, area.scrollHeight + 2) + "px"; }
    if (!area.matches("[data-check]")) return;
    clearTimeout(checking);
    checking = setTimeout(() => window.htmx.ajax("GET", "/check", { source: area, target: $(".check", field(area)),
      swap: "innerHTML", values: { kind: area.dataset.check, value: area.value } }), 200);
  });

  // --- keys ----------------------------------------------------------------------------------------------------------

  function doubtful(by) {
    const all = $$("[data-doubt]", work);
    if (!all.length) return;
    const here = document.activeElement.closest && document.activeElement.closest("[data-path]");
    const before = all.filter((one) => here && here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING);
    const after = all.filter((one) => !here || here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    go(by > 0 ? after[0] || all[0] : before[before.length - 1] || all[all.length - 1]);
  }
  async function confirmHere() {
    const box = work.contains(document.activeElement) && document.activeElement.closest("[data-path]");
    if (!box) return doubtful(1);
    const area = $("textarea", box);
    if (area && area.value !== area.defaultValue) await (area.dataset.sent === area.value ? chain : (save(area), chain));
    else { const button = $(".confirm", box); if (button) await actions.confirm(button); }
    doubtful(1);
  }
  const keys = {
    ArrowDown: () => doubtful(1), ArrowUp: () => doubtful(-1), Enter: confirmHere,
    z: () => actions.undo(), y: () => actions.redo(),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => zoom(0),
  };
  document.addEventListener("keydown", (event) => {
    const active = document.activeElement;
    if (event.altKey && !event.ctrlKey && keys[event.key]) { event.preventDefault(); keys[event.key](); }
    else if (event.ctrlKey && event.key === "Enter" && active.matches("textarea[data-do=set]")) { event.preventDefault(); save(active); }
    else if (event.key === "Escape" && active.matches("textarea[data-do=set]")) active.value = active.defaultValue;
    else if ((event.key === "Enter" || event.key === " ") && active.matches("[data-node]")) { event.preventDefault(); choose(active); }
  });

  // --- the page: zoom, pan, turn -------------------------------------------------------------------------------------

  const sheets = $(".sheets");
  let scale = 1, turn = 0, moved = false;
  function zoom(factor) {
    scale = factor ? Math.min(6, Math.max(0.4, scale * factor)) : 1;
    $$(".sheet").forEach((sheet) => { sheet.style.width = scale * 100 + "%"; });
    if (scale > 1.4) $$(".sheet img[data-fine]").forEach((img) => {
      if (img.naturalWidth) { img.src = img.dataset.fine; img.removeAttribute("data-fine"); }
    });
    turned();
    lightActive();
  }
  function turned() {
    $$(".sheet .paper").forEach((paper) => {
      const side = turn % 180 !== 0, width = paper.offsetWidth, height = paper.offsetHeight;
      paper.style.transform = turn ? "rotate(" + turn + "deg)" : "";
      paper.style.margin = side ? Math.max(0, (width - height) / 2) + "px 0" : "";
    });
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom],[data-turn]");
    if (!button) return;
    if ("turn" in button.dataset) { turn = (turn + 90) % 360; turned(); }
    else zoom({ in: 1.25, out: 0.8, fit: 0 }[button.dataset.zoom]);
  });
  $("[data-flow]").addEventListener("change", (event) =>
    $$(".boxes").forEach((svg) => svg.classList.toggle("no-flow", !event.target.checked)));
  let from = null;
  sheets.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) from = [event.clientX, event.clientY, sheets.scrollLeft, sheets.scrollTop];
    moved = false;
  });
  sheets.addEventListener("pointermove", (event) => {
    if (!from) return;
    const across = event.clientX - from[0], down = event.clientY - from[1];
    if (Math.abs(across) + Math.abs(down) > 5) {
      moved = true;
      sheets.classList.add("dragging");
      sheets.scrollTo(from[2] - across, from[3] - down);
    }
  });
  window.addEventListener("pointerup", () => { from = null; sheets.classList.remove("dragging"); });

  grow();
  draw();
  const asked = decodeURIComponent(location.hash.slice(1));
  let wanted = asked && byPath(asked);
  for (let up = asked; up && !wanted; ) { up = up.slice(0, up.lastIndexOf("/")); wanted = up && byPath(up); }
  if (wanted) go(wanted); else if (!asked) doubtful(1);
})();
