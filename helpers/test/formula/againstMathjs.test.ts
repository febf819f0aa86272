import fc from "fast-check";
import type { Law } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { all, create } from "mathjs";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

const mathjs = create(all!);
mathjs.import({ ln: (x: number) => mathjs.log(x) }, {});

/** What mathjs makes of a text; undefined where it finds a complex number on the way, for which laws have none. */
function readByMathjs(text: string): (scope: Readonly<Record<string, number>>) => number | undefined {
  const code = mathjs.compile(text);
  return (scope) => {
    try {
      const found: unknown = code.evaluate({ ...scope });
      return typeof found === "number" ? found : undefined;
    } catch {
      return undefined;
    }
  };
}

function at(law: Law, scope: Readonly<Record<string, number>>) {
  const value = new Float64Array(1);
  const gradient = new Float64Array(law.parameters.length);
  law.evaluate(
    Float64Array.from(law.parameters, ({ name }) => scope[name]!),
    law.variables.map(({ name, domain }) =>
      Float64Array.of(domain === "positive" ? Math.log(scope[name]!) : scope[name]!),
    ),
    1,
    value,
    gradient,
  );
  return { value: value[0]!, gradient: [...gradient] };
}

const leaf = fc.constantFrom("p", "q", "r", "N", "D", "x", "2", "0.5", "3", "1e-3");
const unary =
  "exp ln log log2 log10 log1p expm1 sqrt cbrt square cube abs sign floor ceil round sin cos tan sinh cosh tanh asin acos atan asinh acosh atanh -";
const { node, condition } = fc.letrec<{ node: string; condition: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc
      .tuple(tie("node"), fc.constantFrom("+", "-", "*", "/", "^"), tie("node"))
      .map((parts) => `(${parts.join(" ")})`),
    fc.tuple(fc.constantFrom(...unary.split(" ")), tie("node")).map(([fn, a]) => `${fn}(${a})`),
    fc
      .tuple(fc.constantFrom("pow", "log", "min", "max"), tie("node"), tie("node"))
      .map(([fn, a, b]) => `${fn}(${a}, ${b})`),
    fc.tuple(tie("condition"), tie("node"), tie("node")).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
  ),
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc
      .tuple(tie("node"), fc.constantFrom("<", "<=", ">", ">="), tie("node"))
      .map((parts) => `(${parts.join(" ")})`),
    tie("node").map((a) => `(0.5 < ${a} < 2)`),
    fc
      .tuple(tie("condition"), fc.constantFrom("and", "or", "xor"), tie("condition"))
      .map((parts) => `(${parts.join(" ")})`),
    tie("condition").map((a) => `not ${a}`),
  ),
}));

test("random formulas have mathjs's value, its slope, and the same bits compiled and read step by step", () => {
  const numbers = fc.array(fc.double({ min: 0.2, max: 1.8, noNaN: true }), { minLength: 6, maxLength: 6 });
  const options = {
    variables: { N: "N", D: "D", x: { name: "x", domain: "real" } },
    response: { name: "y", domain: "real" },
  } as const;
  const counts = { values: 0, slopes: 0 };
  fc.assert(
    fc.property(fc.oneof(node, condition), numbers, (body, [p, q, r, N, D, x]) => {
      const text = `p*N + q*x + r*D + ${body}`;
      let law: Law;
      let read: Law;
      try {
        law = defineLaw(`y = ${text}`, options) as Law;
        vi.stubGlobal("Function", () => {
          throw new EvalError("no code from text");
        });
        read = defineLaw(`y = ${text}`, options) as Law;
      } catch (error) {
        // Such as log(-1): refused in words.
        expect(error).toBeInstanceOf(RangeError);
        return;
      } finally {
        vi.unstubAllGlobals();
      }
      const scope = { p: p!, q: q!, r: r!, N: N!, D: D!, x: x! - 1 };
      const ours = at(law, scope);
      expect(at(read, scope)).toEqual(ours);
      const byMathjs = readByMathjs(text);
      const theirs = byMathjs(scope);
      // Beyond this a difference is lost in rounding; and a sum next to a jump or a pole tells nothing.
      const near = [1 - 1e-13, 1 + 1e-13].map((share) =>
        byMathjs({ ...scope, N: N! * share, D: D! * share }),
      );
      const isSettled = near.every(
        (each) => Math.abs(each! - theirs!) < 1e-9 * Math.max(1, Math.abs(theirs!)),
      );
      if (theirs === undefined || !isSettled || !(Math.abs(theirs) < 1e4)) return;
      counts.values++;
      expect(Math.abs(ours.value - theirs) / Math.max(1, Math.abs(theirs))).toBeLessThan(1e-8);
      law.parameters.forEach(({ name }, j) => {
        const step = (h: number) => byMathjs({ ...scope, [name]: scope[name as "p"] + h })!;
        const [one, half, quarter] = [1e-4, 5e-5, 2.5e-5].map((h) => (step(h) - step(-h)) / (2 * h));
        const size = 1e-5 * Math.max(1, Math.abs(half!));
        if (!(Math.abs(one! - half!) < size && Math.abs(quarter! - half!) < size)) return;
        // Where a part is infinite, such as 1/0 in a branch of slope 0, there is no slope to compare.
        if (Number.isNaN(ours.gradient[j]!)) return;
        counts.slopes++;
        expect(Math.abs(ours.gradient[j]! - half!)).toBeLessThan(10 * size);
      });
    }),
    { seed: 8, numRuns: 400 },
  );
  expect(counts.values).toBeGreaterThan(200);
  expect(counts.slopes).toBeGreaterThan(600);
});
