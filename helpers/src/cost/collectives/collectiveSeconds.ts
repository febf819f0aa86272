import { requireNonNegative } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { collectiveWays } from "./collectiveWays.ts";
import { domainsOf } from "./domainsOf.ts";
import {
  type MachineCollectiveOptions,
  machineCollectiveClock,
  networkLatencyS,
} from "./machineCollectiveClock.ts";
import { collectiveSoftware, indexOfLink } from "./pieces.ts";

/** A collective on a machine, and its bytes. */
export interface CollectiveOptions extends MachineCollectiveOptions {
  /** As `machineCollectiveClock` counts them. */
  readonly bytes: number;
}

/** Seconds of a collective, and how far to believe them. */
export interface CollectiveTime {
  readonly value: number;
  /** Where the time lies in 80 and 95 of 100 cases. */
  readonly interval80: readonly [low: number, high: number];
  readonly interval95: readonly [low: number, high: number];
  /** The fastest way, by which it is done: "one shot", "two shots", "in the switch", … */
  readonly algorithm: string;
  /** What was assumed, and what to know before the number is believed. */
  readonly assumptions: readonly string[];
}

/**
 * Factors within which 80 and 95 of 100 published all-reduces lie that were left out of the calibration: each machine
 * (accelerator and software), each accelerator, each software, each kind of link (bench/serving/collectives.js).
 */
export const collectiveFactors = {
  machine: [1.17, 1.39],
  accelerator: [1.25, 2.35],
  software: [1.43, 1.73],
  link: [1.5, 2.7],
} as const;

const measured = [
  ...["A100-SXM-80GB", "H100-SXM-80GB", "H200-SXM-141GB", "B200-SXM-180GB", "B300-SXM-288GB"],
  ...["GB200-186GB", "GB300-288GB", "L40S-48GB", "RTX-PRO-6000-96GB"],
];

/**
 * Seconds of a collective on a machine, with intervals that say how well published profiles are met that were left out.
 *
 * @throws RangeError on values outside their domain
 * @throws RangeError on an option that it does not know
 * @example
 * import { accelerators, collectiveSeconds } from "isoflop";
 * const time = collectiveSeconds({
 *   kind: "all-reduce", bytes: 16384, devices: 8, accelerator: accelerators["h100-sxm-80gb"], software: "trtllm",
 * });
 * time.algorithm; // => "one shot"
 * time.interval95.map((seconds) => (1e6 * seconds).toFixed(1)); // => ["2.6", "5.1"]
 */
export function collectiveSeconds(options: CollectiveOptions): CollectiveTime {
  requireOptions("collectiveSeconds", options, [
    ...(["kind", "bytes", "devices", "accelerator", "software", "acrossNodes", "constants"] as const),
  ]);
  const { bytes, ...machine } = options;
  requireNonNegative("bytes", bytes, "give the bytes of the tensor");
  const value = machineCollectiveClock(machine)(bytes);
  const { kind, devices, accelerator, software = "", acrossNodes = false } = machine;
  const { nodeLink, network, name } = accelerator;
  const { domains } = domainsOf(accelerator, devices);
  const crosses = kind === "send" ? acrossNodes || !nodeLink : domains > 1;
  const assumptions: string[] = [];
  let factors: readonly [number, number] = collectiveFactors.machine;
  const assume = (text: string, wider: readonly [number, number]) => {
    assumptions.push(text);
    factors = [Math.max(factors[0], wider[0]), Math.max(factors[1], wider[1])];
  };
  if (crosses) {
    const rate = network ? `${network.name} a device` : "no network in the data sheet, so 200 Gb/s a device";
    const latency = `${(1e6 * networkLatencyS).toFixed(0)} µs of latency`;
    assume(
      `crosses nodes: ${rate}, ${latency}; no profile over a network was calibrated on`,
      collectiveFactors.link,
    );
  }
  if (nodeLink && indexOfLink(nodeLink.name) < 0) {
    assume(
      `no collective over ${nodeLink.name} was calibrated on: the middle of the links that were`,
      collectiveFactors.link,
    );
  } else if (!measured.includes(name)) {
    assume(
      `no collective on ${name} was calibrated on: as others with ${nodeLink?.name}`,
      collectiveFactors.accelerator,
    );
  }
  if (kind === "all-reduce" && !collectiveSoftware.includes(software as "nccl")) {
    const whose =
      software === "" ? "the software is not given" : `no all-reduce of ${software} was calibrated on`;
    assume(`${whose}: the middle of TensorRT-LLM, vLLM and SGLang`, collectiveFactors.software);
  }
  if (!crosses && devices > 8) {
    assume(`${devices} devices: no more than 8 were calibrated on`, collectiveFactors.link);
  }
  if (kind !== "send" && devices > 1 && !crosses) {
    assumptions.push("the call stands in a captured graph or is one of many: the host's launch is not in it");
  }
  const around = (factor: number): [number, number] => [value / factor, value * factor];
  return {
    value,
    interval80: around(factors[0]),
    interval95: around(factors[1]),
    algorithm: algorithmOf(options, crosses),
    assumptions,
  };
}

function algorithmOf({ kind, bytes, devices, ...machine }: CollectiveOptions, crosses: boolean): string {
  if (crosses) return kind === "send" ? "over the network" : "within the nodes and over the network";
  const { nodeLink } = machine.accelerator;
  if (devices === 1 || !nodeLink) return "none";
  const send = kind === "send";
  const ways = collectiveWays({
    ...{ kind: send ? "all-gather" : kind, devices: send ? 2 : devices, link: nodeLink.name },
    bytesPerSEachWay: nodeLink.bytesPerSEachWay,
    ...(machine.software === undefined ? {} : { software: machine.software }),
    ...(machine.constants === undefined ? {} : { constants: machine.constants }),
  });
  const moved = send ? 2 * bytes : bytes;
  let best = { name: "none", seconds: Infinity };
  for (const { name, latencyS, sPerByte, limitBytes } of ways) {
    const seconds = latencyS + sPerByte * moved;
    if (moved <= limitBytes && seconds < best.seconds) best = { name, seconds };
  }
  return best.name;
}
