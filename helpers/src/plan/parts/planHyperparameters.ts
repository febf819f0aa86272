import { formatCount } from "../../format/formatCount.ts";
import { criticalBatch } from "../../training/batch/criticalBatch.ts";
import { rateAndBatch } from "../../training/batch/rateAndBatch.ts";
import { cooldownCost } from "../../training/curves/cooldownCost.ts";
import type { Planned, TrainingPlan } from "../TrainingPlan.ts";
import type { PlanContext } from "./PlanContext.ts";

type Hyperparameters = Pick<
  TrainingPlan,
  | "learningRate"
  | "batchTokens"
  | "batchPenalty"
  | "criticalBatch"
  | "steps"
  | "cooldownFrom"
  | "horizonFlops"
>;

/** Learning rate, batch, steps and cooldown of a plan, for a model of so many parameters outside the vocabulary. */
export function planHyperparameters(context: PlanContext, nonEmbedding: number): Hyperparameters {
  const { question, settled } = context;
  const nTokens = Math.exp(settled.chosen.logD);
  const { maxBatchTokens } = question;
  const run = { nParams: nonEmbedding, nTokens };
  const best = rateAndBatch(run);
  const isLimited = maxBatchTokens !== undefined && maxBatchTokens < best.batchTokens.value;
  const chosen = isLimited ? rateAndBatch({ ...run, batchTokens: maxBatchTokens }) : best;
  const planned = ({ value, interval }: Pick<Planned, "value" | "interval">, unit: string): Planned => ({
    value,
    unit,
    from: chosen.source,
    ...(interval && interval[0] < interval[1] && { interval }),
    notes: chosen.notes,
  });
  const { value: batch, interval } = chosen.batchTokens;
  const steps = nTokens / batch;
  const critical = criticalBatch({ law: "counted", nTokens });
  return {
    learningRate: planned(chosen.learningRate, "peak, AdamW"),
    batchTokens: isLimited
      ? {
          value: batch,
          unit: "tokens",
          from: "the limit given",
          notes: [`the best would be ${formatCount(best.batchTokens.value)}`],
        }
      : planned(chosen.batchTokens, "tokens"),
    ...(isLimited && { batchPenalty: planned(chosen.lossPaid, "nats per token above the best batch") }),
    criticalBatch: {
      value: critical.batchTokens,
      unit: "tokens, at which both steps and tokens are twice the least",
      from: critical.source,
      ...(critical.interval && { interval: critical.interval }),
      notes: critical.notes,
    },
    steps: {
      value: steps,
      unit: "optimizer steps",
      from: "tokens over batch",
      ...(!isLimited && { interval: [nTokens / interval[1], nTokens / interval[0]] as const }),
      notes: [],
    },
    ...planCooldown(context, steps),
  };
}

/** From which step the rate falls, and what measuring at several horizons costs. */
function planCooldown(
  { question, settled }: PlanContext,
  steps: number,
): Pick<TrainingPlan, "cooldownFrom" | "horizonFlops"> {
  const { cooldown, horizons } = question;
  if (cooldown === undefined) return {};
  const from =
    "a constant rate that falls over the last part, as good as a cosine (Hägele et al. 2024, arXiv:2405.18392)";
  const nTokens = Math.exp(settled.chosen.logD);
  const perToken = 6 * Math.exp(settled.chosen.logN);
  const beyond = horizons?.find((horizon) => horizon > nTokens * (1 + 1e-9));
  if (beyond !== undefined) {
    throw new RangeError(
      `a horizon must be within the run's ${formatCount(nTokens)} tokens, got ${formatCount(beyond)}; give earlier ones, or a larger budget`,
    );
  }
  const several = horizons && cooldownCost({ horizons: [...horizons, nTokens], fraction: cooldown });
  return {
    cooldownFrom: {
      value: (1 - cooldown) * steps,
      unit: "optimizer steps at the constant rate",
      from,
      notes: [],
    },
    ...(several && {
      horizonFlops: {
        value: perToken * several.reused,
        unit: "FLOPs, the run and a cooldown for each earlier horizon",
        from,
        notes: [
          `a run of its own for each horizon would take ${(1 / several.ratio).toFixed(2)} times as much`,
        ],
      },
    }),
  };
}
