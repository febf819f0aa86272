import type { Law } from "../../laws/definition/Law.ts";
import { standardDeviation } from "../../numerics/standardDeviation.ts";
import { fitGroups } from "../groups/fitGroups.ts";
import type { GroupedRuns } from "../groups/splitRuns.ts";
import { squared } from "../losses/squared.ts";
import type { Objective } from "../objective/Objective.ts";
import { type MixedState, usedRuns } from "./alternate.ts";
import type { FitMixedOptions } from "./FitMixedOptions.ts";

/** As many groups tell where to begin to a tenth of the spread; the others begin at the common values. */
const enough = 48;

/** Where the alternation begins: what the groups say one by one, those with most runs where there are many. */
export function mixedStart(
  law: Law,
  runs: readonly unknown[],
  options: FitMixedOptions,
  objectives: readonly Objective[],
  slots: readonly number[],
  grouped: GroupedRuns,
): MixedState {
  const { coordinates } = objectives[0]!;
  const apart = fitApart(law, runs, options, grouped);
  const told = new Map(
    apart.groups.map((name) => {
      const own = apart.parameters(name) as Record<string, number>;
      return [name, coordinates.fromParameters(Float64Array.from(law.parameters, (one) => own[one.name]!))];
    }),
  );
  const all = [...told.values()];
  const usable = all.filter((z) => slots.every((slot) => Math.abs(z[slot]!) < 1e3));
  const believed = usable.length > 1 ? usable : all;
  const common = Float64Array.from({ length: coordinates.size }, (_, k) => {
    const values = believed.map((z) => z[k]!).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)]!;
  });
  const sigma = Math.sqrt(apart.objective / Math.max(apart.n - apart.freeParameters, 1));
  const units = slots.map((slot) => unitOf(objectives, common, slot));
  const reach = slots.map((slot) => standardDeviation(Float64Array.from(believed, (z) => z[slot]!)) || 0);
  const r = slots.length;
  const factor = new Float64Array(r * r);
  // Beside no noise at all, and where groups are alike, about what a run shows.
  for (let k = 0; k < r; k++) factor[k * r + k] = Math.max(reach[k]! / sigma || 0, 1e-3 * units[k]!);
  for (let k = 0; k < r; k++) if (!(factor[k * r + k]! < Infinity)) factor[k * r + k] = units[k]!;
  const random = grouped.names.map((name) => {
    const z = told.get(name);
    return Float64Array.from(slots, (slot, k) => {
      const far = 3 * reach[k]!;
      return z ? Math.min(far, Math.max(-far, z[slot]! - common[slot]!)) : 0;
    });
  });
  return { common, random, factor };
}

/** A joint fit with what is random free in each group: of all groups, or of those with most runs. */
function fitApart(law: Law, runs: readonly unknown[], options: FitMixedOptions, grouped: GroupedRuns) {
  const { random, residual = "log", weights, fixed } = options;
  const { names, tables, rows } = grouped;
  const used = tables.map(({ w }) => usedRuns(w));
  const chosen = [...names.keys()]
    .filter((g) => used[g]! > 0)
    .sort((a, b) => used[b]! - used[a]! || (names[a]! < names[b]! ? -1 : 1))
    .slice(0, enough)
    .sort((a, b) => a - b);
  const kept = chosen.flatMap((g) => rows[g]!.map((row, i) => ({ row, g, w: tables[g]!.w[i]! })));
  return fitGroups(
    law,
    kept.map(({ row }) => runs[row]) as never,
    {
      residual,
      loss: squared(),
      group: (_: unknown, at: number) => names[kept[at]!.g]!,
      shared: law.parameters.map(({ name }) => name).filter((name) => !random.includes(name)),
      ...(weights && { weights: kept.map(({ w }) => w) }),
      ...(fixed && { fixed }),
    } as never,
  );
}

/** The step of a coordinate that moves a group's rows by 1 together. */
function unitOf(objectives: readonly Objective[], common: Float64Array, slot: number): number {
  const q = common.length;
  let total = 0;
  for (const objective of objectives) {
    objective.prepare(common);
    const jacobian = objective.residualJacobian();
    for (let i = 0; i < objective.n; i++) total += objective.w[i]! * jacobian[i * q + slot]! ** 2;
  }
  const mean = total / objectives.length;
  return mean > 0 && mean < Infinity ? 1 / Math.sqrt(mean) : 1;
}
