import { hierarchy } from "../calibration/Hierarchy.ts";
import { type EnginePart, engineParts } from "./parts/partNames.ts";
import type { ServingLabels } from "./servingLabels.ts";

const denseLaunches: EnginePart[] = ["launches"];
const exchanges: EnginePart[] = ["exchange", "step"];
const mixtureLaunches: EnginePart[] = ["expertLaunches", "otherLaunches"];
const allLaunches: EnginePart[] = [...denseLaunches, ...mixtureLaunches, ...exchanges];
const steps: EnginePart[] = [
  "weightBytes",
  "expertBytes",
  "cacheBytes",
  "decodeFlops",
  "expertFlops",
  "decodeMixing",
];
const prompts: EnginePart[] = [
  "promptFlops",
  "promptExpertFlops",
  "promptMixing",
  "promptExchange",
  "promptTokens",
];
const fronts: EnginePart[] = ["front", "frontLaunches"];

const join = (...keys: readonly string[]) => keys.join("|");
const stack = ({ model, accelerator, engine, format, split }: ServingLabels) =>
  join(model, accelerator, engine, format, split ? "split" : "");

/**
 * What measurements of serving share: constants of their parts, and deviations by engine, accelerator, model, and what is nested in them.
 * Typical spreads are of how far two engines, boards or releases differ; those of the published rows are found from them.
 */
export const servingHierarchy = hierarchy<ServingLabels>({
  parts: engineParts,
  kinds: [
    { name: "ttft", noise: 0.2 },
    { name: "tpot", noise: 0.06 },
    // Seconds of all devices an output token: the inverse of the throughput of the whole system.
    { name: "throughput", noise: 0.1 },
  ],
  effects: [
    { name: "engine: launches", key: ({ engine }) => engine, parts: denseLaunches, typical: 0.2 },
    { name: "engine: exchange", key: ({ engine }) => engine, parts: exchanges, typical: 0.2 },
    { name: "engine: experts", key: ({ engine }) => engine, parts: mixtureLaunches, typical: 0.2 },
    { name: "engine: requests", key: ({ engine }) => engine, parts: ["requests"], typical: 0.4 },
    { name: "engine: steps", key: ({ engine }) => engine, parts: steps, typical: 0.1 },
    { name: "engine: prompts", key: ({ engine }) => engine, parts: prompts, typical: 0.25 },
    { name: "engine: front", key: ({ engine }) => engine, parts: fronts, typical: 0.5 },
    { name: "engine: burst", key: ({ engine }) => engine, parts: ["burst"], typical: 0.5 },
    { name: "generation: launches", key: ({ generation }) => generation, parts: denseLaunches, typical: 0.1 },
    {
      name: "generation: experts",
      key: ({ generation }) => generation,
      parts: mixtureLaunches,
      typical: 0.3,
    },
    {
      name: "accelerator: launches",
      key: ({ accelerator }) => accelerator,
      parts: allLaunches,
      typical: 0.07,
    },
    { name: "accelerator: steps", key: ({ accelerator }) => accelerator, parts: steps, typical: 0.1 },
    { name: "accelerator: prompts", key: ({ accelerator }) => accelerator, parts: prompts, typical: 0.2 },
    {
      name: "engine and format: steps",
      key: ({ engine, format }) => join(engine, format),
      parts: steps,
      typical: 0.1,
    },
    {
      name: "engine, format and generation: prompts",
      key: ({ engine, format, generation }) => join(engine, format, generation),
      parts: prompts,
      typical: 0.15,
    },
    {
      name: "engine and generation: launches",
      key: ({ engine, generation }) => join(engine, generation),
      parts: allLaunches,
      typical: 0.12,
    },
    {
      name: "model: launches",
      key: ({ model }) => model,
      parts: allLaunches,
      typical: 0.15,
    },
    { name: "model: steps", key: ({ model }) => model, parts: steps, typical: 0.1 },
    { name: "model: prompts", key: ({ model }) => model, parts: prompts, typical: 0.15 },
    { name: "model: front", key: ({ model }) => model, parts: fronts, typical: 0.2 },
    {
      name: "drafting",
      key: ({ drafting }) => (drafting === "yes" ? "yes" : ""),
      kinds: ["tpot", "throughput"],
      typical: 0.5,
    },
    {
      name: "drafting of a model",
      key: ({ drafting, model }) => (drafting === "yes" ? model : ""),
      kinds: ["tpot", "throughput"],
      typical: 0.15,
    },
    { name: "split", key: ({ split, engine }) => (split ? engine : ""), typical: 0.15 },
    { name: "offline", key: ({ offline, engine }) => (offline ? engine : ""), typical: 0.15 },
    { name: "stack", key: stack, typical: 0.1 },
    { name: "stack: first token", key: stack, kinds: ["ttft"], typical: 0.15 },
    { name: "stack: throughput", key: stack, kinds: ["throughput"], typical: 0.15 },
    { name: "release", key: ({ engine, release }) => (release ? join(engine, release) : ""), typical: 0.06 },
    { name: "release of a stack", key: (labels) => join(stack(labels), labels.release), typical: 0.1 },
    {
      name: "release of a stack: first token",
      key: (labels) => join(stack(labels), labels.release),
      kinds: ["ttft"],
      typical: 0.15,
    },
    { name: "layout", key: (labels) => join(stack(labels), labels.release, labels.layout), typical: 0.08 },
  ],
  novelties: [
    {
      name: "layout",
      key: (labels) => join(stack(labels), labels.release, labels.layout),
      within: ["stack", "model", "accelerator", "generation", "engine"],
    },
    { name: "stack", key: stack, within: ["model", "accelerator", "generation", "engine"] },
    { name: "model", key: ({ model }) => model },
    { name: "accelerator", key: ({ accelerator }) => accelerator, within: ["generation"] },
    { name: "generation", key: ({ generation }) => generation },
    { name: "engine", key: ({ engine }) => engine },
  ],
  unit: ({ run }) => run,
  noise: ({ crowded }) => (crowded ? "crowded" : ""),
  stratum: ({ accelerator }) => accelerator,
});
