import { type Hierarchy, hierarchy, type PartsObservation } from "isoflop";
import { Random } from "../../../src/numerics/random/Random.ts";

export interface Labels {
  readonly engine: string;
  readonly accelerator: string;
  readonly model: string;
  readonly layout: string;
}

/** Parts, and effects of which two are within one another and one lengthens a part only. */
export const machine: Hierarchy<Labels> = hierarchy<Labels>({
  parts: ["compute", "memory", "launch"].map((name) => ({ name, median: 1.2, deviation: 0.5 })),
  kinds: [
    { name: "ttft", noise: 0.1 },
    { name: "tpot", noise: 0.1 },
  ],
  effects: [
    { name: "engine", key: ({ engine }) => engine, typical: 0.15 },
    { name: "memory", key: ({ accelerator }) => accelerator, parts: ["memory"], typical: 0.15 },
    { name: "first", key: ({ engine }) => engine, kinds: ["ttft"], typical: 0.15 },
    { name: "model", key: ({ model }) => model, typical: 0.1 },
    { name: "layout", key: ({ layout }) => layout, typical: 0.05 },
  ],
  novelties: [
    { name: "model", key: ({ model }) => model },
    { name: "engine", key: ({ engine }) => engine },
  ],
});

const spreads = [0.2, 0.25, 0.2, 0.15, 0.06];

/** Rows of a known truth; the same seed, the same rows. */
export function simulated(n: number, seed: number, models = 30): PartsObservation<Labels>[] {
  const random = new Random(seed, 0);
  const constants = machine.parts.map(() => Math.log(1.2) + 0.3 * random.normal());
  const drawn = new Map<string, number>();
  const deviation = (e: number, key: string) => {
    const name = `${e}|${key}`;
    if (!drawn.has(name)) drawn.set(name, spreads[e]! * random.normal());
    return drawn.get(name)!;
  };
  return Array.from({ length: n }, (_, i) => {
    const model = `m${random.below(models)}`;
    const labels = {
      engine: `e${random.below(6)}`,
      accelerator: `a${random.below(5)}`,
      model,
      layout: `${model}|${random.below(2)}`,
    };
    const kind = i % 2 ? "tpot" : "ttft";
    const parts = machine.parts.map(() => Math.exp(random.normal()));
    const [engine, memory, first, own, layout] = machine.effects.map((effect, e) =>
      e === 2 && kind !== "ttft" ? 0 : deviation(e, effect.key(labels, kind)),
    );
    const sum = parts.reduce(
      (total, part, k) => total + part * Math.exp(constants[k]! + (k === 1 ? memory! : 0)),
      0,
    );
    const value = sum * Math.exp(engine! + first! + own! + layout! + 0.08 * random.normal());
    return { labels, kind, parts, value };
  });
}
