import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import type { Columns } from "../definition/Law.ts";

const exponents = [0.1, 0.2, 0.3, 0.4, 0.5, 0.65];
const log1e9 = Math.log(1e9);
const log1e11 = Math.log(1e11);

/**
 * Starting points for the valley of loss over learning rate and batch: in each grid of equal N and D a parabola through
 * its lowest runs gives the best settings and the curvatures; lines through these give the power laws.
 */
export function valleyStarts(x: Columns, y: Float64Array): Float64Array[] {
  const [logN, logD, logRate, logBatch] = x as [Float64Array, Float64Array, Float64Array, Float64Array];
  const groups = new Map<string, number[]>();
  for (let i = 0; i < y.length; i++) {
    const key = `${logN[i]} ${logD[i]}`;
    const rows = groups.get(key);
    if (rows) rows.push(i);
    else groups.set(key, [i]);
  }
  const bowls = [...groups.values()].flatMap((rows) => {
    const bowl = bowlOf(rows, logRate, logBatch, y);
    return bowl ? [{ ...bowl, size: logN[rows[0]!]! - log1e9, data: logD[rows[0]!]! - log1e11 }] : [];
  });
  // Settings that differ from run to run: one bowl for all, about the best run.
  if (bowls.length < 4) return [];
  const plane = (of: (bowl: (typeof bowls)[number]) => number) =>
    leastSquaresSolve(
      bowls.map(({ size, data }) => [1, size, data]),
      bowls.map(of),
    ) ?? [of(bowls[0]!), 0, 0];
  const rate = plane(({ rate }) => rate);
  const batch = plane(({ batch }) => batch);
  const middle = (values: number[]) => values.sort((p, q) => p - q)[values.length >> 1]!;
  const coupling = middle(bowls.map(({ coupling }) => coupling));
  const starts: Float64Array[] = [];
  for (const alpha of exponents) {
    for (const beta of exponents) {
      const terms = bowls.map(({ size, data }) => [
        1,
        Math.exp(-alpha * (size + log1e9)),
        Math.exp(-beta * (data + log1e11)),
      ]);
      const scaled = terms.map(([one, s, t]) => [one!, s! / terms[0]![1]!, t! / terms[0]![2]!]);
      const found = leastSquaresSolve(
        scaled,
        bowls.map(({ least }) => least),
      );
      if (!found || found[1]! <= 0 || found[2]! <= 0) continue;
      const [E, a, b] = [Math.max(found[0]!, 1e-3), found[1]! / terms[0]![1]!, found[2]! / terms[0]![2]!];
      const reducible = terms.map(([, s, t]) => a * s! + b * t!);
      const steep = middle(bowls.map(({ steep }, k) => steep / reducible[k]!));
      const deep = middle(bowls.map(({ deep }, k) => deep / reducible[k]!));
      for (const skew of [0.2, 0.6]) {
        starts.push(
          Float64Array.of(
            E,
            a,
            b,
            alpha,
            beta,
            Math.exp(rate[0]!),
            rate[1]!,
            rate[2]!,
            Math.exp(batch[0]!),
            batch[1]!,
            batch[2]!,
            coupling,
            Math.max(steep, 1e-4),
            Math.max(deep, 1e-4),
            skew,
          ),
        );
      }
    }
  }
  return starts;
}

/** The parabola of the lowest runs of a grid; undefined where they do not make a bowl. */
function bowlOf(rows: readonly number[], logRate: Float64Array, logBatch: Float64Array, y: Float64Array) {
  if (rows.length < 9) return undefined;
  const lowest = [...rows].sort((p, q) => y[p]! - y[q]!).slice(0, Math.max(9, rows.length >> 1));
  const x0 = logRate[lowest[0]!]!;
  const v0 = logBatch[lowest[0]!]!;
  const terms = lowest.map((row) => {
    const u = logRate[row]! - x0;
    const v = logBatch[row]! - v0;
    return [1, u, v, u * u, u * v, v * v];
  });
  const found = leastSquaresSolve(
    terms,
    lowest.map((row) => y[row]!),
  );
  if (!found) return undefined;
  const [c, gu, gv, uu, uv, vv] = [...found] as [number, number, number, number, number, number];
  const determinant = 4 * uu * vv - uv * uv;
  if (!(uu > 0 && determinant > 0)) return undefined;
  const u = (uv * gv - 2 * vv * gu) / determinant;
  const v = (uv * gu - 2 * uu * gv) / determinant;
  return {
    rate: x0 + u,
    batch: v0 + v,
    least: c + (gu * u + gv * v) / 2,
    coupling: -uv / (2 * uu),
    steep: uu,
    deep: determinant / (4 * uu),
  };
}

function leastSquaresSolve(
  rows: readonly (readonly number[])[],
  y: readonly number[],
): Float64Array | undefined {
  const q = rows[0]!.length;
  const normal = new Float64Array(q * q);
  const right = new Float64Array(q);
  rows.forEach((row, i) => {
    for (let j = 0; j < q; j++) {
      right[j] = right[j]! + row[j]! * y[i]!;
      for (let k = 0; k < q; k++) normal[j * q + k] = normal[j * q + k]! + row[j]! * row[k]!;
    }
  });
  if (!choleskyFactor(normal, q)) return undefined;
  choleskySolve(normal, q, right);
  return right;
}
