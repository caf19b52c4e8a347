// Writes TypeScript declarations from the published JSON Schemas: node types.mjs FOLDER_OF_SCHEMAS FOLDER_OF_TYPES
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "json-schema-to-typescript";

const [schemas, types] = process.argv.slice(2);
const NAMES = { record: "SopRecord", document: "SopDocument", index: "SopIndex" };

/** The same schema with tuples as drafts before 2020-12 write them, which is what the compiler knows. */
function withOldTuples(schema) {
  if (Array.isArray(schema)) return schema.map(withOldTuples);
  if (schema === null || typeof schema !== "object") return schema;
  const entries = Object.entries(schema).map(([key, part]) => [key === "prefixItems" ? "items" : key, withOldTuples(part)]);
  return Object.fromEntries(entries);
}

for (const [name, type] of Object.entries(NAMES)) {
  const schema = withOldTuples(JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), "utf8")));
  delete schema.$id;
  schema.title = type;
  const bannerComment = `// ${name}.schema.json as TypeScript, made by tests/javascript/types.mjs; do not edit.`;
  const options = { bannerComment, additionalProperties: false, style: { printWidth: 120 } };
  writeFileSync(join(types, `${name}.d.ts`), await compile(schema, type, options));
}
