import { refusal } from "../../numerics/arguments/requireNumber.ts";

/** Throws unless R* is a number above 0; Infinity, no decay, is one. */
export function requireRStar(name: string, value: number): void {
  if (!(typeof value === "number" && value > 0)) {
    const way = "give the repetitions after which repeats are worth 1/e, or Infinity for no decay";
    throw refusal(name, "must be a number > 0", value, way);
  }
}
