import type { CheckedLayout } from "../../layout/Layout.ts";
import type { ActivationStyle } from "./blockActivations.ts";
import type { TrainingMemoryOptions } from "./MemoryParts.ts";

/** Bytes of an operand that is kept for the gradient of a matrix, by the bits of the product. */
const operandBytes = { 32: 4, 16: 2, 8: 1, 4: 0.5 + 1 / 16 } as const;

/** How a layout's stack keeps activations. 4-bit operands have a scale of 8 bits for 16 values. */
export function activationStyle(
  layout: CheckedLayout,
  options: TrainingMemoryOptions,
  rotates: boolean,
): ActivationStyle {
  const { tensorParallel: tp, productBits, recipe, recomputeModules } = layout;
  const { stack = "megatron", dropout = false, expertImbalance = 1, fineTuning } = options;
  // Eager norms pass on what the table of tokens gives them: float32, unless the base is frozen in fewer bits.
  const isFloat32 = fineTuning ? (fineTuning.baseBits ?? 16) === 32 : recipe.weights === 4;
  const act = productBits === 32 ? 4 : 2;
  const again = (module: (typeof recomputeModules)[number]) => recomputeModules.includes(module);
  return {
    act,
    operand: operandBytes[productBits],
    residual: stack === "pytorch" && isFloat32 ? 4 : act,
    sp: layout.sequenceParallel ? tp : 1,
    tp,
    etp: layout.expertTensorParallel,
    flash: layout.attention === "flash",
    dropout,
    joint: stack === "pytorch" && rotates,
    seen: options.sequenceTokens,
    imbalance: expertImbalance,
    recomputes: {
      coreAttention: again("core-attention"),
      norm: again("norm"),
      activation: again("activation"),
      feedForward: again("feed-forward"),
      experts: again("experts"),
    },
  };
}

/** The same without recomputation: what one layer holds while it is computed again. */
export function withoutRecompute(style: ActivationStyle): ActivationStyle {
  return {
    ...style,
    recomputes: { coreAttention: false, norm: false, activation: false, feedForward: false, experts: false },
  };
}
