import { Claim, type ClaimInput, claim, claimMimeType, claimsTable, jupyterDisplay } from "isoflop";
import { describe, expect, test } from "vitest";

const source = "Besiroglu et al. 2024, Table 1";
const alpha: ClaimInput = { id: "alpha", source, published: 0.3478, reproduced: 0.34731, tolerance: 0.01 };

describe("the verdict", () => {
  test("is 'reproduced' when ours lies within the relative tolerance", () => {
    expect(claim(alpha).verdict).toBe("reproduced");
    expect(claim(alpha).note).toBe("");
  });

  test("is 'differs' beyond the tolerance, with the relative difference as its note", () => {
    const one = claim({ ...alpha, reproduced: 0.38258 });
    expect(one.verdict).toBe("differs");
    expect(one.note).toBe("ours is +10 % off");
  });

  test("keeps the author's note on a difference", () => {
    expect(claim({ ...alpha, reproduced: 0.5, note: "delta matters" }).note).toBe("delta matters");
  });

  test("takes an absolute tolerance, and its very edge counts as within", () => {
    const one = claim({ ...alpha, published: 0.495, reproduced: 0.497, tolerance: { absolute: 0.002 } });
    expect(one.verdict).toBe("reproduced");
    const beyond = claim({ ...alpha, published: 0.495, reproduced: 0.49701, tolerance: { absolute: 0.002 } });
    expect(beyond.verdict).toBe("differs");
  });

  test("between equal findings in words is 'reproduced', between different ones it is the author's", () => {
    expect(claim({ id: "w", source, published: "a falls", reproduced: "a falls" }).verdict).toBe(
      "reproduced",
    );
    const other = { id: "w", source, published: "a falls", reproduced: "a rises" };
    expect(() => claim(other)).toThrow(/give the verdict/);
    expect(claim({ ...other, verdict: "differs", note: "sign of beta" }).verdict).toBe("differs");
  });
});

test.each<[string, Partial<ClaimInput>, RegExp]>([
  ["no id", { id: "" }, /needs an id/],
  ["no source", { source: " " }, /"alpha" needs a source/],
  ["no published figure", { published: "" }, /needs the published figure/],
  ["a reproduced NaN", { reproduced: Number.NaN }, /reproduced must be a finite number, got NaN/],
  [
    "an infinite published figure",
    { published: Number.POSITIVE_INFINITY },
    /published must be a finite number/,
  ],
  ["no tolerance", { tolerance: undefined }, /has no tolerance/],
  ["a negative tolerance", { tolerance: -0.1 }, /tolerance must be a number >= 0, got -0.1/],
  ["a relative tolerance around 0", { published: 0 }, /use \{ absolute/],
  ["'not checkable' without a note", { verdict: "not checkable" }, /must say what is missing/],
  ["'differs' without a note", { verdict: "differs" }, /must say why/],
  ["'reproduced' against the numbers", { reproduced: 1, verdict: "reproduced" }, /beyond its tolerance/],
  ["a verdict of another kind", { verdict: "maybe" as never }, /verdict must be one of/],
  ["no reproduced figure", { reproduced: undefined }, /has no reproduced figure/],
])("a claim with %s is refused, saying what to do", (_, change, message) => {
  expect(() => claim({ ...alpha, ...change })).toThrow(message);
});

test("a claim is immutable", () => {
  const one = claim(alpha);
  expect(one).toBeInstanceOf(Claim);
  expect(() => Object.assign(one, { verdict: "differs" })).toThrow(TypeError);
});

const unstyled = (html: unknown) => String(html).replaceAll(/ style="[^"]*"/g, "");

test("a claim shows itself as a row and hands its record to the report", () => {
  const one = claim({ ...alpha, published: 482.01, reproduced: 481.92837, id: "A <b>" });
  const bundle = one[jupyterDisplay]();
  expect(bundle[claimMimeType]).toEqual({
    id: "A <b>",
    source,
    published: 482.01,
    reproduced: 481.92837,
    tolerance: 0.01,
    verdict: "reproduced",
    note: "",
  });
  expect(bundle["text/html"]).toContain('<th scope="row" style="text-align: left">A &lt;b&gt;</th>');
  expect(unstyled(bundle["text/html"])).toContain(
    "<td>482.01</td><td>481.928</td><td>±1 %</td><td>✓ reproduced</td>",
  );
  expect(bundle["text/plain"]).toBe(
    "✓ reproduced: A <b> — published 482.01, ours 481.928 (tolerance ±1 %); Besiroglu et al. 2024, Table 1",
  );
});

test("a claim that is not checkable needs no figure of ours", () => {
  const one = claim({
    id: "1",
    source,
    published: 0.5,
    verdict: "not checkable",
    note: "no training curves",
  });
  expect(one.reproduced).toBeNull();
  expect(unstyled(one[jupyterDisplay]()["text/html"])).toContain(
    "<td>0.5</td><td>–</td><td>–</td><td>○ not checkable</td>",
  );
});

test("a table of claims counts the verdicts and refuses the same id twice", () => {
  const claims = [claim(alpha), claim({ ...alpha, id: "beta", reproduced: 1 })];
  const table = claimsTable(claims);
  expect(table.counts).toEqual({ reproduced: 1, differs: 1, "not checkable": 0 });
  expect(table[jupyterDisplay]()[claimMimeType]).toEqual(claims.map((one) => ({ ...one })));
  expect(() => claimsTable([claim(alpha), claim(alpha)])).toThrow(/share the id "alpha"/);
});
