import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { parseMap } from "../../../src/tables/chooseColumns.ts";
import { readColumns } from "../../../src/tables/readColumns.ts";
import { wideChart } from "../../../src/tables/separated/wideChart.ts";
import { type LoadOptions, loadRuns } from "../loadRecords.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();
const law = { ...chinchilla, variables: chinchilla.variables.filter(({ name }) => name === "nTokens") };
const load = (path: string, more: Partial<LoadOptions> = {}) =>
  loadRuns(path, law, { map: parseMap("nTokens=Step*1000000"), fields: [], dropBad: false, ...more });

// As wandb's page exports a chart: everything in quotes, each run with its smallest and largest value.
const quoted = (cells: readonly (string | number)[]) => cells.map((cell) => `"${cell}"`).join(",");
const bounds = (name: string) => [name, `${name}__MIN`, `${name}__MAX`];
const chart = `${[
  quoted(["Step", ...bounds("small - val/loss"), ...bounds("large - warm - val/loss")]),
  quoted([100, 4.5, 4.5, 4.5, "", "", ""]),
  quoted([200, 4.1, 4.1, 4.1, 4.2, 4.2, 4.2]),
  quoted([300, 3.9, 3.9, 3.9, 3.8, 3.8, 3.8]),
].join("\n")}\n`;

describe("a chart that wandb exports", () => {
  test("is read as one row a run and step", async () => {
    const { runs, notes, groups, placeOf } = await load(file(chart), { group: "run" });
    expect(runs.map(({ nTokens, loss }) => [nTokens, loss])).toEqual([
      [1e8, 4.5],
      [2e8, 4.1],
      [2e8, 4.2],
      [3e8, 3.9],
      [3e8, 3.8],
    ]);
    expect(groups).toEqual(["small", "small", "large - warm", "small", "large - warm"]);
    expect(notes).toContain(
      "a chart of 2 runs (val/loss), read as one row a run and step; --last-of run takes the last of each",
    );
    expect([0, 4].map(placeOf)).toEqual(["line 2", "line 4"]);
  });

  test("of which the last row of each run may be asked", async () => {
    const { runs, notes } = await load(file(chart), { lastOf: "run" });
    expect(runs.map(({ loss }) => loss)).toEqual([3.9, 3.8]);
    expect(notes).toContain("the last row of each of 2 by run");
  });

  test("with several metrics has a column for each", async () => {
    const text = `${quoted(["Step", ...bounds("a - train/loss"), ...bounds("a - val/loss")])}\n${quoted([1, 3, 3, 3, 4, 4, 4])}\n`;
    const { numbers, texts } = await readColumns(file(text), (header) => {
      expect(header).toEqual(["run", "Step", "train/loss", "val/loss"]);
      return { numbers: ["train/loss", "val/loss"], texts: ["run"] };
    });
    expect([numbers.get("train/loss")![0], numbers.get("val/loss")![0], texts.get("run")![0]]).toEqual([
      3,
      4,
      "a",
    ]);
  });

  test("without smallest and largest values is one where its first column counts steps", () => {
    expect(wideChart(["Step", "a - loss", "b - loss"])?.runs.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(wideChart(["Wall time", "Step", "Value"])).toBeUndefined();
    expect(wideChart(["params", "tokens - billions", "loss - eval"])).toBeUndefined();
    expect(wideChart(["Step", "a - loss", "lr"])).toBeUndefined();
    expect(wideChart(["Step"])).toBeUndefined();
  });

  test("a value that is none is told with its line, in the run's metric", async () => {
    await expect(load(file(chart.replace('"3.8","3.8"', '"NaN","3.8"')))).rejects.toThrow(
      / 4 +val\/loss +NaN/,
    );
  });
});
