import type { Model } from "../../models/Model.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireWhole, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { kvCache } from "../arithmetic/kvCache.ts";
import type { LinkedAccelerator } from "./LinkedAccelerator.ts";
import { machineCollectiveClock } from "./machineCollectiveClock.ts";

/** The cache of a prompt on its way from an instance that prefills to one that decodes. */
export interface KvTransfer {
  readonly promptTokens: number;
  /** Bits of a cached value; default 16. */
  readonly kvBits?: number;
  readonly accelerator: LinkedAccelerator;
  /** Devices over which a layer is split where the prompt was computed, and where it is continued; default 1. */
  readonly prefillTensorParallel?: number;
  readonly decodeTensorParallel?: number;
  /** Stages of layers on either side; default 1. */
  readonly prefillPipelineParallel?: number;
  readonly decodePipelineParallel?: number;
  /** Whether the instances lie in different nodes; default true. */
  readonly acrossNodes?: boolean;
  /** Layers whose transfer is not hidden: 1 where each layer is sent while the next is computed; default all of them. */
  readonly exposedLayers?: number;
}

/** What is moved, and how long one request waits for it. */
export interface KvTransferTime {
  /** Bytes of the whole cache of the prompt, without copies. */
  readonly bytes: number;
  /** Most bytes that one device sends or receives: what the time is made of. */
  readonly bytesPerDevice: number;
  readonly seconds: number;
}

/**
 * Seconds in which the cache of one prompt is moved to the instance that decodes.
 *
 * Each device sends its share of the cache at the same time, one layer's devices to another's: the side with fewer devices limits. A head
 * that is copied over several devices (fewer heads than devices) is sent once by the prefill side, but has to arrive at every decoding device that
 * holds it. `latency + bytesPerDevice / rate`, the rate being that of the network, or of the node's link where `acrossNodes` is
 * false; with `exposedLayers` only that many layers' bytes are waited for.
 *
 * @throws RangeError on values outside their domain
 * @throws RangeError on an option that it does not know
 * @example
 * import { accelerators, kvTransferSeconds, modelShape } from "isoflop";
 * const transfer = { promptTokens: 8192, accelerator: accelerators["h100-sxm-80gb"], decodeTensorParallel: 4 };
 * kvTransferSeconds(modelShape("Llama-3-70B"), { ...transfer, prefillTensorParallel: 4 }).seconds; // => 0.01343
 */
export function kvTransferSeconds(shape: TransformerShape | Model, transfer: KvTransfer): KvTransferTime {
  requireOptions("kvTransferSeconds", transfer, [
    ...(["promptTokens", "kvBits", "accelerator", "prefillTensorParallel", "decodeTensorParallel"] as const),
    ...(["prefillPipelineParallel", "decodePipelineParallel", "acrossNodes", "exposedLayers"] as const),
  ]);
  const { promptTokens, kvBits = 16, accelerator, acrossNodes = true } = transfer;
  const { prefillTensorParallel = 1, decodeTensorParallel = 1 } = transfer;
  const { prefillPipelineParallel = 1, decodePipelineParallel = 1 } = transfer;
  requireWhole("promptTokens", promptTokens, 0, "give the tokens of the prompt");
  const cacheOf = (tensorParallel: number) =>
    kvCache(shape, { tokens: promptTokens, bits: kvBits, tensorParallel });
  const sending = cacheOf(prefillTensorParallel);
  const receiving = cacheOf(decodeTensorParallel);
  const nLayers = sending.layers.length;
  const { exposedLayers = nLayers } = transfer;
  for (const [name, stages] of Object.entries({ prefillPipelineParallel, decodePipelineParallel })) {
    requireWholeBetween(name, stages, 1, Math.max(1, nLayers), "a stage holds a layer or more");
  }
  requireWhole("exposedLayers", exposedLayers, 0, "1 where layers are sent while the next is computed");
  // Copies of a head need not be sent by every device that holds one.
  const sent = sending.bytes / prefillTensorParallel / prefillPipelineParallel;
  const received = receiving.bytesPerDevice / decodePipelineParallel;
  const bytesPerDevice = Math.max(sent, received);
  const clock = machineCollectiveClock({ kind: "send", devices: 2, accelerator, acrossNodes });
  const exposed = (bytesPerDevice * Math.min(exposedLayers, nLayers)) / Math.max(1, nLayers);
  return { bytes: sending.bytes, bytesPerDevice, seconds: exposed > 0 ? clock(exposed) : 0 };
}
