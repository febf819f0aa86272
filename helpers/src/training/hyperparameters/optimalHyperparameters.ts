import { rangeNote } from "../../format/rangeNote.ts";
import { besiroglu2024 } from "../../laws/chinchilla/publishedChinchilla.ts";
import { evaluatePowerLaw } from "../../laws/power/publishedPowerLaw.ts";
import { refuseMisspelt } from "../../numerics/arguments/refuseMisspelt.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { bjorckExponents, bjorckLearningRate, type RateReference } from "./bjorckLearningRate.ts";
import { deepseekHyperparameters } from "./deepseekHyperparameters.ts";
import {
  deepseekLearningRate,
  kaplanCriticalBatchTokens,
  minicpmBatchTokens,
  minicpmLearningRate,
  porianBatchTokens,
  porianLearningRate,
  powerSchedulerRatio,
  stepLawLearningRate,
} from "./publishedHyperparameters.ts";
import { stepLaw } from "./stepLaw.ts";

/** The run whose learning rate and batch size are asked for. */
export interface HyperparameterQuestion {
  /** Parameters without embeddings. */
  readonly nParams: number;
  readonly nTokens: number;
  /** Loss the run will reach, nats per token; default: Epoch's refit of the Chinchilla law. */
  readonly loss?: number;
  /** Training FLOPs; default 6 N D. */
  readonly flops?: number;
  /** A run whose best rate you know: Bjorck's rule, which knows ratios only, then joins the others. */
  readonly reference?: RateReference;
}

/** One law's advice. */
export interface HyperparameterAdvice {
  readonly law: "Step Law" | "DeepSeek" | "Kaplan" | "MiniCPM" | "Power scheduler" | "Porian" | "Bjorck";
  /** Peak learning rate; absent where the law has none. */
  readonly learningRate: number | undefined;
  /** Batch in tokens; absent where the law has none. */
  readonly batchTokens: number | undefined;
  readonly source: string;
  /** Conditions under which the figures hold, and how far outside its data the law is asked. */
  readonly notes: readonly string[];
}

/**
 * Peak learning rate and batch size for a training run by six published laws, side by side, and by a seventh from a
 * run of your own. They do not mean the same: MiniCPM's and Power scheduler's rates are for muP, Kaplan's batch is the
 * critical one (half the speed-up). With intervals, and what other settings cost: `rateAndBatch`.
 *
 * @param question nParams without embeddings, nTokens; loss and flops where known better than by default; a reference
 * @throws RangeError when a number is not > 0
 *
 * @example
 * import { optimalHyperparameters } from "isoflop";
 * const advice = optimalHyperparameters({ nParams: 1e9, nTokens: 100e9 });
 * advice.map((row) => row.law); // => ["Step Law", "DeepSeek", "Kaplan", "MiniCPM", "Power scheduler", "Porian"]
 * advice[0]?.batchTokens; // => 1.108e6
 */
export function optimalHyperparameters(question: HyperparameterQuestion): HyperparameterAdvice[] {
  refuseMisspelt("the question of optimalHyperparameters", question, [
    "nParams",
    "nTokens",
    "loss",
    "flops",
    "reference",
  ]);
  const { nParams, nTokens, reference } = question;
  const step = stepLaw(question);
  const flops = requirePositive(
    "flops",
    question.flops ?? 6 * nParams * nTokens,
    "give a budget, such as 1e21",
  );
  const loss = requirePositive(
    "loss",
    question.loss ?? besiroglu2024.predict(question),
    "give nats per token, such as 2.1",
  );
  const lossNote =
    question.loss === undefined
      ? [`at a loss of ${loss.toFixed(2)} nats per token, predicted by ${besiroglu2024.source}`]
      : [];
  const deepseek = deepseekHyperparameters({ flops });
  const perSequence = evaluatePowerLaw(powerSchedulerRatio, { nTokens });
  const present = (note: string | undefined) => (note === undefined ? [] : [note]);
  return [
    {
      law: "Step Law",
      ...step,
      source: stepLawLearningRate.source,
      notes: [
        "AdamW, cosine to 1e-5, 2,000 warm-up steps",
        ...present(rangeNote("nParams", nParams, stepLawLearningRate.fitted.nParams!)),
        ...present(rangeNote("nTokens", nTokens, stepLawLearningRate.fitted.nTokens!)),
      ],
    },
    {
      law: "DeepSeek",
      ...deepseek,
      source: deepseekLearningRate.source,
      notes: question.flops === undefined ? ["by 6 N D; DeepSeek also counts attention"] : [],
    },
    {
      law: "Kaplan",
      learningRate: undefined,
      batchTokens: evaluatePowerLaw(kaplanCriticalBatchTokens, { loss }),
      source: kaplanCriticalBatchTokens.source,
      notes: ["critical batch: twice the least number of steps and of tokens", ...lossNote],
    },
    {
      law: "MiniCPM",
      learningRate: minicpmLearningRate.value,
      batchTokens: evaluatePowerLaw(minicpmBatchTokens, { loss }),
      source: minicpmBatchTokens.source,
      notes: ["rate under muP", ...lossNote],
    },
    {
      law: "Power scheduler",
      learningRate: (perSequence * step.batchTokens) / 4096,
      batchTokens: undefined,
      source: powerSchedulerRatio.source,
      notes: [
        "rate under muP, for Step Law's batch; it grows in proportion to the batch",
        ...present(rangeNote("nTokens", nTokens, powerSchedulerRatio.fitted.nTokens!)),
      ],
    },
    {
      law: "Porian",
      learningRate: evaluatePowerLaw(porianLearningRate, { nParams }),
      batchTokens: evaluatePowerLaw(porianBatchTokens, { nParams }),
      source: porianLearningRate.source,
      notes: [
        "at 20 tokens a parameter, AdamW, constant rate after warm-up",
        ...present(rangeNote("nParams", nParams, porianLearningRate.fitted.nParams!)),
      ],
    },
    ...(reference
      ? [
          {
            law: "Bjorck" as const,
            learningRate: bjorckLearningRate({ from: reference, nParams, nTokens }),
            batchTokens: undefined,
            source: bjorckExponents.source,
            notes: ["carried on from your run by exponents only, at its batch"],
          },
        ]
      : []),
  ];
}
