// Tables as a spreadsheet puts them on the clipboard, and takes them from it: text with tabs, and HTML.

import { make } from "./dom.js";

const quoted = (text) => (/[\t\n"]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);

export const asText = (rows) => rows.map((row) => row.map(quoted).join("\t")).join("\n");

export function asHtml(rows) {
  const table = make("table", {});
  rows.forEach((row) => table.append(make("tr", {}, ...row.map(cell))));
  return table.outerHTML;
}

function cell(text) {
  const made = make("td", {});
  text.split("\n").forEach((line, place) => made.append(...(place ? [make("br", {})] : []), line));
  return made;
}

// Rows of texts from what is on the clipboard; an HTML table tells cells apart that plain text may not.
export function rowsOf(html, text) {
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  const rows = table ? ofTable(table) : ofText(text || "");
  while (rows.length && rows[rows.length - 1].every((one) => !one)) rows.pop();
  return rows;
}

function ofTable(table) {
  const rows = [], taken = {}; // cells that reach down into a row, by row and column
  Array.from(table.rows).forEach((row, r) => {
    const texts = [];
    Array.from(row.cells).forEach((one) => {
      while (taken[r + " " + texts.length]) texts.push("");
      const at = texts.length;
      for (let down = 0; down < Math.min(one.rowSpan || 1, 1000); down++) {
        for (let across = 0; across < Math.min(one.colSpan, 1000); across++) taken[r + down + " " + (at + across)] = true;
      }
      texts.push(textOf(one), ...Array(Math.min(one.colSpan, 1000) - 1).fill(""));
    });
    rows.push(texts);
  });
  return rows;
}

// The text of a cell: line ends are where <br> or a new paragraph says so, not where the HTML is broken.
function textOf(node) {
  let text = "";
  node.childNodes.forEach((child) => {
    if (child.nodeType === Node.TEXT_NODE) text += child.data.replace(/\s+/g, " ");
    else if (child.nodeName === "BR") text += "\n";
    else if (child.nodeType === Node.ELEMENT_NODE && !/^(STYLE|SCRIPT)$/.test(child.nodeName))
      text += (/^(P|DIV|LI)$/.test(child.nodeName) && text.trim() ? "\n" : "") + textOf(child);
  });
  return text.replace(/ *\n */g, "\n").trim();
}

function ofText(text) {
  const rows = [[]];
  let rest = text.replace(/\r\n?/g, "\n");
  while (rest) {
    const whole = /^"((?:[^"]|"")*)"(?=[\t\n]|$)/.exec(rest) || /^[^\t\n]*/.exec(rest);
    rows[rows.length - 1].push((whole.length > 1 ? whole[1].replace(/""/g, '"') : whole[0]).trim());
    rest = rest.slice(whole[0].length);
    if (rest[0] === "\n" && rest.length > 1) rows.push([]);
    else if (rest === "\t") rows[rows.length - 1].push("");
    rest = rest.slice(1);
  }
  return rows;
}
