// Reads BPMN files with bpmn-moddle and lints them by bpmnlint's recommended rules: node check_bpmn.mjs FILE...
// Prints {name: {warnings: [message], lint: [[rule, id of the element]]}}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { BpmnModdle } from "bpmn-moddle";

const require = createRequire(import.meta.url);
const Linter = require("bpmnlint/lib/linter");
const Resolver = require("bpmnlint/lib/resolver/node-resolver");

async function checked(text) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(text);
  // A linter of its own for each file: some rules remember what they have seen.
  const linter = new Linter({ config: { extends: "bpmnlint:recommended" }, resolver: new Resolver() });
  const found = Object.entries(await linter.lint(rootElement));
  const lint = found.flatMap(([rule, reports]) => reports.map((report) => [rule, report.id]));
  return { warnings: warnings.map((warning) => warning.message), lint };
}

const results = {};
for (const file of process.argv.slice(2)) results[basename(file)] = await checked(readFileSync(file, "utf8"));
console.log(JSON.stringify(results));
