import fc from "fast-check";
import { optimizerNames, optimizerStateBytes } from "isoflop";
import { expect, test } from "vitest";

const one = { matrices: [{ rows: 4096, columns: 11008 }] };
const values = 4096 * 11008;

test("states follow their closed forms", () => {
  const bytes = (optimizer: (typeof optimizerNames)[number], more = {}) =>
    optimizerStateBytes({ optimizer, ...one, ...more });
  expect(bytes("adamw")).toBe(8 * values);
  expect(bytes("adamw", { stateBytes: 2 })).toBe(4 * values);
  expect(bytes("adam-8bit")).toBe(2 * values + (8 * values) / 256);
  expect(bytes("adafactor")).toBe(4 * (4096 + 11008));
  expect(bytes("sgd-momentum")).toBe(4 * values);
  expect(bytes("lion")).toBe(4 * values);
  for (const none of ["sgd", "lomo", "mezo"] as const) expect(bytes(none)).toBe(0);
  // GaLore's Table 1: mr + 2nr values, with m the short side.
  expect(bytes("galore", { rank: 512 })).toBe(4 * (4096 * 512 + 2 * 11008 * 512));
  expect(bytes("galore", { rank: 4096 })).toBe(bytes("adamw"));
});

test("vectors have no rows and columns to factor or project, and small tensors stay in float32", () => {
  const vector = { matrices: [], vectorValues: 4095 };
  expect(optimizerStateBytes({ optimizer: "adafactor", ...vector })).toBe(4 * 4095);
  expect(optimizerStateBytes({ optimizer: "galore", rank: 8, ...vector })).toBe(8 * 4095);
  expect(optimizerStateBytes({ optimizer: "adam-8bit", ...vector })).toBe(8 * 4095);
  expect(optimizerStateBytes({ optimizer: "adam-8bit", matrices: [], vectorValues: 4096 })).toBe(
    2 * 4096 + 8 * 16,
  );
});

test("copies add up, and turning a matrix changes nothing", () => {
  const side = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(...optimizerNames),
      (rows, columns, copies, optimizer) => {
        const rank = optimizer === "galore" ? { rank: 16 } : {};
        const of = (matrices: { rows: number; columns: number; copies?: number }[]) =>
          optimizerStateBytes({ optimizer, matrices, ...rank });
        const single = of([{ rows, columns }]);
        expect(of([{ rows, columns, copies }])).toBe(copies * single);
        expect(of([{ rows: columns, columns: rows }])).toBe(single);
        expect(single).toBeLessThanOrEqual(Math.max(8 * rows * columns, 4 * (rows + columns)));
      },
    ),
  );
});

test("hostile settings are refused", () => {
  expect(() => optimizerStateBytes({ optimizer: "adam" as "adamw", ...one })).toThrow(
    "optimizer must be adamw or",
  );
  expect(() => optimizerStateBytes({ optimizer: "adamw" } as never)).toThrow("matrices must be a list");
  expect(() => optimizerStateBytes({ optimizer: "galore", ...one })).toThrow("galore needs the rank");
  expect(() => optimizerStateBytes({ optimizer: "lion", rank: 8, ...one })).toThrow(
    "rank must be left out, got 8; lion has none",
  );
  expect(() => optimizerStateBytes({ optimizer: "lion", matrices: [{ rows: 0, columns: 8 }] })).toThrow(
    "rows must be",
  );
  expect(() => optimizerStateBytes({ optimizer: "lion", ...one, stateBytes: -2 })).toThrow(
    "stateBytes must be",
  );
  expect(() => optimizerStateBytes({ optimizer: "lion", ...one, vectorValues: 0.5 })).toThrow(
    "vectorValues must be",
  );
});
