import type { Block } from "../../models/blocks/Block.ts";
import type { Model } from "../../models/Model.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";

/** A count of a model that devices must divide. */
interface Divisible {
  readonly what: string;
  readonly count: number;
}

/** Counts of a model that a layout must divide, each once. */
export interface Divisors {
  readonly tensor: readonly Divisible[];
  /** Key-value heads: a multiple of them will do, too, since they are copied then. */
  readonly kvHeads: readonly number[];
  readonly experts: readonly number[];
  readonly expertTensor: readonly Divisible[];
}

const known = new WeakMap<Model, Divisors>();

/** What the degrees of a layout must divide. */
export function divisorsOf(model: Model): Divisors {
  let divisors = known.get(model);
  if (!divisors) {
    divisors = collect(model);
    known.set(model, divisors);
  }
  return divisors;
}

function collect(model: Model): Divisors {
  const tensor = new Map<string, Divisible>();
  const expertTensor = new Map<string, Divisible>();
  const kvHeads = new Set<number>();
  const experts = new Set<number>();
  const add = (of: Map<string, Divisible>, what: string, count: number) => {
    of.set(`${what} ${count}`, { what, count });
  };
  const seen = new Set<Block>();
  for (const { blocks } of [...model.layers, ...model.prediction]) {
    for (const block of blocks) {
      if (seen.has(block)) continue;
      seen.add(block);
      switch (block.kind) {
        case "attention":
          add(tensor, "attention heads", block.nHeads);
          kvHeads.add(block.nKvHeads);
          break;
        case "latent-attention":
          add(tensor, "latent heads", block.nHeads);
          break;
        case "linear-attention":
          add(tensor, "key heads of linear attention", block.nKeyHeads);
          add(tensor, "value heads of linear attention", block.nValueHeads);
          break;
        case "state-space":
          if (block.nHeads) add(tensor, "heads of the state space", block.nHeads);
          else add(tensor, "channels of the state space", block.innerSize);
          break;
        case "gated-recurrence":
          add(tensor, "heads of the recurrence", block.nHeads);
          break;
        case "short-convolution":
          add(tensor, "channels of the convolution", block.inputSize);
          break;
        case "feed-forward":
          add(tensor, "inner values of the feed-forward", block.size);
          break;
        case "experts":
          experts.add(block.nExperts);
          add(expertTensor, "inner values of an expert", block.size);
          if (block.sharedSize) add(tensor, "inner values of the shared expert", block.sharedSize);
          break;
      }
    }
  }
  return {
    tensor: [...tensor.values()],
    kvHeads: [...kvHeads],
    experts: [...experts],
    expertTensor: [...expertTensor.values()],
  };
}

/** Whether so many tensor-parallel devices divide heads and widths; key-value heads may be copied. */
export function tensorDivides({ tensor, kvHeads }: Divisors, devices: number): boolean {
  return (
    tensor.every(({ count }) => count % devices === 0) &&
    kvHeads.every((count) => count % devices === 0 || devices % count === 0)
  );
}

/** Throws where the degrees do not divide what they share, by its name. */
export function requireDivisible(
  model: Model,
  degrees: { readonly tensor: number; readonly expert: number; readonly expertTensor: number },
): void {
  const { tensor, expert, expertTensor } = degrees;
  const divisors = divisorsOf(model);
  for (const { what, count } of divisors.tensor) {
    if (count % tensor !== 0)
      throw refusal("tensorParallel", `must divide the ${count} ${what}`, tensor, "take a divisor");
  }
  for (const count of divisors.kvHeads) {
    if (count % tensor !== 0 && tensor % count !== 0) {
      const wanted = `must divide the ${count} key-value heads or be a multiple of them`;
      throw refusal("tensorParallel", wanted, tensor, "beyond them the heads are copied");
    }
  }
  if (divisors.experts.length === 0 && expert > 1) {
    throw refusal("expertParallel", "must be 1 for a model without experts", expert, "leave it out");
  }
  if (divisors.experts.length === 0 && expertTensor !== tensor) {
    const wanted = `must be tensorParallel, ${tensor}, for a model without experts`;
    throw refusal("expertTensorParallel", wanted, expertTensor, "leave it out");
  }
  for (const count of divisors.experts) {
    if (count % expert !== 0)
      throw refusal("expertParallel", `must divide the ${count} experts`, expert, "take a divisor");
  }
  for (const { what, count } of divisors.expertTensor) {
    if (count % expertTensor !== 0) {
      throw refusal(
        "expertTensorParallel",
        `must divide the ${count} ${what}`,
        expertTensor,
        "take a divisor",
      );
    }
  }
}
