import { type StepPart, stepPartNames } from "../priorConstants.ts";
import { generationOf, type RunLabels } from "./RunLabels.ts";

/** What runs share beyond the constants: each value of `key` has its own deviation of log time. */
export interface Spread {
  readonly name: string;
  /** By what runs share the deviation; "" where a run has none. */
  key(labels: RunLabels, run: number): string;
  /** Parts that it lengthens; left out, all of the step. */
  readonly parts?: readonly StepPart[];
  /** Prior median of the standard deviation, as a share of time. */
  readonly typical: number;
}

const join = (...labels: string[]) => (labels.includes("") ? "" : labels.join("|"));
const groupOf = ({ stack, model, accelerator, format }: RunLabels) => join(stack, model, accelerator, format);

/**
 * The group of a run by which tests leave out: model, accelerator, format, software; "" where one is not known.
 *
 * @example
 * import { publishedCalibration, runGroup } from "isoflop";
 * runGroup(publishedCalibration().runs[0]!.labels); // => "composer|mpt-70b|H100-SXM-80GB|bf16"
 */
export const runGroup = groupOf;

/** The spreads, those that only runs of their own have last. */
export const spreads: readonly Spread[] = [
  { name: "stack", typical: 0.1, key: ({ stack }) => stack },
  { name: "machine", typical: 0.08, key: ({ stack, accelerator }) => join(stack, accelerator) },
  {
    name: "product",
    typical: 0.15,
    parts: ["matmul", "experts"],
    key: ({ accelerator, format }) => join(generationOf(accelerator), format),
  },
  {
    name: "attention",
    typical: 0.3,
    parts: ["attention"],
    key: ({ stack, accelerator }) => join(stack, generationOf(accelerator)),
  },
  {
    name: "model, dense",
    typical: 0.08,
    key: ({ kind, stack, model }) => (kind === "dense" ? join(stack, model) : ""),
  },
  {
    name: "model, experts",
    typical: 0.1,
    key: ({ kind, stack, model }) => (kind === "experts" ? join(stack, model) : ""),
  },
  { name: "group, dense", typical: 0.04, key: (labels) => (labels.kind === "dense" ? groupOf(labels) : "") },
  {
    name: "group, experts",
    typical: 0.08,
    key: (labels) => (labels.kind === "experts" ? groupOf(labels) : ""),
  },
  { name: "release", typical: 0.05, key: ({ stack, release }) => join(stack, release) },
  {
    name: "release, experts",
    typical: 0.2,
    parts: ["routing", "launches", "expertLaunches"],
    key: ({ stack, release }) => join(stack, release),
  },
  {
    name: "layout, experts",
    typical: 0.08,
    key: (labels) => (labels.kind === "experts" ? join(groupOf(labels), labels.layout) : ""),
  },
  { name: "noise, dense", typical: 0.04, key: ({ kind }, run) => (kind === "dense" ? `run ${run}` : "") },
  { name: "noise, experts", typical: 0.04, key: ({ kind }, run) => (kind === "experts" ? `run ${run}` : "") },
  { name: "layout not stated", typical: 0.25, key: ({ stated }, run) => (stated ? "" : `run ${run}`) },
];

/**
 * Whether a run that is not calibrated on has a deviation of this kind, although its key is like no other.
 *
 * @param isReleased whether its software comes in releases, as far as is known
 */
export function hasSpread(spread: Spread, labels: RunLabels, isReleased: boolean): boolean {
  if (spread.name.startsWith("release")) return isReleased;
  if (spread.name.endsWith(", dense")) return labels.kind === "dense";
  if (spread.name.endsWith(", experts")) return labels.kind === "experts";
  if (spread.name === "layout not stated") return !labels.stated;
  return true;
}

/** Indices of the parts that a spread lengthens; empty for all of the step. */
export function spreadParts(spread: Spread): readonly number[] {
  return (spread.parts ?? []).map((part) => stepPartNames.indexOf(part));
}
