import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import type { Model } from "../../../models/Model.ts";
import { weightBytes } from "../../arithmetic/weightBytes.ts";
import { cellCount, cellText, type TableRow } from "../../rows/rowCells.ts";
import type { ServingInstances } from "../ServingScenario.ts";
import type { Launch } from "./launches.ts";
import { type ServingDegrees, servingDegrees } from "./servingDegrees.ts";
import { type LayoutOf, nExperts, servingLayout } from "./servingLayout.ts";
import { nearTotal, publishedSplit } from "./splitLayout.ts";

/** What decides where a row leaves its instances open. */
export interface InstancesOf {
  readonly model: Model;
  readonly accelerator: CatalogAccelerator;
  readonly weightBits: number;
  /** Published launches of the same model, format, accelerator, engine and lengths. */
  readonly launches: readonly Launch[];
  readonly release: string;
  readonly concurrency: number;
}

interface Instances {
  readonly serve: ServingInstances;
  readonly prefill?: ServingInstances;
}

/** Share of the memory that weights may take where a layout is chosen; the rest is for the cache and the engine. */
const weightShare = 0.7;

/** Devices over which heads are split at most by those who publish: more are a total, or attend by data. */
const mostTensorParallel = 16;

/** "prefill 3x(tp8pp1adp1ep8) decode 1x(tp1pp1adp8ep8)", counts unstated in "prefill x(…)". */
const split = /prefill\s*(\d*)\s*x?\s*\(([^()]*)\)[\s,;+]*decode\s*(\d*)\s*x?\s*\(([^()]*)\)/i;

/** Instances of a row that serve, and those that only prefill where the row splits them off. */
export function servingInstances(row: TableRow, of: InstancesOf, assumptions: string[]): Instances {
  const cell = cellText(row, "parallel");
  const weights = weightBytes(of.model, { bits: of.weightBits });
  const open: LayoutOf = {
    model: of.model,
    needed: weights / (weightShare * of.accelerator.memoryBytes),
    devices: cellCount(row, "n_devices") ?? cellCount(row, "nDevices"),
    instances: undefined,
  };
  const parts = split.exec(cell);
  if (parts) return disaggregated(parts.slice(1) as [string, string, string, string], of, open, assumptions);
  if (/disagg/i.test(cellText(row, "mode"))) {
    throw new RangeError(
      "prefill is split off, but the column parallel does not say how: prefill 1x(tp4pp1) decode 1x(tp8pp1)",
    );
  }
  // A cell that names degrees is whole; the columns say what it leaves open.
  const degrees: ServingDegrees = { ...columnDegrees(row), ...servingDegrees(cell) };
  return (
    asTotal(degrees, of, assumptions) ?? {
      serve: servingLayout(byData(degrees, of, assumptions), open, assumptions),
    }
  );
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

const isOverSplit = ({ tp = 1, dp = 1, ep = 1 }: ServingDegrees) =>
  tp > mostTensorParallel && dp === 1 && ep === 1;

/**
 * A mixture "split by tensor" over more devices than anybody does, where launches with prefill split off have as many in all:
 * the devices of a whole deployment, as in the rows of GB200 of aiconfigurator's sample.
 */
function asTotal(degrees: ServingDegrees, of: InstancesOf, assumptions: string[]): Instances | undefined {
  if (nExperts(of.model) === 0 || !isOverSplit(degrees)) return undefined;
  const launches = nearTotal(
    of.launches.filter(({ prefill }) => prefill !== undefined),
    degrees.tp!,
  );
  return publishedSplit({ ...of, prefill: degrees, decode: degrees, launches }, assumptions);
}

/** What is left of such rows is read as attention by data, with experts dealt out. */
function byData(degrees: ServingDegrees, { model }: InstancesOf, assumptions: string[]): ServingDegrees {
  if (nExperts(model) === 0 || !isOverSplit(degrees)) return degrees;
  const { tp = 1, pp } = degrees;
  assumptions.push(`${tp} devices attend for requests of their own, and experts are dealt out over them`);
  return { tp: 1, dp: tp, ep: tp, ...(pp !== undefined && { pp }) };
}

function disaggregated(
  [prefills, prefillText, decodes, decodeText]: readonly [string, string, string, string],
  of: InstancesOf,
  open: LayoutOf,
  assumptions: string[],
): Instances {
  const [p, d] = [countOf(prefills), countOf(decodes)];
  const [prefill, decode] = [servingDegrees(prefillText), servingDegrees(decodeText)];
  if (p === undefined && d === undefined) {
    const published = publishedSplit({ ...of, prefill, decode }, assumptions);
    if (published) return published;
  }
  if (p === undefined || d === undefined)
    assumptions.push("one instance each where their number is unstated");
  const part = (degrees: ServingDegrees, instances = 1) =>
    servingLayout(byData(degrees, of, assumptions), { ...open, devices: undefined, instances }, assumptions);
  return { prefill: part(prefill, p), serve: part(decode, d) };
}

function countOf(digits: string): number | undefined {
  const value = Number(digits);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
