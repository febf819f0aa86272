import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Law } from "isoflop";
import * as isoflop from "isoflop";
import * as danfo from "isoflop/danfo";
import * as formula from "isoflop/formula";
import * as datasets from "isoflop-datasets";
import * as csv from "isoflop-datasets/csv";
import { describe, expect, test } from "vitest";
import { apiPages, stalePages } from "../api/pages.js";
import { renderDoc } from "../api/renderDoc.js";
import { renderTable } from "../api/renderTable.js";
import { signatureOf } from "../api/signature.js";
import { docOfExport, exportsOf } from "../api/sources.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages: ReadonlyMap<string, string> = apiPages(root, { isoflop, "isoflop-datasets": datasets });

/** An entry of a page: from its heading to the next. */
function entry(page: string, name: string): string {
  const found = pages
    .get(page)!
    .split(/^#+ /m)
    .find((part) => part.startsWith(`${name}\n`));
  if (!found) throw new Error(`${page} has no entry ${name}; export it from the index of its room`);
  return found;
}

test("docs/api is what the sources say: npm run docs", () => {
  expect(stalePages(pages, `${root}docs/api`), "stale pages, written anew by npm run docs").toEqual([]);
});

test("a page that is changed, missing or left over is stale", () => {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-api-"));
  try {
    expect(stalePages(pages, folder)).toHaveLength(pages.size);
    for (const [page, text] of pages) writeFileSync(join(folder, page), text);
    expect(stalePages(pages, folder)).toEqual([]);
    writeFileSync(join(folder, "left-over.md"), "");
    writeFileSync(join(folder, "isoflop-laws.md"), "# another text\n");
    rmSync(join(folder, "isoflop-cost.md"));
    expect(stalePages(pages, folder).sort()).toEqual(["isoflop-cost.md", "isoflop-laws.md", "left-over.md"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every link of the index leads to a page and an anchor that GitHub makes of its headings", () => {
  const links = [...pages.get("README.md")!.matchAll(/\[(`?)([^\]`]+)\1\]\(([^)#]+)(?:#([^)]+))?\)/g)];
  expect(links.length).toBeGreaterThan(500);
  for (const [, , name, page, anchor] of links) {
    const headings = [...pages.get(page!)!.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
    if (anchor === undefined) continue;
    const slugs = headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    const numbered = slugs.map((slug, i) => {
      const before = slugs.slice(0, i).filter((other) => other === slug).length;
      return before ? `${slug}-${before}` : slug;
    });
    const at = numbered.indexOf(anchor);
    expect(at, `${page}#${anchor}`).toBeGreaterThanOrEqual(0);
    expect(`/${headings[at]}`.endsWith(`/${name}`), `${headings[at]} is shown as ${name}`).toBe(true);
  }
});

test("every export has a doc comment", () => {
  const rooms = [
    "helpers/src",
    "helpers/src/formula",
    "helpers/src/danfo",
    "datasets/src",
    "datasets/src/csv",
  ].concat(["session", "notebook", "report"].map((room) => `kernel/src/${room}`));
  const undocumented = rooms
    .flatMap((room) => [...exportsOf(`${root}${room}/index.ts`)])
    .flatMap(([name, place]) => (docOfExport(place) ? [] : [name]));
  expect(undocumented.sort(), "write what each of these is, in a comment /** … */ before it").toEqual([]);
});

test("every function, and every law, has an example, which helpers/test/examples runs", () => {
  const without = Object.entries({
    "helpers/src": isoflop,
    "helpers/src/formula": formula,
    "helpers/src/danfo": danfo,
    "datasets/src": datasets,
    "datasets/src/csv": csv,
  }).flatMap(([room, module]) =>
    [...exportsOf(`${root}${room}/index.ts`)].flatMap(([name, place]) => {
      const value: unknown = (module as Record<string, unknown>)[name];
      const wants = typeof value === "function" || (value as Law | undefined)?.evaluate !== undefined;
      return wants && !docOfExport(place)!.includes("@example") ? [name] : [];
    }),
  );
  expect(without, "add @example with code and, behind // =>, what a line of it gives").toEqual([]);
});

test("every law that is exported is entered among the built-in ones", () => {
  const entered = new Set(isoflop.builtInLaws.map((law) => law.specification!.kind));
  const laws = [...exportsOf(`${root}helpers/src/laws/index.ts`)].flatMap(([name, place]) => {
    const value: unknown = (isoflop as unknown as Record<string, unknown>)[name];
    const isLaw =
      (value as Law | undefined)?.evaluate !== undefined ||
      (typeof value === "function" && /\): (Broken)?(Power)?Law</.test(signatureOf(place)));
    return isLaw ? [name] : [];
  });
  expect(laws.length).toBeGreaterThan(10);
  expect(
    laws.filter((name) => !entered.has(name)),
    "enter these in helpers/src/laws/builtInLaws.ts, so that they are listed, saved, loaded and sent to threads",
  ).toEqual([]);
});

describe("a law's entry", () => {
  test.each(isoflop.builtInLaws.map((law) => [law.name, law] as const))(
    "of %s has its formula, and every variable and parameter with unit and domain",
    (_, law) => {
      const text = entry("isoflop-laws.md", law.specification!.kind);
      expect(text).toContain(`$$\n${law.tex}\n$$`);
      for (const { name, unit, description } of [law.response, ...law.variables, ...law.parameters]) {
        const cells = text
          .split("\n")
          .filter((line) => line.includes(`| \`${name}\` |`))
          .map((line) => line.split("|").map((cell) => cell.trim()));
        expect(cells.map((row) => [row[3], row[5]])).toContainEqual([unit, description]);
        for (const row of cells) expect(row[4]).toMatch(/^(> 0|any number|[≥≤] [\d.-]+|[\d.-]+ to [\d.-]+)$/);
      }
    },
  );

  test("tells a domain as people write it", () => {
    expect(entry("isoflop-laws.md", "brokenPowerLaw")).toContain("| parameter | `f1` | 1 | 0.01 to 20 |");
    expect(entry("isoflop-laws.md", "chinchillaInteraction")).toMatch(/\| `G` \| .* \| any number \|/);
    expect(entry("isoflop-laws.md", "chinchilla")).toContain("| `alpha` | 1 | ≥ 0 |");
  });

  test("of published constants gives their values", () => {
    expect(entry("isoflop-laws.md", "hoffmann2022Rounded")).toContain("| `A` | 406.4 | nats per token");
  });
});

describe("a loader's entry", () => {
  const loaders = Object.entries(datasets).flatMap(([name, value]) =>
    "schema" in value ? [{ name, ...value }] : [],
  );

  test("is there for every table", () => {
    const tables = readdirSync(`${root}datasets/tables`).filter((file) => file.endsWith(".csv"));
    expect(loaders.map(({ table }) => `${table}.csv`).sort()).toEqual(tables.sort());
  });

  test.each(loaders)(
    "of $name has every column with what it accepts, its unit and its meaning",
    ({ name, schema, table }) => {
      const text = entry("isoflop-datasets-tables.md", name);
      const cells = text
        .split("\n")
        .filter((line) => line.startsWith("| `"))
        .map((line) =>
          line
            .slice(2, -2)
            .split(/ (?<!\\)\| /)
            .map((cell) => cell.replaceAll("\\|", "|")),
        );
      expect(cells.map(([field, header]) => [field, header])).toEqual(
        Object.entries(schema).map(([field, { header }]) => [`\`${field}\``, `\`${header}\``]),
      );
      for (const [field, , accepts, unit, meaning] of cells) {
        expect(meaning, `the meaning of ${field}`).not.toBe("");
        if (accepts!.includes("number")) expect(unit, `the unit of ${field}`).not.toBe("");
      }
      expect(text).toContain(`[datasets/tables/${table}.md](../../datasets/tables/${table}.md)`);
    },
  );

  test("tells what a column accepts, not a list of fields a second time", () => {
    const text = entry("isoflop-datasets-tables.md", "chinchillaFigure4");
    expect(text).toContain("| `loss` | `loss_nats` | number > 0 | nats per token | final loss, read from");
    expect(text).toContain("function chinchillaFigure4(): readonly Row<typeof chinchillaFigure4>[]");
    expect(text).not.toMatch(/^- `nParams`/m);
    expect(text).toContain("The 245 training runs");
  });
});

test("a loader whose datasheet is missing, or misses a column, gets a page with what is there", () => {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-sheet-"));
  try {
    const load = datasets.defineTable("t", {
      n: datasets.positive("n"),
      s: datasets.optional(datasets.text("s")),
    });
    expect(renderTable(load, folder)).toContain(
      "| `n` | `n` | number > 0 |  |  |\n| `s` | `s` | text or none |",
    );
    mkdirSync(join(folder, "datasets/tables"), { recursive: true });
    const rows =
      "| column | type | unit | meaning |\n| --- | --- | --- | --- |\n| n | number > 0 | tokens | a \\| b |\n";
    writeFileSync(join(folder, "datasets/tables/t.md"), rows);
    expect(renderTable(load, folder)).toContain("| `n` | `n` | number > 0 | tokens | a \\| b |\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an overloaded function has its doc comment and all overloads, and not the signature behind them", () => {
  const text = entry("isoflop-laws.md", "brokenPowerLaw");
  expect(text).toContain("A smoothly broken power law");
  expect(text).toContain("): BrokenPowerLaw<V, 1, R>");
  expect(text).toContain("): BrokenPowerLaw<V, 1 | 2, R>");
  expect(text).not.toContain("breaks: 1 | 2");
});

test("a newcomer finds the densing law by name in the index, in a section of its own", () => {
  expect(pages.get("README.md")).toContain("  - [densing](isoflop-inference.md#inferencedensing): ");
  expect(pages.get("isoflop-inference.md")).toMatch(/^## inference\/densing$/m);
});

test("an object of functions is shown as it is called, a function with others on it too", () => {
  const session = exportsOf(`${root}kernel/src/session/index.ts`);
  expect(signatureOf(session.get("comm"))).toMatch(/open\(target: string, .*\): Channel;/);
  expect(signatureOf(session.get("display"))).toMatch(
    /\(value: unknown, .*\): DisplayHandle;\n {2}html\(html: string/,
  );
});

test("text after a tag stays text, and an unknown tag is refused", () => {
  expect(
    renderDoc("What.\n\n@param x a\n  number\n\nSource: a paper.\n\n@throws Error when\n@example\nf(1);"),
  ).toBe("What.\n\nSource: a paper.\n\n- `x`: a number\n\n- Throws Error when\n\n```ts\nf(1);\n```");
  expect(() => renderDoc("What.\n\n@retruns x")).toThrow("the tag @retruns is not known");
});

test("every README leads to the pages", () => {
  for (const readme of ["README.md", "helpers/README.md", "datasets/README.md", "kernel/README.md"]) {
    expect(readFileSync(`${root}${readme}`, "utf8"), readme).toMatch(
      /\]\((\.\.\/)?docs\/api(\/[\w-]+\.md)?\)/,
    );
  }
  expect(readdirSync(`${root}docs/api`)).toContain("README.md");
});
