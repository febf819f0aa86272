import { rangeNote } from "../../format/rangeNote.ts";
import { evaluatePowerLaw } from "../../laws/power/publishedPowerLaw.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { kaplanCriticalBatchTokens } from "../hyperparameters/publishedHyperparameters.ts";
import {
  countedCriticalBatch,
  countedCriticalBatchErrors,
  zhangCriticalBatch,
} from "./publishedCriticalBatch.ts";

/** The law, and what it reads. */
export interface CriticalBatchQuestion {
  /**
   * `counted`: by tokens, isoflop's fit of the steps that Zhang et al. counted; `zhang`: by parameters, their printed
   * rule; `kaplan`: by the loss.
   */
  readonly law: "counted" | "zhang" | "kaplan";
  /** For `zhang`. */
  readonly nParams?: number;
  /** For `counted`. */
  readonly nTokens?: number;
  /** For `kaplan`, nats per token. */
  readonly loss?: number;
}

/** A critical batch, always in tokens. */
export interface CriticalBatch {
  readonly batchTokens: number;
  /**
   * `twice the least`: McCandlish's, for `stepsAndExamples` and `largestBatch`; `20 % over proportion`: Zhang's, a
   * batch to use, which those helpers do not take.
   */
  readonly meaning: "twice the least" | "20 % over proportion";
  /** 95 % interval of the law; absent where its constants came without errors. */
  readonly interval?: readonly [number, number];
  readonly source: string;
  /** Range of its data, and how far outside it is asked. */
  readonly notes: readonly string[];
}

/**
 * The critical batch in tokens by one of three laws. They do not mean the same, and their meaning is told: McCandlish's
 * takes twice the least steps and twice the least tokens, Zhang's 20 % more steps than in proportion.
 *
 * Zhang et al. count N in millions and the batch in sequences of 512 tokens; here N and tokens are plain counts.
 *
 * @throws RangeError when what the law reads is missing or not > 0
 *
 * @example
 * import { criticalBatch, largestBatch } from "isoflop";
 * criticalBatch({ law: "zhang", nParams: 151e6 }).batchTokens; // => 500_079
 * const { batchTokens } = criticalBatch({ law: "counted", nTokens: 20e9 });
 * largestBatch({ criticalBatch: batchTokens, overhead: 0.2 }); // => 1.062e6
 */
export function criticalBatch(question: CriticalBatchQuestion): CriticalBatch {
  requireOptions("criticalBatch", question, ["law", "nParams", "nTokens", "loss"]);
  const { law, nParams, nTokens, loss } = question;
  requireOneOf("law", law, ["counted", "zhang", "kaplan"]);
  if (law === "zhang") {
    const size = requirePositive("nParams", nParams as number, "the law zhang reads a count, such as 1e9");
    return {
      batchTokens: evaluatePowerLaw(zhangCriticalBatch, { nParams: size }),
      meaning: "20 % over proportion",
      source: zhangCriticalBatch.source,
      notes: [
        "at about 20 tokens a parameter, Adam with a constant rate and averaged weights, C4",
        ...present(rangeNote("nParams", size, zhangCriticalBatch.fitted.nParams!)),
      ],
    };
  }
  if (law === "kaplan") {
    const nats = requirePositive("loss", loss as number, "the law kaplan reads nats per token, such as 2.5");
    return {
      batchTokens: evaluatePowerLaw(kaplanCriticalBatchTokens, { loss: nats }),
      meaning: "twice the least",
      source: kaplanCriticalBatchTokens.source,
      notes: ["WebText2 and its tokenizer; the paper gives no range of losses"],
    };
  }
  const tokens = requirePositive(
    "nTokens",
    nTokens as number,
    "the law counted reads tokens, such as 1.4e12",
  );
  const { meanLogTokens, level, slope, freedom } = countedCriticalBatchErrors;
  const batchTokens = evaluatePowerLaw(countedCriticalBatch, { nTokens: tokens });
  const reach =
    studentTQuantile(0.975, freedom) * Math.hypot(level, slope * (Math.log(tokens) - meanLogTokens));
  return {
    batchTokens,
    meaning: "twice the least",
    interval: [batchTokens * Math.exp(-reach), batchTokens * Math.exp(reach)],
    source: countedCriticalBatch.source,
    notes: [
      "five models at about 20 tokens a parameter, Adam with a constant rate and averaged weights, C4; that tokens count, not size, is the paper's finding",
      ...present(rangeNote("nTokens", tokens, countedCriticalBatch.fitted.nTokens!)),
    ],
  };
}

const present = (note: string | undefined) => (note === undefined ? [] : [note]);
