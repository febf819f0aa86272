import type { GivenRow } from "../ScenarioTable.ts";
import type { MeasuredServing } from "./calibrateServing.ts";

/** Seconds of a unit of time. */
const secondsOf: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  seconds: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
};

/**
 * The figure that a row of measurements holds in its columns quantity, value and unit: a mean time in seconds, or the
 * output tokens a second of all devices; or why it is none that can be learned from.
 *
 * @param devices of the row's scenario, for throughput told of each
 */
export function measuredFigure(
  row: GivenRow,
  devices: number,
): Pick<MeasuredServing, "figure" | "value"> | { readonly why: string } {
  const text = (column: string) => String(row[column] ?? "").trim();
  const quantity = text("quantity").toLowerCase();
  const unit = text("unit").toLowerCase();
  const cell = text("value");
  const value = Number(cell);
  if (cell === "") return { why: "no value (column value)" };
  if (!(Number.isFinite(value) && value > 0)) {
    return { why: `value must be a number > 0, got ${JSON.stringify(cell)}` };
  }
  const time = /^(ttft|tpot|itl)(?: mean)?$/.exec(quantity)?.[1];
  if (time !== undefined) {
    const seconds = secondsOf[unit];
    if (seconds === undefined)
      return { why: `unit of ${quantity} must be ms or s, got ${JSON.stringify(unit)}` };
    return { figure: time === "ttft" ? "ttftS" : "tpotS", value: value * seconds };
  }
  const isThroughput = /^(?:output )?throughput(?:, whole system)?$/.test(quantity);
  if (isThroughput && /^tokens\/s(?:, all devices)?$/.test(unit)) return { figure: "tokensPerS", value };
  if (isThroughput && /^tokens\/s per device$/.test(unit)) {
    return { figure: "tokensPerS", value: value * devices };
  }
  return {
    why: `${JSON.stringify(`${quantity}, ${unit}`)} is not learned from; ttft and tpot (means, in ms or s) and output throughput (tokens/s) are`,
  };
}
