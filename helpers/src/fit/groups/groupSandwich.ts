import { type ArrowInverse, spread } from "./arrow.ts";
import type { JointCurvature } from "./jointCurvature.ts";

/**
 * Covariance of each group's coordinates that holds whatever the noise: every run's pull on shared and own parameters, squared
 * and summed. A prior is one more observation, of known noise: its pull has the variance of its curvature times the
 * dispersion.
 */
export function groupSandwich(joint: JointCurvature, inverse: ArrowInverse): Float64Array[] {
  const { members, places, curved, dispersion, runs, freedom } = joint;
  const correction = runs / freedom;
  const s = places[0]!.shared.length;
  // How far each run moves the shared parameters, and its own group's beyond what follows from that.
  const pulls = members.map(({ objective, z }, g) => {
    const { own, shared } = places[g]!;
    const { scores, beliefs } = curved[g]!;
    const q = z.length;
    const m = own.length;
    const pullOf = (score: (k: number) => number) => {
      const reduced = Float64Array.from({ length: s }, (_unused, a) => {
        let sum = score(shared[a]!);
        for (let k = 0; k < m; k++) sum += inverse.follow[g]![k * s + a]! * score(own[k]!);
        return sum;
      });
      const ofShared = Float64Array.from({ length: s }, (_unused, a) =>
        reduced.reduce((sum, each, b) => sum + inverse.shared[a * s + b]! * each, 0),
      );
      const ofOwn = Float64Array.from({ length: m }, (_unused, k) =>
        own.reduce((sum, place, l) => sum + inverse.inner[g]![k * m + l]! * score(place), 0),
      );
      return { ofShared, ofOwn };
    };
    const ofRuns = Array.from({ length: objective.n }, (_, i) => pullOf((k) => scores[i * q + k]!));
    const ofBeliefs = [...own, ...shared].flatMap((at) =>
      beliefs[at]! > 0
        ? [pullOf((k) => (k === at ? Math.sqrt((dispersion * beliefs[at]!) / correction) : 0))]
        : [],
    );
    return [...ofRuns, ...ofBeliefs];
  });
  const total = new Float64Array(s * s);
  for (const { ofShared } of pulls.flat()) addOuter(total, ofShared, s);
  return members.map(({ z }, g) => {
    const { own, shared } = places[g]!;
    const m = own.length;
    const q = m + s;
    const others = total.slice();
    for (const { ofShared } of pulls[g]!) addOuter(others, ofShared, s, -1);
    const size = z.length;
    const out = spread(
      { hessian: new Float64Array(size * size), own, shared },
      new Float64Array(m * m),
      inverse.follow[g]!,
      others,
    );
    const place = [...own, ...shared];
    for (const { ofShared, ofOwn } of pulls[g]!) {
      const move = Float64Array.from({ length: q }, (_unused, k) => {
        if (k >= m) return ofShared[k - m]!;
        let sum = ofOwn[k]!;
        for (let a = 0; a < s; a++) sum += inverse.follow[g]![k * s + a]! * ofShared[a]!;
        return sum;
      });
      for (let a = 0; a < q; a++)
        for (let b = 0; b < q; b++) out[place[a]! * size + place[b]!]! += move[a]! * move[b]!;
    }
    return out.map((entry) => entry * correction);
  });
}

function addOuter(matrix: Float64Array, v: Float64Array, s: number, sign = 1): void {
  for (let a = 0; a < s; a++) for (let b = 0; b < s; b++) matrix[a * s + b]! += sign * v[a]! * v[b]!;
}
