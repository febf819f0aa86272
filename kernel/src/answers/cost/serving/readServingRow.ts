import type { ServingScenario } from "isoflop";
import type { GivenRow } from "../ScenarioTable.ts";
import { namedScenario } from "./namedScenario.ts";

/** PLACEHOLDER of the reader of helpers, of the same signature. */
export function readServingRow(row: GivenRow): ServingScenario | { readonly why: string } {
  const text = (name: string) => {
    const cell = String(row[name] ?? "").trim();
    return cell === "" || cell === "0" ? undefined : cell;
  };
  const count = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
  try {
    const model = text("model");
    const accelerator = text("hardware");
    if (model === undefined || accelerator === undefined) return { why: "no model or no accelerator" };
    return namedScenario(model, {
      accelerator,
      tp: count("tp") ?? 1,
      concurrency: count("batch") ?? 1,
      prompt: count("isl") ?? 1024,
      output: count("osl") ?? 1024,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { why: error.message };
  }
}
