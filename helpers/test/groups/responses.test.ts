import { chinchilla, fitGroups, fitResponses, powerLaw, squared } from "isoflop";
import { gadreTestbed } from "isoflop-datasets";
import { expect, test } from "vitest";

const law = powerLaw("nParams");
const runs = [1e7, 1e8, 1e9, 1e10, 1e11].map((nParams, k) => ({
  nParams,
  web: 1 + 9 / nParams ** 0.1 + (k % 2) / 1e4,
  ...(k !== 2 && { code: 2 + 5 / nParams ** 0.1 }),
}));
const options = { responses: ["web", "code"], shared: ["alpha"], loss: squared() } as const;

test("several responses are what groups of runs are, a missing value left out", () => {
  const both = fitResponses(law, runs, options);
  expect(both.n).toBe(9);
  const long = (["web", "code"] as const).flatMap((set) =>
    runs
      .filter((run) => run[set] !== undefined)
      .map(({ nParams, [set]: loss }) => ({ nParams, loss: loss!, set })),
  );
  const groups = fitGroups(law, long, { group: "set", shared: ["alpha"], loss: squared() });
  expect(both.objective).toBe(groups.objective);
  expect(both.parameters("code")).toEqual(groups.parameters("code"));
});

test("weights may differ by response", () => {
  const heavy = fitResponses(law, runs, {
    ...options,
    weights: (_, row, response) => (response === "web" && row === 1 ? 0 : 1),
  });
  expect(heavy.objective).toBeLessThan(fitResponses(law, runs, options).objective);
});

test("the losses of one testbed on two sets share their exponents at a small price", () => {
  const rows = gadreTestbed().filter(({ trainSet }) => trainSet === "c4") as never[];
  const [first] = rows as Record<string, unknown>[];
  const sets = Object.keys(first!)
    .filter((name) => /^loss/.test(name) && typeof first![name] === "number")
    .slice(0, 2);
  const apart = fitResponses(chinchilla, rows, { responses: sets, shared: [], loss: squared() });
  const joint = fitResponses(chinchilla, rows, {
    responses: sets,
    shared: ["alpha", "beta"],
    loss: squared(),
  });
  expect(joint.groups).toEqual(sets);
  expect(joint.objective).toBeGreaterThanOrEqual(apart.objective * (1 - 1e-9));
  expect(joint.freeParameters).toBe(apart.freeParameters - 2);
});

test.each<[object, RegExp]>([
  [{ responses: [] }, /responses must be one or more different fields, got \[\]/],
  [{ responses: [1] }, /responses must be one or more different fields, got \[1\]/],
  [{ responses: ["web", "web"] }, /must be different fields, got web, web; name each of them once/],
  [{ group: "nParams" }, /fitResponses has no option group/],
  [{ weights: [1] }, /weights must be a function of the run, its row and the response, got an Array/],
  [
    { weights: (_: object, row: number, response: string) => (response === "code" && row === 3 ? NaN : 1) },
    /weights must be finite and >= 0, got NaN in row 3/,
  ],
  [{ responses: ["web", "cod"] }, /no run has a value for cod/],
  [{ responses: ["nParams"] }, /reads nParams; it cannot be a response as well/],
  [{ responses: ["web"], shared: ["gamma"] }, /no parameter is called gamma/],
])("%j is refused", (given, message) => {
  expect(() => fitResponses(law, runs, { ...options, shared: [], ...given } as never)).toThrow(message);
});

test.each<[object | null, RegExp]>([
  [{ nParams: 1e8, web: 2, code: "2.5" }, /code must be > 0, got "2.5" in row 5; make it a number/],
  [{ nParams: 1e8, web: -2 }, /web must be > 0, got -2 in row 5/],
  [{ nParams: 0, code: 2 }, /nParams must be > 0, got 0 in row 5/],
  [null, /web must be > 0, got undefined in row 5/],
])("the row %j is named by its own place and field", (run, message) => {
  expect(() => fitResponses(law, [...runs, run] as never, options)).toThrow(message);
});
