import { besiroglu2024, chinchilla, fit, huber, powerLaw } from "isoflop";
import { expect, test } from "vitest";

// What Node's build says; pages have shorter checks.
const good = [
  { nParams: 1e8, nTokens: 1e9, loss: 3.2 },
  { nParams: 1e9, nTokens: 1e9, loss: 3 },
  { nParams: 1e8, nTokens: 1e10, loss: 2.9 },
  { nParams: 1e9, nTokens: 1e10, loss: 2.6 },
  { nParams: 4e9, nTokens: 1e10, loss: 2.5 },
  { nParams: 1e9, nTokens: 5e10, loss: 2.4 },
];
const call = fit as unknown as (...args: unknown[]) => unknown;

function messageOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

const turned = {
  ...chinchilla,
  parameters: chinchilla.parameters.map((one) =>
    one.name === "alpha" ? { ...one, domain: [2, 1] as const } : one,
  ),
};

test.each<[string, unknown[], string]>([
  ["nothing", [], "fit needs a law such as chinchilla and then the runs, got undefined"],
  ["null", [null, good], "and then the runs, got null"],
  ["the name of a law", ["chinchilla", good], 'got the text "chinchilla"; the laws are exports'],
  ["a law with its constants", [besiroglu2024, good], "the law alone is its field law"],
  ["a law that was not called", [powerLaw, good], 'got a Function; call it, as in powerLaw("flops")'],
  ["the runs first", [good, chinchilla], "got an Array; the law comes first, and the runs follow"],
  ["a law without runs", [chinchilla], "fit needs an array of records"],
  [
    "a domain the wrong way round",
    [turned, good],
    "the domain of alpha in chinchilla must be [low, high] with low <= high, got [2, 1]; turn it round",
  ],
])("fit called with %s is refused in one line", (_, given, said) => {
  const message = messageOf(() => call(...given));
  expect(message).toContain(said);
  expect(message).not.toContain("\n");
});

test.each<[string, object, string]>([
  ["a loss by its name", { loss: "huber" }, 'loss must be a loss such as huber(1e-3), got the text "huber"'],
  ["a loss that was not called", { loss: huber }, "got a Function; call it, as in huber(1e-3)"],
  ["a number for a loss", { loss: 1e-3 }, "got the number 0.001; there are huber(delta)"],
  ["no loss", { loss: null }, "loss must be a loss such as huber(1e-3), got null"],
  ["a misspelt option", { losss: huber(1) }, "fit has no option losss; did you mean loss?"],
  ["a residual that is none", { residual: "logg" }, "residual must be log or raw, got logg"],
  [
    "weights by the name of a column",
    { weights: "loss" },
    'got the text "loss"; such as (run) => run.weight',
  ],
  ["one weight for all", { weights: 1 }, "a function of the run, got the number 1"],
  [
    "bounds in a Map",
    { bounds: new Map() },
    "bounds must be an object by the names of parameters, got a Map",
  ],
  ["bounds that are one number", { bounds: { alpha: 1 } }, "with low <= high, got the number 1"],
  ["bounds as texts", { bounds: { alpha: ["0", "1"] } }, 'got [the text "0", the text "1"]'],
  ["bounds with three ends", { bounds: { alpha: [0, 1, 2] } }, "got [0, 1, 2]; leave an end open"],
  ["bounds the wrong way round", { bounds: { alpha: [2, 1] } }, "low <= high, got [2, 1]"],
  [
    "names in an array",
    { fixed: ["alpha"] },
    "fixed must be an object by the names of parameters, got an Array",
  ],
  ["a text held", { fixed: { alpha: "0.3" } }, 'got the text "0.3"; write 1.69, not "1.69"'],
  ["a BigInt to start at", { start: { E: 1n, A: 1, B: 1, alpha: 1, beta: 1 } }, "got the bigint 1"],
  ["nothing to tie", { tied: null }, "tied must be an object by the names of parameters, got null"],
  ["a prior that is a number", { priors: { E: 1.7 } }, "such as { mean: 1.7, sd: 0.1 }, got the number 1.7"],
  [
    "a prior in texts",
    { priors: { E: { mean: "1.7", sd: 1 } } },
    'priors.E.mean must be a number, got the text "1.7"',
  ],
  [
    "a prior on another scale",
    { priors: { E: { mean: 1, sd: 1, scale: "Log" } } },
    '"log", got the text "Log"',
  ],
  ["a misspelt field of a prior", { priors: { E: { mean: 1, std: 1 } } }, "priors.E has no field std"],
])("an option is refused: %s", (_, options, said) => {
  expect(messageOf(() => call(chinchilla, good, options))).toContain(said);
});

test.each<[string, unknown, string]>([
  ["a BigInt", 7n, "nParams must be > 0, got the bigint 7 in row 1; make it a number: Number(run.nParams)"],
  ["a number as text", "7e9", 'got "7e9" in row 1; make it a number: Number(run.nParams)'],
  ["a count with its unit", "7B", 'got "7B" in row 1; drop the row or fix the file'],
  ["an object", { value: 7 }, "got an object with value in row 1; drop the row"],
  ["a long text", "x".repeat(1000), `got "${"x".repeat(40)}…" in row 1`],
])("a cell is refused with its row: %s", (_, value, said) => {
  const runs = good.map((run, k) => (k === 1 ? { ...run, nParams: value } : run));
  expect(messageOf(() => call(chinchilla, runs))).toContain(said);
});

test("the bootstrap refuses options that it does not know, and what is none", async () => {
  const found = fit(chinchilla, good);
  await expect(found.bootstrap({ resample: 10 } as object)).rejects.toThrow("did you mean resamples?");
  await expect(found.bootstrap(100 as never)).rejects.toThrow("got the number 100");
});

test("what is right is taken: typed weights, open bounds, options of undefined, a frozen object", () => {
  const weights = new Float64Array(good.length).fill(2) as unknown as number[];
  const bounds = { alpha: [0, Infinity] as const };
  const options = Object.freeze({ weights, bounds, loss: undefined, fixed: { E: undefined } });
  expect(call(chinchilla, good, options)).toMatchObject({ n: good.length });
});
