import { fit, squared } from "isoflop";
import { lawFromFormula } from "isoflop/formula";
import { describe, expect, test } from "vitest";

const names = (formula: string, columns: Parameters<typeof lawFromFormula>[1]) => {
  const { law, columns: read, notes } = lawFromFormula(formula, columns);
  return { read, parameters: law.parameters.map(({ name }) => name), response: law.response.name, notes };
};

describe("a law about a table", () => {
  test("takes every name that is a column's for that column, and the rest for parameters", () => {
    expect(names("y = E + A/width^a + B/depth^b", ["width", "depth", "y", "seed"])).toEqual({
      read: { width: "width", depth: "depth" },
      parameters: ["E", "A", "a", "B", "b"],
      response: "y",
      notes: [],
    });
  });

  test("takes a column called like a usual parameter for the column", () => {
    expect(names("loss = c + A*E", ["E", "loss"])).toMatchObject({
      read: { E: "E" },
      parameters: ["c", "A"],
    });
  });

  test("N, D, C and L are the usual fields, unless columns have these names", () => {
    expect(names("L = E + A/N^a", ["nParams", "loss"])).toMatchObject({
      read: { N: "nParams" },
      response: "loss",
    });
    expect(names("L = E + A/N^a", ["N", "L"])).toMatchObject({ read: { N: "N" }, response: "L" });
  });

  test("finds a header that is no name by its words", () => {
    expect(names("C4_loss = E + A/Model_Size_B^a", ["Model Size (B)", "C4 loss"])).toMatchObject({
      read: { Model_Size_B: "Model Size (B)" },
      response: "C4 loss",
    });
    expect(() => names("y = A/a_b", ["a b", "a-b", "y"])).toThrow(
      'a_b in the formula may be "a b" and "a-b"',
    );
  });

  test.each([
    [
      "y = E + A/widht^a + B/width",
      ["widht is a parameter; the column width has nearly its name: write width if it is meant"],
    ],
    [
      "y = E + nparams/width^a",
      ["nparams is a parameter; the column nParams has nearly its name: write nParams if it is meant"],
    ],
    ["losss = E + A/width^a", ["no column is called losss, which the formula predicts; did you mean loss?"]],
    ["y = E + A/width^alpha", []],
  ])("%s: near names are said", (formula, notes) => {
    expect(names(formula, ["width", "nParams", "loss", "y"]).notes).toEqual(notes);
  });

  test("without any column it is refused, and says what there is", () => {
    expect(() => names("y = E + A*k", ["width", "y"])).toThrow(
      '"y = E + A*k" names no column; it has the names E, A, k, and the table has width, y',
    );
  });

  test("a column with zeros is read when it is said to be real", () => {
    const runs = [0, 1, 2, 3, 4].map((x) => ({ "lr warmup": x, y: 3 + 2 * x }));
    const { law } = lawFromFormula("y = a + b*lr_warmup", [{ name: "lr warmup", domain: "real" }, "y"]);
    const found = fit(law, runs as never, { loss: squared() });
    expect(found.parameters.a).toBeCloseTo(3, 9);
    expect(found.parameters.b).toBeCloseTo(2, 9);
  });

  test("names that objects have by themselves are names", () => {
    expect(names("y = toString + A/constructor^a", ["constructor", "y"])).toMatchObject({
      read: { constructor: "constructor" },
      parameters: ["toString", "A", "a"],
    });
  });
});
