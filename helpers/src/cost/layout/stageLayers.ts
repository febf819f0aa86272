import { refusal, requireWhole } from "../../numerics/arguments/requireNumber.ts";

/**
 * Layers of each group of a pipeline.
 *
 * @param groups pipelineParallel · interleave
 * @throws RangeError where layers do not divide and nothing else was asked for, or a list does not add up
 */
export function stageLayers(
  nLayers: number,
  groups: number,
  stages: "equal" | "balanced" | readonly number[],
): readonly number[] {
  if (typeof stages !== "string") {
    if (!Array.isArray(stages) || stages.length !== groups) {
      const wanted = `must list the layers of each of the ${groups} groups`;
      throw refusal("stages", wanted, `${stages}`, 'or be "equal" or "balanced"');
    }
    for (const count of stages) requireWhole("stages", count, 0, "give whole layers");
    const sum = stages.reduce((total, count) => total + count, 0);
    if (sum !== nLayers) {
      throw refusal("stages", `must add up to the ${nLayers} layers`, `${stages} (${sum})`, "move layers");
    }
    return stages;
  }
  if (groups > nLayers) {
    const wanted = `must be at most the ${nLayers} layers`;
    throw refusal("pipelineParallel · interleave", wanted, groups, "take fewer groups");
  }
  const whole = Math.floor(nLayers / groups);
  const rest = nLayers - whole * groups;
  if (stages === "equal") {
    if (rest !== 0) {
      const wanted = `must divide the ${nLayers} layers`;
      throw refusal("pipelineParallel · interleave", wanted, groups, 'or set stages: "balanced"');
    }
    return new Array<number>(groups).fill(whole);
  }
  if (stages !== "balanced") {
    throw refusal("stages", 'must be "equal", "balanced" or a list', stages, "equal is the default");
  }
  // The groups in the middle have the layer more: the first holds the token table, too, the last the head.
  const short = groups - rest;
  const shortBefore = Math.floor(short / 2);
  return Array.from({ length: groups }, (_, i) =>
    i < shortBefore || i >= shortBefore + rest ? whole : whole + 1,
  );
}
