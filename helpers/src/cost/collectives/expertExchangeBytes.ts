import { requireAbove, requireWhole, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** Tokens on their way to experts that lie on several devices. */
export interface ExpertExchange {
  /** Tokens on each device. */
  readonly tokens: number;
  /** Experts that a token is sent to. */
  readonly topK: number;
  /** All experts of a layer, copies of busy ones among them. */
  readonly nExperts: number;
  readonly hiddenSize: number;
  /** Devices over which the experts are dealt out. */
  readonly devices: number;
  /** Bits of a value on its way to the expert, default 16; scales come on top where it is given `scaleGroup`. */
  readonly dispatchBits?: number;
  /** Values that share a scale of 32 bits on the way to the expert; default none. */
  readonly scaleGroup?: number;
  /** Bits of a value on its way back; default 16. */
  readonly combineBits?: number;
  /**
   * Whether a token is sent once to each device that has any of its experts ("device"), or once to each expert ("expert", as
   * low-latency kernels do, and results come back); default "expert".
   */
  readonly per?: "expert" | "device";
}

/** What one device sends, on average over tokens that choose their experts evenly. */
export interface ExchangedBytes {
  /** Copies of a token that leave its device. */
  readonly copies: number;
  readonly dispatch: number;
  readonly combine: number;
}

/**
 * Bytes that one device sends when tokens go to their experts (dispatch), and when results come back (combine).
 *
 * Of a token's `k` copies `(D - 1) / D` leave its device. Sent once to each device instead, it is
 * `(D - 1) (1 - C(E - E/D, k) / C(E, k))` copies: the other devices, times the chance that one has any of the k experts.
 *
 * @throws RangeError on counts outside their domain, or, sent once a device, experts that the devices do not divide
 * @throws RangeError on an option that it does not know
 * @example
 * import { expertExchangeBytes } from "isoflop";
 * const exchange = { tokens: 128, topK: 8, nExperts: 256, hiddenSize: 7168, devices: 8, dispatchBits: 8 };
 * expertExchangeBytes(exchange); // => { copies: 7, dispatch: 6422528, combine: 12845056 }
 * expertExchangeBytes({ ...exchange, per: "device" }).copies; // => 4.633
 */
export function expertExchangeBytes(exchange: ExpertExchange): ExchangedBytes {
  requireOptions("expertExchangeBytes", exchange, [
    ...(["tokens", "topK", "nExperts", "hiddenSize", "devices"] as const),
    ...(["dispatchBits", "scaleGroup", "combineBits", "per"] as const),
  ]);
  const { tokens, topK, nExperts, hiddenSize, devices, scaleGroup } = exchange;
  const { dispatchBits = 16, combineBits = 16, per = "expert" } = exchange;
  if (!(Number.isFinite(tokens) && tokens >= 0)) {
    throw new RangeError(`tokens must be a number >= 0, got ${tokens}; give those of one device`);
  }
  requireWhole("nExperts", nExperts, 1, "give all experts of a layer");
  requireWholeBetween("topK", topK, 1, nExperts, "give how many experts a token is sent to");
  requireWhole("hiddenSize", hiddenSize, 1, "give the width of a token");
  requireWhole("devices", devices, 1, "give the devices over which the experts lie");
  requireAbove("dispatchBits", dispatchBits, 0, "16 or 8 are usual");
  requireAbove("combineBits", combineBits, 0, "16 is usual");
  if (scaleGroup !== undefined) requireWhole("scaleGroup", scaleGroup, 1, "128 is usual");
  if (per !== "expert" && per !== "device") {
    throw new RangeError(`per must be "expert" or "device", got ${JSON.stringify(per)}`);
  }
  if (per === "device" && nExperts % devices !== 0) {
    throw new RangeError(`${nExperts} experts do not lie whole on ${devices} devices; give a divisor`);
  }
  const copies =
    per === "expert"
      ? (topK * (devices - 1)) / devices
      : (devices - 1) * (1 - missedByAll(nExperts, nExperts / devices, topK));
  const values = tokens * copies * hiddenSize;
  const scaleBits = scaleGroup === undefined ? 0 : 32 / scaleGroup;
  return { copies, dispatch: (values * (dispatchBits + scaleBits)) / 8, combine: (values * combineBits) / 8 };
}

/** The chance that k different experts of all are none of those of one device: C(all - own, k) / C(all, k). */
function missedByAll(all: number, own: number, k: number): number {
  let chance = 1;
  for (let i = 0; i < k; i++) chance *= Math.max(0, all - own - i) / (all - i);
  return chance;
}
