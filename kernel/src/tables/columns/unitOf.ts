/** A column whose name says in what it counts, as "Model Size (B)" does. */
export interface NamedUnit {
  /** The name without it. */
  readonly base: string;
  readonly factor: number;
  /** In words. */
  readonly unit: string;
}

const words: readonly (readonly [RegExp, number, string])[] = [
  [/^(k|thousands?)$/i, 1e3, "thousands"],
  [/^(m|mm|millions?|mio)$/i, 1e6, "millions"],
  [/^(b|bn|g|billions?)$/i, 1e9, "billions"],
  [/^(t|tn|trillions?)$/i, 1e12, "trillions"],
];

const flops: readonly (readonly [RegExp, number, string])[] = [
  [/^T(era)?FLOPs?$/i, 1e12, "teraFLOPs"],
  [/^P(eta)?FLOPs?$/i, 1e15, "petaFLOPs"],
  [/^E(xa)?FLOPs?$/i, 1e18, "exaFLOPs"],
  [/^Z(etta)?FLOPs?$/i, 1e21, "zettaFLOPs"],
  [/^Y(otta)?FLOPs?$/i, 1e24, "yottaFLOPs"],
  [/^(PF-?days?|PFLOPs?(\/s)?[- ]?days?|petaflops?(\/s)?[- ]days?)$/i, 8.64e19, "petaFLOP/s-days"],
  [/^FLOPs?$/i, 1, "FLOPs"],
];

const counts = ["nParams", "nTokens"];

/** The unit in the name of a column that may hold a field; undefined where the name has none. */
export function unitOf(field: string, name: string): NamedUnit | undefined {
  const isCount = counts.includes(field);
  if (!isCount && field !== "flops") return undefined;
  const bracketed = /^(.*?)[\s_]*[([]\s*(?:in\s+)?([^()[\]]+?)\s*[)\]]\s*$/.exec(name);
  const joined = /^(.*?)[\s_.-]+(?:in[\s_]+)?([A-Za-z]+)$/.exec(name);
  for (const found of [bracketed, joined]) {
    const [, base, text] = found ?? [];
    if (base === undefined || base.length < 4) continue;
    const known = [...(field === "flops" ? flops : []), ...words];
    const match = known.find(([pattern]) => pattern.test(text!));
    if (match) return { base, factor: match[1], unit: match[2] };
    const power = field === "flops" || isCount ? /^1e(\d{1,2})$/i.exec(text!) : null;
    if (power) return { base, factor: Number(text), unit: `1e${power[1]}` };
  }
  return undefined;
}
