import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { parseTable, type Schema } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import {
  allDatasets,
  type Dataset,
  findDataset,
  searchDatasets,
} from "../../src/answers/datasets/catalogue.ts";
import { recordsOf } from "../../src/answers/datasets/cells.ts";
import { parseDatasheet, readDatasheet } from "../../src/answers/datasets/Datasheet.ts";
import { datasetsJson, datasetsText } from "../../src/answers/datasets/datasetsList.ts";
import { datasetJson, datasetText } from "../../src/answers/datasets/describeDataset.ts";
import { exportDataset, exportKind } from "../../src/answers/datasets/exportDataset.ts";

const all = allDatasets();

test("every table has a name, a loader and a datasheet that knows its rows and columns", () => {
  expect(all.length).toBeGreaterThan(50);
  for (const dataset of all) {
    const sheet = readDatasheet(dataset.name);
    const headers = Object.values(dataset.load.schema).map(({ header }) => header);
    expect(sheet.rows, dataset.name).toBe(dataset.load().length);
    expect(sheet.columns.map(({ name }) => name).sort(), dataset.name).toEqual(headers.sort());
    expect(sheet.summary, dataset.name).toMatch(/\.$/);
    for (const words of ["Source", "Licence", "Cautions"])
      expect(sheet.paragraphs.get(words), dataset.name).toBeTruthy();
  }
});

describe("export", () => {
  /** The table as it was before, from what was written. */
  const readBack = ({ load, name }: Dataset, csv: string) => parseTable(csv, load.schema, name);

  test("every table is read back from its CSV with the same values in every cell", async () => {
    for (const dataset of all) {
      const csv = (await exportDataset(dataset, "csv")) as string;
      expect(readBack(dataset, csv), dataset.name).toEqual(dataset.load());
    }
  });

  test("every table says the same in JSON, JSON Lines and TSV", async () => {
    for (const dataset of all) {
      const records = recordsOf(dataset);
      const [json, lines, tsv] = (await Promise.all(
        (["json", "jsonl", "tsv"] as const).map((format) => exportDataset(dataset, format)),
      )) as [string, string, string];
      expect(JSON.parse(json), dataset.name).toEqual(records);
      expect(
        lines
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line)),
      ).toEqual(records);
      expect(tsv.split("\n")[0]).toBe(Object.keys(records[0]!).join("\t"));
    }
  });

  test.each(["chinchilla_figure4", "base_model_scores", "isoflops_published"])(
    "%s is read back from Parquet, texts, gaps and all",
    async (name) => {
      const dataset = findDataset(name);
      const path = join(mkdtempSync(join(tmpdir(), "parquet-")), "a.parquet");
      writeFileSync(path, await exportDataset(dataset, "parquet"));
      const records = recordsOf(dataset);
      expect(await parquetReadObjects({ file: await asyncBufferFromFile(path) })).toEqual(records);
    },
  );

  test("cells that hold separators, quotes and line ends come back as they were", async () => {
    const column = { header: "a", expected: "text", read: (cell: string) => cell, optional: false };
    const schema: Schema = { a: column, b: { ...column, header: "b" } };
    const cell = fc
      .string({ unit: fc.constantFrom("a", ",", "\t", '"', "\n", " ", "é") })
      .map((text) => `x${text}`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: cell, b: cell }), { minLength: 1 }), async (rows) => {
        const load = Object.assign(() => rows, { table: "t", schema });
        const csv = (await exportDataset({ name: "t", loader: "t", load }, "csv")) as string;
        expect(parseTable(csv, schema, "t.csv")).toEqual(rows);
      }),
    );
  });

  test.each([
    ["a.csv", "csv"],
    ["dir.x/a.TSV", "tsv"],
    ["a.ndjson", "jsonl"],
    ["a.parquet", "parquet"],
    ["a.csv.gz", undefined],
    ["a.xlsx", undefined],
    ["csv", undefined],
  ])("the name %s says %s", (path, kind) => expect(exportKind(path)).toBe(kind));
});

