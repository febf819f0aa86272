import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { BadRowsError, type LoadOptions, loadAllRecords as loadAllRuns, loadRuns } from "./loadRecords.ts";
import { temporaryFiles } from "./temporaryFiles.ts";

const { file } = temporaryFiles();
const options: LoadOptions = { map: [], fields: [], dropBad: false };
const load = (path: string, more: Partial<LoadOptions> = {}) =>
  loadRuns(path, chinchilla, { ...options, ...more });

describe("rows that repeat another", () => {
  const csv =
    "run,params,tokens,loss\na,1e9,2e10,2.5\nb,1e9,2e10,2.5\na,1e9,2e10,2.5\nc,7e9,2e10,2.25\nc,7e9,2e10,2.250\n";
  const json = csv
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","))
    .map(
      ([run, params, tokens, loss]) =>
        `{"run":"${run}","params":${params},"tokens":${tokens},"loss":${loss}}`,
    );

  test("are kept, and counted: replicates are data", async () => {
    const { runs, notes, dropped } = await load(file(csv));
    expect(runs).toHaveLength(5);
    expect(dropped).toBe(0);
    expect(notes).toContain(
      "3 rows have the same numbers as an earlier one and are kept (--duplicates drop leaves out those that repeat in every column)",
    );
    const without = await load(file("params,tokens,loss\n1e9,2e10,2.5\n2e9,2e10,2.4\n"));
    expect(without.notes.join()).not.toContain("same numbers");
  });

  test.each([
    ["csv", csv],
    ["jsonl", json.join("\n")],
    ["json", `[${json.join(",")}]`],
  ])("are dropped where all columns repeat, those of no use too: %s", async (extension, content) => {
    const { runs, notes } = await load(file(content, extension), { duplicates: "drop" });
    // 2.25 and 2.250 are one number in JSON, and two texts in CSV.
    const left = extension === "json" ? 3 : 4;
    expect(runs).toHaveLength(left);
    expect(notes).toContain(`${5 - left} of 5 rows repeat an earlier one as a whole and were left out`);
  });

  test("are refused with the row that they repeat", async () => {
    const error = await load(file(csv), { duplicates: "refuse" }).catch((caught: Error) => caught);
    expect(error).toBeInstanceOf(BadRowsError);
    expect(String(error)).toMatch(
      /1 of 5 rows[\s\S]*\n +4 +\(all\) +repeats line 2 as a whole; --duplicates keep takes both/,
    );
    const { dropped } = await load(file(csv), { duplicates: "refuse", dropBad: true });
    expect(dropped).toBe(1);
  });
});

describe("checks of units", () => {
  const small = "params,tokens,loss\n7,1.4,2.2\n13,1.4,2.1\n";
  test("are told off for fine-tuning sizes and steps", async () => {
    await expect(load(file(small))).rejects.toThrow(/take it as it is with --unit-check off/);
    const { runs } = await load(file(small), { unitCheck: false });
    expect(runs.map(({ nParams }) => nParams)).toEqual([7, 13]);
  });

  test("perplexities", async () => {
    const path = file("params,tokens,loss\n1e9,2e10,31\n");
    await expect(load(path)).rejects.toThrow(/is it a perplexity\? take its logarithm, or --unit-check off/);
    expect((await load(path, { unitCheck: false })).runs[0]!.loss).toBe(31);
  });

  test("what no law can take is refused all the same", async () => {
    for (const row of ["0,1,2", "-1,1,2", "1,1,0", "Infinity,1,2", "NaN,1,2", ",1,2"])
      await expect(load(file(`params,tokens,loss\n${row}\n5,6,1\n`), { unitCheck: false })).rejects.toThrow(
        /1 of 2 rows/,
      );
  });
});

describe("rows are those of the file", () => {
  const text =
    "# head\n\nparams,tokens,loss\n1e9,2e10,\n1e9,3e10,nan\n\n# note\n2e9,2e10,2.5\n3e9,2e10,2.4\n";

  test("in messages, and for runs that are left when bad ones are dropped", async () => {
    await expect(load(file(text))).rejects.toThrow(/\n +4 +loss +\(empty\) +not a number\n +5 +loss +nan/);
    const { runs, placeOf } = await load(file(text), { dropBad: true });
    expect(runs.map((_, k) => placeOf(k))).toEqual(["line 8", "line 9"]);
  });

  test("of several files, with their names", async () => {
    const [one, other] = [file(text), file('[{"params":5e9,"tokens":2e10,"loss":2.3}]', "json")];
    const { placeOf } = await loadAllRuns([{ path: one }, { path: other }], chinchilla, {
      ...options,
      dropBad: true,
    });
    expect([0, 1, 2].map(placeOf)).toEqual([`${one}, line 8`, `${one}, line 9`, `${other}, row 1`]);
  });
});

describe("rows that are not asked for", () => {
  const text =
    "corpus,params,tokens,loss,lr\npile,1e9,2e10,2.5,0.1\nc4,7,bad,99,x\npile,2e9,2e10,2.4,0.2\npile,3e9,2e10,2.3,0.3\n";

  test("may be anything", async () => {
    const { runs, notes, placeOf } = await load(file(text), {
      where: {
        text: "corpus = pile and lr > 0.15",
        numbers: ["lr"],
        texts: ["corpus"],
        holds: (row) => row.text("corpus") === "pile" && row.number("lr") > 0.15,
      },
    });
    expect(runs.map(({ loss }) => loss)).toEqual([2.4, 2.3]);
    expect(notes).toContain("2 of 4 rows where corpus = pile and lr > 0.15");
    expect(placeOf(0)).toBe("line 4");
  });

  test("the last of each is taken before it is looked at", async () => {
    const { runs } = await load(file(text), {
      lastOf: "corpus",
      where: {
        text: "corpus = pile",
        numbers: [],
        texts: ["corpus"],
        holds: (row) => row.text("corpus") === "pile",
      },
    });
    expect(runs.map(({ loss }) => loss)).toEqual([2.3]);
    await expect(load(file(text), { lastOf: "corpus" })).rejects.toThrow(/1 of 4 rows[\s\S]*\n +3 +params/);
  });

  test("columns that options name and the file has not are told with the nearest", async () => {
    const where = { text: "", numbers: ["lrr"], texts: [], holds: () => true };
    await expect(load(file(text), { where })).rejects.toThrow(
      '--where names the column "lrr", which the file has not; did you mean "lr"?',
    );
    await expect(load(file(text), { lastOf: "Corpus" })).rejects.toThrow(
      '--last-of names the column "Corpus", which the file has not; did you mean "corpus"?',
    );
    await expect(load(file(text), { group: "corpse" })).rejects.toThrow('--group names the column "corpse"');
  });

  test("texts of the rows that are left", async () => {
    const { texts } = await load(file(text), { texts: ["corpus", "lr"], dropBad: true });
    expect([...texts]).toEqual([
      ["corpus", ["pile", "pile", "pile"]],
      ["lr", ["0.1", "0.2", "0.3"]],
    ]);
  });
});
