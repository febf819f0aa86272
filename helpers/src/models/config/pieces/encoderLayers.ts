import type { AttentionBlock } from "../../blocks/Attention.ts";
import type { Block } from "../../blocks/Block.ts";
import type { Layer } from "../../Model.ts";
import { full } from "./spans.ts";
import { stack } from "./stack.ts";

/** A stack in which every token sees every other: encoders of text, vision towers. */
export interface EncoderShape {
  readonly width: number;
  readonly nHeads: number;
  /** Inner width of the feed-forward. */
  readonly size: number;
  readonly layers: number;
  /** Whether norms have biases (LayerNorm); default true. */
  readonly normBias?: boolean;
  readonly biases: NonNullable<AttentionBlock["biases"]>;
  readonly matrices?: 2 | 3;
  readonly mlpBias: boolean;
}

/**
 * Layers of an encoder.
 *
 * @throws RangeError where heads do not divide the width
 */
export function encoderLayers(shape: EncoderShape): Layer[] {
  const { width, nHeads, size, layers, normBias = true, biases, matrices = 2, mlpBias } = shape;
  if (width % nHeads !== 0) {
    throw new RangeError(
      `the ${nHeads} heads of an encoder must divide its width ${width}; fix the configuration`,
    );
  }
  const norm: Block = { kind: "norm", size: width, bias: normBias };
  const attention: Block = {
    kind: "attention",
    inputSize: width,
    nHeads,
    nKvHeads: nHeads,
    keySize: width / nHeads,
    span: full,
    biases,
    causal: false,
  };
  const inner: Block = {
    kind: "feed-forward",
    inputSize: width,
    size,
    matrices,
    biases: { up: mlpBias, down: mlpBias },
  };
  return stack(layers, norm, attention, inner);
}
