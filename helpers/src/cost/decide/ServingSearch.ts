import type { Estimated } from "../engine/EngineEstimate.ts";
import type { EstimatedScenario } from "./differenceInterval.ts";

/** A configuration that fits, with what it gives and costs. */
export interface FoundServing extends EstimatedScenario {
  /** Key of its accelerator in the catalogue. */
  readonly acceleratorKey: string;
  /** Devices at work, and cards of the offer that no instance fills. */
  readonly devices: number;
  readonly idleDevices: number;
  /** Bytes of weights and cache on the fullest device. */
  readonly bytesPerDevice: number;
  readonly tokensPerSPerDevice: Estimated;
  /** Seconds from the arrival of a request to its last token: ttft + (outputTokens − 1) · tpot. */
  readonly requestS: Estimated;
  /** Output tokens are counted; the cost of the prompts is in it. Absent without a price. */
  readonly usdPerMillionTokens?: Estimated;
  /** Absent where the power of the board is not known. */
  readonly joulesPerToken?: Estimated;
  /** Absent without `carbonIntensity`. */
  readonly kgCo2ePerMillionTokens?: Estimated;
  /**
   * What it costs by the objective over what the best costs (of tokens a second: the best's over its own), 1 or more; and the
   * joint 80 % interval of that ratio.
   */
  readonly ratio: number;
  readonly ratioInterval: readonly [low: number, high: number];
  /** Whether that interval holds 1 (and independent errors could make up for it): which of the two is better is then not known. */
  readonly notDistinguishable: boolean;
}

/** What a search of serving configurations found. */
export interface ServingSearch {
  /** Configurations whose sizes divide. */
  readonly considered: number;
  /** Of them, those whose weights and cache fit, and those of these that are within the limits. */
  readonly fitting: number;
  readonly withinLimits: number;
  readonly best: FoundServing;
  /** The best first, as many as asked for. */
  readonly ranking: readonly FoundServing[];
  /** How many within the limits cannot be told from the best, which is one of them. */
  readonly tied: number;
  /** Of all that fit: those than which none has both more tokens a second for a device and less tpot. */
  readonly speedFront: readonly FoundServing[];
  /** Those than which none is both cheaper (dollars; without prices device seconds a token) and answers sooner (`requestS`). */
  readonly costFront: readonly FoundServing[];
  /** What the figures take for granted, in sentences. */
  readonly assumptions: readonly string[];
}
