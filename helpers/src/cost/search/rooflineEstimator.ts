import type { Model } from "../../models/Model.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";
import { countParams } from "../arithmetic/countParams.ts";
import { forwardFlops } from "../arithmetic/forwardFlops.ts";
import type { CheckedLayout } from "../layout/Layout.ts";
import type { SearchedCluster, SearchedStep, StepEstimator } from "./StepEstimator.ts";

/** Bounds of rates that are reached: shares of the data sheet, and how much their logarithms vary from run to run. */
const reached = { compute: 0.5, links: 0.6, network: 0.6, memory: 0.7, launches: 1 } as const;
const deviations = { compute: 0.2, links: 0.4, network: 0.5, memory: 0.2, launches: 0.4 } as const;
const names = ["compute", "links", "network", "memory", "launches"] as const;

/**
 * A step as a plain roofline: products at half the peak, what tensor, context and expert parallelism exchange at the link
 * of the node or of the network, gathers and gradients of the replicas, the optimiser at the memory's bandwidth, one
 * launch a block, all of it one after the other, and the bubble of the pipeline over it. The constants are round guesses, not fits;
 * they rank layouts for want of a calibrated estimator.
 */
export function rooflineEstimator(model: Model, cluster: SearchedCluster, step: SearchedStep): StepEstimator {
  const { accelerator, devicesPerNode = 8 } = cluster;
  const nodeBytesPerS = cluster.nodeBytesPerS ?? accelerator.nodeLink?.bytesPerSEachWay;
  const networkBytesPerS = cluster.networkBytesPerS ?? accelerator.network?.bytesPerSEachWay ?? nodeBytesPerS;
  if (nodeBytesPerS === undefined || networkBytesPerS === undefined) {
    const wanted = `must be given, since ${accelerator.name} states no link`;
    throw refusal("nodeBytesPerS", wanted, nodeBytesPerS, "give bytes per second each way, such as 450e9");
  }
  const { sequenceTokens } = step;
  const forward = forwardFlops(model, { newTokens: sequenceTokens });
  const params = countParams(model);
  const expertParams = expertsOf(model);
  const width = model.hiddenSize;
  const blocks = 2 * model.layers.length;
  const dispatched = dispatchedWidth(model);
  const logCovariance = new Float64Array(names.length ** 2);
  names.forEach((name, i) => {
    logCovariance[i * names.length + i] = deviations[name] ** 2;
  });
  return { parts: names, logCovariance, ownDeviation: 0.05, estimate };

  function estimate(layout: CheckedLayout, shares: Float64Array): number {
    const { tensorParallel: tp, contextParallel: cp, expertParallel: ep, pipelineParallel: pp } = layout;
    const { dataParallel, zeroStage, microBatches, interleave, devices, productBits } = layout;
    const peak =
      accelerator.peakFlopsPerS[productBits === 32 ? 16 : productBits] ?? accelerator.peakFlopsPerS[16];
    const sequences = layout.globalBatch / devices;
    const tokens = sequences * sequenceTokens;
    const again = layout.recompute === "full" ? 1 : 0;
    const bubble = 1 + (pp - 1) / (interleave * microBatches);
    const flops = sequences * (forward.total * (3 + again) - again * forward.head);
    const links = { node: 0, network: 0 };
    const send = (bytes: number, group: number) => {
      if (group <= devicesPerNode) links.node += bytes;
      else links.network += bytes;
    };
    const passes = 2 * (5 + 2 * again);
    if (tp > 1) send(tokens * tp * width * blocks * passes * ((tp - 1) / tp), tp);
    if (cp > 1) send(tokens * width * blocks * 3 * ((cp - 1) / cp), tp * cp);
    if (ep > 1)
      send(tokens * dispatched * 2 * (4 + 2 * again) * ((ep - 1) / ep), ep * layout.expertTensorParallel);
    const stage = bubble * links.node;
    const stageNetwork = bubble * links.network;
    links.node = 0;
    links.network = 0;
    const held =
      (params.total - expertParams) / (tp * pp) + expertParams / (ep * layout.expertTensorParallel * pp);
    const replicas = dataParallel * cp;
    if (replicas > 1) {
      const each = zeroStage === 3 ? 2 * 3 * microBatches : 2 + 4;
      send(each * held * ((replicas - 1) / replicas), tp * replicas);
    }
    const updated = zeroStage > 0 ? held / replicas : held;
    const times = [
      (bubble * flops) / (reached.compute * peak),
      (stage + links.node) / (reached.links * nodeBytesPerS!),
      (stageNetwork + links.network) / (reached.network * networkBytesPerS!),
      (28 * updated + 14 * held * microBatches) / (reached.memory * accelerator.memoryBytesPerS),
      (bubble * microBatches * blocks * (3 + again) * 2e-5) / pp,
    ];
    let seconds = 0;
    for (const time of times) seconds += time;
    for (let i = 0; i < times.length; i++) shares[i] = times[i]! / seconds;
    return seconds;
  }
}

function expertsOf(model: Model): number {
  let params = 0;
  for (const { blocks } of model.layers) {
    for (const block of blocks) {
      if (block.kind !== "experts") continue;
      params += block.nExperts * block.matrices * block.size * (block.latentSize ?? block.inputSize);
    }
  }
  return params;
}

/** Values a token that all layers send to experts, one way. */
function dispatchedWidth(model: Model): number {
  let values = 0;
  for (const { blocks } of model.layers) {
    for (const block of blocks) {
      if (block.kind === "experts") values += block.perToken * (block.latentSize ?? block.inputSize);
    }
  }
  return values;
}
