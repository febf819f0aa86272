import { type ClaimRow, claim, claimMimeType, claimsTable, jupyterDisplay } from "isoflop";
import { describe, expect, test } from "vitest";

const source = "Besiroglu et al. 2024, equation 3";
const row: ClaimRow = { id: "alpha", source, printed: "0.3478", ours: 0.34781 };
const only = (changes: Partial<ClaimRow>) => claimsTable([{ ...row, ...changes }]).claims[0]!;

describe("a row with a number", () => {
  test("is the claim that `claim` makes of the same figures", () => {
    expect(claimsTable([{ ...row, tolerance: 0.001, note: "L1" }]).claims[0]).toEqual(
      claim({ id: "alpha", source, published: 0.3478, reproduced: 0.34781, tolerance: 0.001, note: "L1" }),
    );
    expect(only({ printed: 0.3478, tolerance: 0.001 })).toEqual(only({ tolerance: 0.001 }));
  });

  test.each<[printed: string, value: number, halfUnit: number]>([
    ["0.50", 0.5, 0.005],
    [".0285", 0.0285, 0.00005],
    ["0.000010", 0.00001, 5e-7],
    ["84", 84, 0.5],
    ["634,773", 634773, 0.5],
    ["-0.713", -0.713, 0.0005],
    ["−23.1", -23.1, 0.05],
    ["1.2e-16", 1.2e-16, 5e-18],
    ["2.4e19", 2.4e19, 5e17],
    ["0", 0, 0.5],
  ])("printed as %s may lie half a unit of the last digit off, to the edge", (printed, value, halfUnit) => {
    const one = only({ printed, ours: value + halfUnit });
    expect(one).toMatchObject({ published: value, tolerance: { absolute: halfUnit }, verdict: "reproduced" });
    expect(only({ printed, ours: value + 1.01 * halfUnit }).verdict).toBe("differs");
    expect(only({ printed, ours: value - 1.01 * halfUnit }).verdict).toBe("differs");
  });

  test("opens its note with because", () => {
    const one = only({ ours: 0.4, because: "the printed value is another fit's", note: "seed 42" });
    expect(one).toMatchObject({ verdict: "differs", note: "the printed value is another fit's; seed 42" });
    expect(only({ ours: 0.4 }).note).toBe("ours is +15 % off");
  });
});

describe("a row with a finding in words", () => {
  test("is reproduced where it holds, with what was found or the words themselves as ours", () => {
    const words = { printed: "a plateau", ours: true };
    expect(only(words)).toMatchObject({ verdict: "reproduced", reproduced: "a plateau", tolerance: null });
    expect(only({ ...words, found: "a factor of 2.3" }).reproduced).toBe("a factor of 2.3");
  });

  test("differs where it does not, with what was found and why", () => {
    const one = only({ printed: "linear", ours: false, found: "R² 0.88", because: "few points" });
    expect(one).toMatchObject({ verdict: "differs", reproduced: "R² 0.88", note: "few points" });
  });

  test("keeps a number in words as words", () => {
    expect(only({ printed: "5", ours: true, found: "4.2 to 5.2" }).published).toBe("5");
  });
});

test("a row with a sentence is not checkable, and the sentence says why", () => {
  const missing = "needs the training curves";
  const one = only({ printed: "0.50", ours: missing });
  expect(one).toMatchObject({ published: 0.5, reproduced: null, tolerance: null });
  expect(one).toMatchObject({ verdict: "not checkable", note: missing });
  expect(only({ printed: "better", ours: missing, found: 0.4, note: "one run" })).toMatchObject({
    published: "better",
    reproduced: 0.4,
    note: "needs the training curves; one run",
  });
});

test("rows take from what they share where they say nothing themselves", () => {
  const rows: ClaimRow[] = [
    { id: "a", printed: 2, ours: 2.1 },
    { id: "b", source: "beta", printed: 2, ours: 2.1, tolerance: 0.01, because: "", note: undefined },
  ];
  const table = claimsTable(rows, { source, tolerance: 0.1, because: "seeds", note: "n = 3" });
  expect(table.claims[0]).toMatchObject({
    source,
    tolerance: 0.1,
    verdict: "reproduced",
    note: "seeds; n = 3",
  });
  expect(table.claims[1]).toMatchObject({
    source: "Besiroglu et al. 2024, equation 3, beta",
    tolerance: 0.01,
    verdict: "differs",
    note: "n = 3",
  });
});

test("a shared tolerance is none of a row's without numbers to compare", () => {
  const rows: ClaimRow[] = [
    { id: "words", printed: "grows", ours: true },
    { id: "missing", printed: 2, ours: "no data", found: 2.1 },
    { id: "own", printed: 2, ours: "no data", found: 2.1, tolerance: 0.05 },
  ];
  const tolerances = claimsTable(rows, { source, tolerance: 0.1 }).claims.map((one) => one.tolerance);
  expect(tolerances).toEqual([null, null, 0.05]);
});

