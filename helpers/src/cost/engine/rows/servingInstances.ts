import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import type { Model } from "../../../models/Model.ts";
import { weightBytes } from "../../arithmetic/weightBytes.ts";
import { cellCount, cellText, quoted, type TableRow } from "../../rows/rowCells.ts";
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
  /** Whether many requests at a time are what counts: open loops and offline. */
  readonly forThroughput: boolean;
}

interface Instances {
  readonly serve: ServingInstances;
  readonly prefill?: ServingInstances;
}

/**
 * Share of the memory that weights may take where a layout is chosen. With it the least power of two is what NVIDIA's own
 * settings for MLPerf v5.1 are (closed/NVIDIA/configs): 1 device for Llama 2 70B in FP4 on B200, 4 for Llama 3.1 405B, 2 for 70B in
 * FP8 on H100 and 1 on H200.
 */
const weightShare = 0.55;

/** Devices over which heads are split at most by those who publish: more are a total, or attend by data. */
const mostTensorParallel = 16;

/** "prefill 3x(tp8pp1adp1ep8) decode 1x(tp1pp1adp8ep8)", counts unstated in "prefill x(…)". */
const split = /prefill\s*(\d*)\s*x?\s*\(([^()]*)\)[\s,;+]*decode\s*(\d*)\s*x?\s*\(([^()]*)\)/i;

const known = new WeakMap<Model, Map<number, number>>();

/** Bytes of the weights, counted once a model: tables have many rows of one. */
function weightsOf(model: Model, bits: number): number {
  let byBits = known.get(model);
  if (!byBits) {
    byBits = new Map();
    known.set(model, byBits);
  }
  let bytes = byBits.get(bits);
  if (bytes === undefined) {
    bytes = weightBytes(model, { bits });
    byBits.set(bits, bytes);
  }
  return bytes;
}

/** Instances of a row that serve, and those that only prefill where the row splits them off. */
export function servingInstances(row: TableRow, of: InstancesOf, assumptions: string[]): Instances {
  const cell = cellText(row, "parallel");
  const weights = weightsOf(of.model, of.weightBits);
  const open: LayoutOf = {
    model: of.model,
    needed: weights / (weightShare * of.accelerator.memoryBytes),
    devices: cellCount(row, "n_devices") ?? cellCount(row, "nDevices"),
    forThroughput: of.forThroughput,
    node: of.accelerator.perDomain ?? of.accelerator.perNode ?? 8,
    instances: undefined,
  };
  const parts = split.exec(cell);
  if (parts) {
    const [, p = "", prefill = "", d = "", decode = ""] = parts;
    return disaggregated([p, servingDegrees(prefill), d, servingDegrees(decode)], of, open, assumptions);
  }
  // A cell that names degrees is whole; the columns say what it leaves open.
  const named = servingDegrees(cell);
  const degrees: ServingDegrees = { ...columnDegrees(row), ...named };
  if (cell !== "" && !/unstated/i.test(cell) && Object.keys(named).length === 0) {
    assumptions.push(`nothing of parallel ${quoted(cell)}, which names no degree`);
  }
  if (/disagg/i.test(cellText(row, "mode"))) {
    return disaggregated(["", degrees, "", degrees], of, open, assumptions);
  }
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
  [prefills, prefill, decodes, decode]: readonly [string, ServingDegrees, string, ServingDegrees],
  of: InstancesOf,
  open: LayoutOf,
  assumptions: string[],
): Instances {
  const [p, d] = [countOf(prefills), countOf(decodes)];
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
