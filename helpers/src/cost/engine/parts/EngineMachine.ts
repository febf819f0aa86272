import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import type { CollectiveClock } from "../../collectives/collectiveClock.ts";
import {
  type MachineCollectiveKind,
  machineCollectiveClock,
} from "../../collectives/machineCollectiveClock.ts";
import type { ServingLayout } from "../ServingLayout.ts";
import type { ServingScenario } from "../ServingScenario.ts";
import { attainedShare } from "./attainedShare.ts";
import { type ServingWork, servingWork } from "./servingWork.ts";

/** One instance of an engine, reduced to the numbers that its steps are made of. */
export interface EngineMachine {
  readonly work: ServingWork;
  readonly layout: ServingLayout;
  /** Devices of the instance. */
  readonly devices: number;
  /** Bytes of a weight outside the experts, of experts, and of a cached value. */
  readonly weightBytes: number;
  readonly expertBytes: number;
  readonly cacheBytes: number;
  readonly allReduce: CollectiveClock;
  readonly memoryBytes: number;
  readonly memoryBytesPerS: number;
  /** FLOP/s that products with matrices, with experts, and attention reach. */
  readonly flopsPerS: number;
  readonly expertFlopsPerS: number;
  readonly mixingFlopsPerS: number;
  /** Share of all key-value heads' weights that a device holds. */
  readonly kvShare: number;
  readonly expertSkew: number;
  readonly exchange: CollectiveClock;
  readonly handOver: CollectiveClock;
}

const none: CollectiveClock = () => 0;
const clocks = new WeakMap<CatalogAccelerator, Map<string, CollectiveClock>>();

/** Clocks are made once for each accelerator, engine, kind and number of devices. */
function clockOf(
  accelerator: CatalogAccelerator,
  software: string,
  kind: MachineCollectiveKind,
  devices: number,
): CollectiveClock {
  if (devices === 1) return none;
  let own = clocks.get(accelerator);
  if (!own) {
    own = new Map();
    clocks.set(accelerator, own);
  }
  const key = `${software} ${kind} ${devices}`;
  let clock = own.get(key);
  if (!clock) {
    clock = machineCollectiveClock({ kind, devices, accelerator, software });
    own.set(key, clock);
  }
  return clock;
}

/**
 * The machine of an instance. Four-bit weights of a mixture are those of its experts: checkpoints such as gpt-oss's, Kimi's
 * and the NVFP4 ones of DeepSeek leave attention in 16 bits.
 */
export function engineMachine(scenario: ServingScenario, layout: ServingLayout): EngineMachine {
  const { model, accelerator, bits, engine } = scenario;
  const { tensorParallel, pipelineParallel, attentionDataParallel, expertParallel } = layout;
  const work = servingWork(model);
  const mixed = bits.weights < 8 && work.experts.length > 0;
  const rate = (operands: number) => {
    const peaks = accelerator.peakFlopsPerS;
    const peak = (operands <= 4 && peaks[4]) || (operands <= 8 && peaks[8]) || peaks[16];
    const used = operands <= 4 && peaks[4] ? 4 : operands <= 8 && peaks[8] ? 8 : 16;
    return peak * attainedShare(used);
  };
  const abreast = tensorParallel * attentionDataParallel;
  const clock = (kind: MachineCollectiveKind, devices: number) => clockOf(accelerator, engine, kind, devices);
  return {
    work,
    layout,
    devices: abreast * pipelineParallel,
    weightBytes: mixed ? 2 : bits.weights / 8,
    // Scales: a byte for each 16 or 32 values of 4 bits.
    expertBytes: bits.weights < 8 ? bits.weights / 8 + 1 / 16 : bits.weights / 8,
    cacheBytes: bits.kv / 8,
    memoryBytes: accelerator.reportedMemoryBytes ?? accelerator.memoryBytes,
    memoryBytesPerS: accelerator.memoryBytesPerS,
    flopsPerS: rate(mixed ? 16 : bits.activations),
    expertFlopsPerS: rate(bits.activations),
    mixingFlopsPerS: rate(16),
    expertSkew: scenario.expertSkew ?? 0,
    kvShare: Math.max(1 / tensorParallel, 1 / work.kvHeads),
    allReduce: clock("all-reduce", tensorParallel),
    exchange: attentionDataParallel > 1 ? clock("all-to-all", Math.max(expertParallel, abreast)) : none,
    handOver: pipelineParallel > 1 ? clock("send", 2) : none,
  };
}
