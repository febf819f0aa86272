// Lists the places of a folder's TypeScript that share lines of the same shape: alike but for names, strings and
// numbers. `node scripts/same-shape.js helpers/src 12`; a test holds helpers/src to none of twelve lines.
//
// Clone finders from npm were tried (jscpd 5, which can set names and literals aside): they count a clone's lines from
// its first to its last token, so doc comments and imports make two small interfaces a copy of thirty lines.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "oxc-parser";

/**
 * The lines of a source that count, each with its number and its shape: names are `a`, strings `s`, numbers `1`.
 * Blank lines, comments, imports, re-exports and lone punctuation do not count.
 */
function shapesOf(file, text) {
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const cuts = comments.map(({ start, end }) => ({ start, end, by: "" }));
  const cut = (by) => (node) => cuts.push({ start: node.start, end: node.end, by });
  new Visitor({
    // The span of a name reaches over its type.
    Identifier: (node) => cut("a")({ start: node.start, end: node.start + node.name.length }),
    PrivateIdentifier: cut("a"),
    Literal: (node) => {
      if (typeof node.value === "number" || typeof node.value === "bigint") cut("1")(node);
      else if (typeof node.value === "string" || node.regex) cut("s")(node);
    },
    TemplateElement: cut("s"),
    ImportDeclaration: cut(""),
    ExportAllDeclaration: cut(""),
    ExportNamedDeclaration: (node) => node.source && cut("")(node),
  }).visit(program);
  cuts.sort((p, q) => p.start - q.start || q.end - p.end);
  let shaped = "";
  let at = 0;
  for (const { start, end, by } of cuts) {
    if (start < at) continue;
    shaped += text.slice(at, start) + by + text.slice(start, end).replace(/[^\n]/g, "");
    at = end;
  }
  return (shaped + text.slice(at))
    .split("\n")
    .map((line, i) => ({ number: i + 1, shape: line.replace(/\s/g, "") }))
    .filter(({ shape }) => /\w/.test(shape));
}

/**
 * Every two places that share `least` or more lines of the same shape.
 *
 * A run of lines that all have one shape (rows of a table, fields of a record) is a list, not a copy.
 *
 * @param sources text by file name
 * @returns the longest shared run of every two files, `a.ts:3-20 ~ b.ts:5-22 (12 lines)`, longest first
 */
export function sameShapes(sources, least) {
  const seen = new Map();
  const runs = new Map();
  for (const [file, text] of Object.entries(sources)) {
    const lines = shapesOf(file, text);
    for (let i = 0; i + least <= lines.length; i++) {
      const shapes = lines.slice(i, i + least).map(({ shape }) => shape);
      if (shapes.every((shape) => shape === shapes[0])) continue;
      const key = shapes.join("\n");
      const here = { file, lines, i };
      for (const there of seen.get(key) ?? []) {
        if (there.file === file && i - there.i < least) continue;
        // One diagonal of the two files: a run goes on as long as each window is the next.
        const diagonal = `${there.file} ${file} ${i - there.i}`;
        const run = runs.get(diagonal)?.at(-1);
        if (run && run.i + run.length - least + 1 === i) run.length++;
        else runs.set(diagonal, [...(runs.get(diagonal) ?? []), { there, here, i, length: least }]);
      }
      seen.set(key, [...(seen.get(key) ?? []), here]);
    }
  }
  const longest = new Map();
  for (const run of [...runs.values()].flat().sort((p, q) => q.length - p.length)) {
    const pair = `${run.there.file} ${run.here.file}`;
    if (!longest.has(pair)) longest.set(pair, run);
  }
  return [...longest.values()].map(({ there, here, length }) => {
    const place = ({ file, lines, i }) => `${file}:${lines[i].number}-${lines[i + length - 1].number}`;
    return `${place(there)} ~ ${place(here)} (${length} lines)`;
  });
}

/** The TypeScript sources below a folder, by path from it. */
export function readSources(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith(".ts"))
      .sort()
      .map((file) => [file.replaceAll("\\", "/"), readFileSync(join(folder, file), "utf8")]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = "helpers/src", least = "12"] = process.argv.slice(2);
  for (const pair of sameShapes(readSources(folder), Number(least))) console.log(pair);
}
