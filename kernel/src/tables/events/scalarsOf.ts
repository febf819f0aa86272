import { doubleOf, fieldsOf, floatOf } from "./protobuf.ts";
import { tensorScalar } from "./tensorScalar.ts";

/** What an event of TensorBoard says, as far as numbers go. */
export interface ScalarEvent {
  readonly wallTime: number;
  readonly step: number;
  readonly scalars: readonly { readonly tag: string; readonly value: number }[];
  /** Tags of images, histograms, texts and other things that are no scalars. */
  readonly others: readonly string[];
  /** A program that was started again at this step; what came before it from that step on does not count. */
  readonly isStart: boolean;
}

/**
 * Reads an `Event` (tensorboard/compat/proto/event.proto): scalars as `simple_value`, and as tensors of one number, which
 * TensorFlow 2 and PyTorch's newer writers use.
 *
 * @throws RangeError where the bytes are none
 */
export function scalarsOf(event: Uint8Array): ScalarEvent {
  const scalars: { tag: string; value: number }[] = [];
  const others: string[] = [];
  let wallTime = 0;
  let step = 0;
  let isStart = false;
  for (const { number, wire, integer, bytes } of fieldsOf(event)) {
    if (number === 1 && wire === 1) wallTime = doubleOf(bytes);
    else if (number === 2 && wire === 0) step = Number(integer);
    else if (number === 5 && wire === 2) readSummary(bytes, scalars, others);
    else if (number === 7 && wire === 2)
      isStart = [...fieldsOf(bytes)].some((one) => one.number === 1 && one.integer === 1n);
  }
  return { wallTime, step, scalars, others, isStart };
}

function readSummary(summary: Uint8Array, scalars: { tag: string; value: number }[], others: string[]): void {
  for (const value of fieldsOf(summary)) {
    if (value.number !== 1 || value.wire !== 2) continue;
    let tag = "";
    let scalar: number | undefined;
    let plugin = "";
    for (const { number, wire, bytes } of fieldsOf(value.bytes)) {
      if (number === 1 && wire === 2) tag = Buffer.from(bytes).toString("utf8");
      else if (number === 2 && wire === 5) scalar = floatOf(bytes);
      else if (number === 8 && wire === 2) scalar = tensorScalar(bytes);
      else if (number === 9 && wire === 2) plugin = pluginOf(bytes);
    }
    // A tensor of one number may also be an image's or a curve's.
    if (scalar === undefined || (plugin !== "" && plugin !== "scalars")) others.push(tag);
    else scalars.push({ tag, value: scalar });
  }
}

/** The name of the plugin in a SummaryMetadata. */
function pluginOf(metadata: Uint8Array): string {
  for (const plugin of fieldsOf(metadata)) {
    if (plugin.number !== 1 || plugin.wire !== 2) continue;
    for (const { number, wire, bytes } of fieldsOf(plugin.bytes))
      if (number === 1 && wire === 2) return Buffer.from(bytes).toString("utf8");
  }
  return "";
}
