import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { domainsOf } from "./domainsOf.ts";
import { type ExpertExchange, expertExchangeBytes } from "./expertExchangeBytes.ts";
import type { LinkedAccelerator } from "./LinkedAccelerator.ts";
import { machineCollectiveClock } from "./machineCollectiveClock.ts";
import { indexOfLink } from "./pieces.ts";

/** Tokens on their way to experts, and the machine. */
export interface ExpertExchangeOptions extends ExpertExchange {
  readonly accelerator: LinkedAccelerator;
  /**
   * "low-latency" is what DeepEP's kernels of that name take within a captured graph; "collective" is an all-to-all by the
   * library. Default "low-latency".
   */
  readonly kernels?: "low-latency" | "collective";
}

/** Seconds of both ways. */
export interface ExpertExchangeTime {
  readonly dispatch: number;
  readonly combine: number;
}

/** Latency in seconds and the share of the link that is reached. */
interface ExchangeRate {
  readonly latencyS: number;
  readonly share: number;
}

/**
 * Of DeepEP's low-latency kernels, medians of the published profiles (dataset `expertExchangeProfiles`): latencies of rows whose bytes
 * take less than a microsecond (ten over the network) at the whole rate, shares of rows that take three times the latency or more.
 */
export const publishedExchangeRates = {
  "NVLink 4": {
    dispatch: { latencyS: 11.2e-6, share: 0.553 },
    combine: { latencyS: 11.7e-6, share: 0.491 },
  },
  "NVLink 5": {
    dispatch: { latencyS: 17.4e-6, share: 0.467 },
    combine: { latencyS: 17.1e-6, share: 0.648 },
  },
  network: {
    dispatch: { latencyS: 29.2e-6, share: 0.993 },
    combine: { latencyS: 31.5e-6, share: 0.954 },
  },
} as const satisfies Record<string, Record<"dispatch" | "combine", ExchangeRate>>;

/**
 * Seconds that tokens take to their experts and that results take back, all devices sending at once.
 *
 * `latency + bytes / (share · rate)`: within a node by the bytes that leave a device (`expertExchangeBytes`), across nodes by those that
 * leave the node, over each device's share of the network. An uneven choice of experts, for which the slowest device is waited for, multiplies the
 * bytes: give it as more tokens. What cannot be hidden behind products of matrices is not said here.
 *
 * @throws RangeError on values outside their domain
 * @throws RangeError on an option that it does not know
 * @example
 * import { accelerators, expertExchangeSeconds } from "isoflop";
 * const exchange = { tokens: 128, topK: 8, nExperts: 256, hiddenSize: 7168, devices: 8, dispatchBits: 8, scaleGroup: 128 };
 * const time = expertExchangeSeconds({ ...exchange, accelerator: accelerators["h100-sxm-80gb"] });
 * (1e6 * time.dispatch).toFixed(1); // => "37.8"
 */
export function expertExchangeSeconds(options: ExpertExchangeOptions): ExpertExchangeTime {
  requireOptions("expertExchangeSeconds", options, [
    ...(["tokens", "topK", "nExperts", "hiddenSize", "devices", "dispatchBits"] as const),
    ...(["scaleGroup", "combineBits", "per", "accelerator", "kernels"] as const),
  ]);
  const { accelerator, kernels = "low-latency", ...exchange } = options;
  if (kernels !== "low-latency" && kernels !== "collective") {
    throw new RangeError(`kernels must be "low-latency" or "collective", got ${JSON.stringify(kernels)}`);
  }
  const sent = expertExchangeBytes(exchange);
  const { devices } = exchange;
  // Checks the accelerator, too.
  const library = machineCollectiveClock({ kind: "all-to-all", devices, accelerator });
  if (devices === 1) return { dispatch: 0, combine: 0 };
  if (kernels === "collective") {
    const whole = devices / (devices - 1);
    return { dispatch: library(sent.dispatch * whole), combine: library(sent.combine * whole) };
  }
  const { domains } = domainsOf(accelerator, devices);
  const leaving = domains === 1 ? 1 : (devices * (1 - 1 / domains)) / (devices - 1);
  const link = domains === 1 ? accelerator.nodeLink : accelerator.network;
  const rate = link?.bytesPerSEachWay ?? 25e9;
  const rates =
    domains > 1 || accelerator.nodeLink === undefined
      ? publishedExchangeRates.network
      : publishedExchangeRates[indexOfLink(accelerator.nodeLink.name) === 2 ? "NVLink 5" : "NVLink 4"];
  const seconds = ({ latencyS, share }: ExchangeRate, bytes: number) =>
    latencyS + (bytes * leaving) / (share * rate);
  return { dispatch: seconds(rates.dispatch, sent.dispatch), combine: seconds(rates.combine, sent.combine) };
}
