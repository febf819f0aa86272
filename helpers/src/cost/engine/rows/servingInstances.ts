import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import type { Model } from "../../../models/Model.ts";
import { weightBytes } from "../../arithmetic/weightBytes.ts";
import { cellCount, cellText, type TableRow } from "../../rows/rowCells.ts";
import type { ServingInstances } from "../ServingScenario.ts";
import { type ServingDegrees, servingDegrees } from "./servingDegrees.ts";
import { type LayoutOf, servingLayout } from "./servingLayout.ts";

interface InstancesOf {
  readonly model: Model;
  readonly accelerator: CatalogAccelerator;
  readonly weightBits: number;
}

/** Share of the memory that weights may take where a layout is chosen; the rest is for the cache and the engine. */
const weightShare = 0.7;

/** "prefill 3x(tp8pp1adp1ep8) decode 1x(tp1pp1adp8ep8)", counts unstated in "prefill x(…)". */
const split = /prefill\s*(\d*)\s*x?\s*\(([^()]*)\)[\s,;+]*decode\s*(\d*)\s*x?\s*\(([^()]*)\)/i;

/** Instances of a row that serve, and those that only prefill where the row splits them off. */
export function servingInstances(
  row: TableRow,
  { model, accelerator, weightBits }: InstancesOf,
  assumptions: string[],
): { readonly serve: ServingInstances; readonly prefill?: ServingInstances } {
  const cell = cellText(row, "parallel");
  const devices = cellCount(row, "n_devices") ?? cellCount(row, "nDevices");
  const weights = weightBytes(model, { bits: weightBits });
  const of = {
    model,
    needed: weights / (weightShare * accelerator.memoryBytes),
    devices,
    instances: undefined,
  } as const;
  const parts = split.exec(cell);
  if (parts) return disaggregated(parts.slice(1) as [string, string, string, string], of, assumptions);
  if (/disagg/i.test(cellText(row, "mode"))) {
    throw new RangeError(
      "prefill is split off, but the column parallel does not say how: prefill 1x(tp4pp1) decode 1x(tp8pp1)",
    );
  }
  const named = servingDegrees(cell);
  // A cell that names degrees is whole; the columns say what it leaves open.
  const degrees: ServingDegrees = { ...columnDegrees(row), ...named };
  return { serve: servingLayout(degrees, of, assumptions) };
}

function columnDegrees(row: TableRow): ServingDegrees {
  const [tp, pp, dp, ep] = ["tp", "pp", "dp", "ep"].map((column) => cellCount(row, column));
  return {
    ...(tp !== undefined && { tp }),
    ...(pp !== undefined && { pp }),
    ...(dp !== undefined && { dp }),
    ...(ep !== undefined && { ep }),
  };
}

function disaggregated(
  [prefills, prefillText, decodes, decodeText]: readonly [string, string, string, string],
  of: LayoutOf,
  assumptions: string[],
): { readonly serve: ServingInstances; readonly prefill: ServingInstances } {
  const count = (digits: string) => {
    const value = Number(digits);
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  };
  const [p, d] = [count(prefills), count(decodes)];
  if (p === undefined || d === undefined)
    assumptions.push("one instance each where their number is unstated");
  const part = (text: string, instances = 1) =>
    servingLayout(servingDegrees(text), { ...of, devices: undefined, instances }, assumptions);
  return { prefill: part(prefillText, p), serve: part(decodeText, d) };
}