test("evidence is part of the record only where it is named", () => {
  expect(only({ evidence: "refitted" }).evidence).toBe("refitted");
  expect(claim({ id: "w", source, published: "a", reproduced: "a", evidence: "simulated" }).evidence).toBe(
    "simulated",
  );
  expect(Object.keys(only({}))).toEqual([
    "id",
    "source",
    "published",
    "reproduced",
    "tolerance",
    "verdict",
    "note",
  ]);
});

test("rows and claims made before stand in one table, in the order given", () => {
  const made = claim({ id: "made", source, published: "falls", reproduced: "falls" });
  const table = claimsTable([row, made, { ...row, id: "missing", ours: "no data" }]);
  expect(table.claims.map(({ id }) => id)).toEqual(["alpha", "made", "missing"]);
  expect(table.counts).toEqual({ reproduced: 2, differs: 0, "not checkable": 1 });
  expect(table[jupyterDisplay]()[claimMimeType]).toEqual(table.claims.map((one) => ({ ...one })));
});

test.each<[string, unknown, RegExp]>([
  [
    "no id",
    { ...row, id: undefined },
    /row 2 of the claims \(Besiroglu.*\) needs an id, got undefined; give/,
  ],
  ["a blank id", { printed: "0.5", id: " ", ours: 1 }, /row 2 of the claims \(printed "0.5"\) needs an id/],
  ["nothing in it", {}, /row 2 of the claims needs an id/],
  ["no row", null, /row 2 of the claims is null; a row is \{ id, source, printed, ours/],
  ["the id of another", { ...row, id: "first" }, /rows 1 and 2 of the claims share the id "first".*another/],
  [
    "a slip in a key",
    { ...row, tolerence: 0.1 },
    /row 2 .*"alpha",.*"tolerence"; did you mean "tolerance"\?/,
  ],
  [
    "a key in capitals",
    { ...row, OURS: 1 },
    /unknown key "OURS"; did you mean "ours"\? Known are id, printed/,
  ],
  ["the old name of printed", { ...row, published: 1 }, /unknown key "published"; did you mean "printed"/],
  ["the old name of ours", { ...row, reproduced: 1 }, /unknown key "reproduced"; did you mean "ours"/],
  ["no printed", { ...row, printed: "" }, /"alpha", has no printed; give/],
  ["no ours", { ...row, ours: undefined }, /"alpha", has no ours; give our number, true or false/],
  ["an empty sentence", { ...row, ours: "" }, /"alpha", has no ours/],
  [
    "NaN as ours",
    { ...row, ours: Number.NaN },
    /"alpha", has NaN as ours, which is no figure; mend the cell/,
  ],
  ["an infinite printed", { ...row, printed: -Infinity, tolerance: 1 }, /has -Infinity as printed/],
  ["NaN as found", { ...row, ours: true, found: Number.NaN }, /has NaN as found/],
  ["a list as ours", { ...row, ours: [1] }, /"alpha", has \[1\] as ours; a row is/],
  [
    "a number beside words",
    { ...row, printed: "about 70" },
    /the number 0.34781 beside "about 70", which is none/,
  ],
  [
    "a printed number and no tolerance",
    { ...row, printed: 0.35 },
    /"alpha", has no tolerance; print the figure/,
  ],
  ["zeros that say nothing", { ...row, printed: "20,000" }, /prints "20,000", whose zeros do not say.*50 \}/],
  ["found beside a number", { ...row, found: "a rise" }, /the number 0.34781 as ours and "a rise" as found/],
  ["false and nothing found", { ...row, ours: false }, /does not hold; give as found/],
  [
    "false and no reason",
    { ...row, ours: false, found: "b" },
    /"alpha" is given as differing: its note must/,
  ],
  ["no source", { ...row, source: undefined }, /"alpha" needs a source/],
  ["a negative tolerance", { ...row, tolerance: -1 }, /"alpha": tolerance must be a number >= 0, got -1/],
  [
    "evidence of another kind",
    { ...row, evidence: "guessed" },
    /evidence must be one of recomputed.*"guessed"/,
  ],
])("a row with %s is refused, saying which and what to do", (_, bad, message) => {
  expect(() => claimsTable([{ ...row, id: "first" }, bad as ClaimRow])).toThrow(message);
});

test("an unknown key of what the rows share is refused", () => {
  expect(() => claimsTable([row], { sauce: "Table 2" } as never)).toThrow(
    /what the rows share has the unknown key "sauce"; did you mean "source"\?/,
  );
});
