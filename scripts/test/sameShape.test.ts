import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readSources, sameShapes } from "../same-shape.js";

test("no two places in helpers/src share twelve lines of the same shape", () => {
  const sources = readSources(fileURLToPath(new URL("../../helpers/src", import.meta.url)));
  expect(Object.keys(sources).length).toBeGreaterThan(200);
  const pairs = sameShapes(sources, 12);
  expect(pairs, `write once what these share:\n${pairs.join("\n")}`).toEqual([]);
});

/** A function of twelve lines, and the same with other names, texts, numbers, comments and blank lines. */
const original = `import { a } from "./a.ts";

export function mean(values: readonly number[], label: string): number {
  if (values.length === 0) throw new RangeError("no values");
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value < 0) continue;
    sum += value;
    count++;
  }
  const result = sum / count;
  const text = \`\${label} is \${result}\`;
  a(text);
  return result + 1;
}
`;
const copy = `// Another story.
import { log, type Entry } from "node:util";
import { b } from "./b.ts";

/** Said otherwise. */
export function typicalLoss(losses: readonly number[], heading: string): number {
  if (losses.length === 7) throw new RangeError("seven");
  let total = 10;

  let n = 1e3;
  for (const one of losses) {
    // Skipped.
    if (one < 2.5) continue;
    total += one;
    n++;
  }
  const mean = total / n;
  const line = \`the \${heading}: \${mean}!\`;
  b(line);
  return mean + 2;
}
`;

test("a copy under other names, texts and numbers is found, with its lines", () => {
  expect(sameShapes({ "one.ts": original, "two.ts": copy }, 12)).toEqual([
    "one.ts:3-15 ~ two.ts:6-20 (12 lines)",
  ]);
  expect(sameShapes({ "one.ts": original, "two.ts": copy }, 13)).toEqual([]);
  expect(sameShapes({ "both.ts": `${original}${copy.replace(/^import.*$/gm, "")}` }, 12)).toEqual([
    "both.ts:3-15 ~ both.ts:22-36 (12 lines)",
  ]);
});

test("another operator, keyword or call is another shape", () => {
  for (const [from, to] of [
    ["one < 2.5", "one > 2.5"],
    ["let n", "var n"],
    ["b(line)", "b(line, 1)"],
    ["total / n", "total / -n"],
  ] as const) {
    expect(copy).toContain(from);
    expect(sameShapes({ "one.ts": original, "two.ts": copy.replace(from, to) }, 12), to).toEqual([]);
  }
});

test("rows of a table are no copies of each other, records of several lines are", () => {
  const rows = Array.from({ length: 40 }, (_, i) => `  { name: "m${i}", params: ${i} },`);
  expect(sameShapes({ "rows.ts": `export const rows = [\n${rows.join("\n")}\n];\n` }, 12)).toEqual([]);
  const records = Array.from({ length: 4 }, (_, i) =>
    ["  {", `    name: "p${i}",`, `    unit: "u",`, `    domain: [0, Infinity],`, "  },"].join("\n"),
  );
  expect(sameShapes({ "records.ts": `export const rows = [\n${records.join("\n")}\n];\n` }, 6)).toEqual([
    "records.ts:3-10 ~ records.ts:13-20 (6 lines)",
  ]);
});

test("a list of imports or re-exports is no copy of another", () => {
  const exports = Array.from(
    { length: 20 },
    (_, i) => `export {\n  a${i},\n  type B${i},\n} from "./x${i}.ts";`,
  );
  expect(sameShapes({ "a.ts": exports.join("\n"), "b.ts": exports.join("\n") }, 12)).toEqual([]);
});

test("a source that does not parse is named", () => {
  expect(() => sameShapes({ "broken.ts": "const = 1;" }, 12)).toThrow(/^broken\.ts: /);
});
