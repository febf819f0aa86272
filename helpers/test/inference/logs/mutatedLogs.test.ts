import fc from "fast-check";
import { isServingLog, readServingLog, runtimeRowsOf, servingRowsOf } from "isoflop";
import { expect, test } from "vitest";
import * as fixtures from "./fixtures/index.ts";

const texts = Object.entries(fixtures).map(([name, log]): [string, string] => {
  if (typeof log === "string") return [name, log];
  return [
    name,
    Array.isArray(log) ? log.map((line) => JSON.stringify(line)).join("\n") : JSON.stringify(log),
  ];
});

/** What a damaged or foreign writer puts in the place of a value. */
const values = [
  ...["NaN", "Infinity", "-Infinity", "-1", "0", "null", '"12"', '"abc"', "1e308", "[]", "{}", "[1]", "true"],
  ...['""', "1.5", '"1,000"', "1152921504606846976"],
];
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  value: fc.constantFrom(...values),
});

/** The text with some of its values or digits replaced, or cut off. */
function mutated(text: string, changes: readonly { at: number; value: string }[], cut: number): string {
  const isJson = /^\s*[[{]/.test(text);
  let out = text;
  for (const { at, value } of changes) {
    const places = [
      ...out.matchAll(
        isJson ? /(?<=[:[,]\s*)(-?[\d.]+(e[+-]?\d+)?|"[^"\\]*"(?=\s*[,}\]])|null|true)/g : /\d/g,
      ),
    ];
    const place = places[Math.floor(at * (places.length - 1))];
    if (place === undefined) continue;
    out =
      out.slice(0, place.index) +
      (isJson ? value : value.slice(0, 1)) +
      out.slice(place.index + place[0].length);
  }
  return out.slice(0, Math.ceil(cut * out.length));
}

test.each(texts)(
  "%s with values replaced or cut off is refused in words, or its figures are such",
  (_, text) => {
    const cut = fc.oneof(
      { weight: 4, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), cut, (changes, share) => {
        const damaged = mutated(text, changes, share);
        isServingLog(damaged);
        inWords(() => {
          const log = readServingLog(damaged, { promptTokens: 128, outputTokens: 16 });
          inWords(() => {
            for (const row of servingRowsOf(log, { hardware: "h100_sxm", model: "m" }))
              expect(row.value).toBeGreaterThan(0);
          });
          inWords(() => {
            for (const { promptTokens, outputTokens, runtimeS } of runtimeRowsOf(log).rows) {
              expect(
                [promptTokens, outputTokens].every((tokens) => Number.isSafeInteger(tokens) && tokens >= 1),
              ).toBe(true);
              expect(runtimeS > 0 && runtimeS < Infinity).toBe(true);
            }
          });
        });
      }),
      { numRuns: 150 },
    );
  },
);

function inWords(ask: () => void): void {
  try {
    ask();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

test("times of 0 are none: vLLM writes a time per token of 0 where every output has one token", () => {
  const log = readServingLog(
    JSON.stringify({
      ...fixtures.vllmServe,
      input_lens: undefined,
      mean_tpot_ms: 0,
      median_tpot_ms: 0,
      p99_tpot_ms: 0,
    }),
  );
  expect(log.runs[0]!.summary.tpot).toBeUndefined();
  expect(log.notes).toContain("tpot: values of 0 or that are no number are left out");
  expect(
    servingRowsOf(log, { hardware: "h100_sxm" }).filter(({ quantity }) => /tpot/.test(quantity)),
  ).toEqual([]);
});

test("a batch that ends before its first token gives no time per token", () => {
  const log = readServingLog(JSON.stringify({ ...fixtures.sglangBatchServer, last_ttft: 40 }));
  expect(log.runs[0]!.requests).toBeUndefined();
  expect(log.notes).toContainEqual(expect.stringContaining("end before their first token"));
});
