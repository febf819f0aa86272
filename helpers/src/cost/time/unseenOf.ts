import type { TimePrediction } from "./calibrate/TimePrediction.ts";

/** What of a run no calibrated one has, in sentences: its model, its accelerator, its software, which may not be named. */
export function unseenOf({ novelty }: Pick<TimePrediction, "novelty">, stack = ""): string[] {
  const unknown = novelty.filter((kind) => kind === "model" || kind === "accelerator" || kind === "stack");
  return unknown.map((kind) => {
    const own = kind === "stack" ? "software" : kind;
    const isNamed = kind !== "stack" || stack.trim() !== "";
    const why = isNamed ? `no run with this ${own} is calibrated on` : "the software is not named";
    return `${why}: the intervals are those of runs whose ${own} was left out`;
  });
}