describe("finding", () => {
  test.each(["chinchilla_figure4", "chinchillaFigure4", "CHINCHILLA-FIGURE4", "chinchilla_figure4.csv"])(
    "%s is the table",
    (name) => expect(findDataset(name).loader).toBe("chinchillaFigure4"),
  );

  test.each([
    ["chinchilla_figur4", "Did you mean chinchilla_figure4?"],
    ["stepLawDens", "Did you mean step_law_dense?"],
    ["__proto__", 'no table is called "__proto__"'],
    ["constructor", 'no table is called "constructor"'],
    ["defineTable", 'no table is called "defineTable"'],
    ["", 'no table is called ""'],
    ["../../package", "isoflop datasets lists them all"],
    ["x".repeat(100_000), "…"],
  ])("%.40s is told as no table", (name, message) => {
    expect(() => findDataset(name)).toThrow(RangeError);
    expect(() => findDataset(name)).toThrow(message);
  });

  test("words are looked for in names, papers and columns, and all must be there", () => {
    const found = (...words: string[]) => searchDatasets(words).map(({ dataset }) => dataset.name);
    expect(found("2203.15556", "loss")).toContain("chinchilla_figure4");
    expect(found("MIXTURE-of-experts")).toEqual(["step_law_moe"]);
    expect(found("chinchilla", "no such word")).toEqual([]);
    expect(found()).toHaveLength(all.length);
  });
});

test("a datasheet is read with either line end, and its paper with the title where it is given", () => {
  const sheet = [
    "# x",
    "",
    'Runs of\nSomebody 2024 ("A Title", arXiv:2401.00001).',
    "",
    "| column | type | unit | meaning |",
    "| --- | --- | --- | --- |",
    "| `a` | one of `p`, `q` |  | p \\| q |",
    "",
    "**Rows.** 2.",
    "",
    "**Source.** There.",
  ].join("\n");
  for (const text of [sheet, sheet.replaceAll("\n", "\r\n")])
    expect(parseDatasheet(text)).toMatchObject({
      summary: 'Runs of Somebody 2024 ("A Title", arXiv:2401.00001).',
      rows: 2,
      paper: { title: "A Title", arxiv: "2401.00001" },
      columns: [{ name: "a", type: "one of p, q", unit: "", meaning: "p | q" }],
    });
});

test("what is shown of a table fits the terminal, and says where it comes from", () => {
  for (const { dataset, sheet } of searchDatasets([]))
    for (const width of [60, 80, 120]) {
      const lines = [datasetText(dataset, sheet, 3, width), datasetsText([{ dataset, sheet }], width)]
        .join("\n")
        .split("\n");
      // A word, and the line to copy, are as long as they are.
      const wide = lines.filter((line) => line.length > width && /\S \S/.test(line.trim()));
      expect(
        wide.filter((line) => !/^(In a notebook|As a file):/.test(line)),
        dataset.name,
      ).toEqual([]);
    }
  const { dataset, sheet } = searchDatasets(["chinchilla_figure4"])[0]!;
  expect(datasetText(dataset, sheet, 1)).toContain("The first row, rounded:");
  expect(datasetText(dataset, sheet, 0)).not.toContain("first");
  expect(datasetJson(dataset, sheet, 1)).toMatchObject({
    columns: expect.arrayContaining([
      {
        name: "loss_nats",
        field: "loss",
        type: "number > 0",
        unit: "nats per token",
        meaning: expect.any(String),
      },
    ]),
    notes: { Licence: expect.stringContaining("no licence file") },
    firstRows: [{ is_outlier: true }],
  });
  expect(datasetsJson([{ dataset, sheet }])).toEqual([
    expect.objectContaining({
      name: "chinchilla_figure4",
      rows: 245,
      paper: { title: expect.any(String), arxiv: "2203.15556" },
    }),
  ]);
});
