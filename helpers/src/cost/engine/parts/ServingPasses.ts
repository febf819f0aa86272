import type { ServingScenario } from "../ServingScenario.ts";
import { type EngineMachine, engineMachine } from "./EngineMachine.ts";
import { engineParts } from "./partNames.ts";
import { addDecodeParts, addPromptParts } from "./stepParts.ts";

const nParts = engineParts.length;

/** Tokens that a step computes at most where nothing is said: vLLM's and SGLang's default on cards for data centres. */
const usualChunk = 8192;

/** Medians of the constants: where a time is needed before any were calibrated. */
const medians: readonly number[] = engineParts.map(({ median }) => median);

/** What the steps of a scenario's instances compute, and how long that takes by the constants given. */
export class ServingPasses {
  /** The machine of an instance that decodes. */
  readonly machine: EngineMachine;
  /** Tokens of a prompt that are computed, those of a prefix cache left out. */
  readonly computed: number;
  /** A prompt is computed in pieces of a chunk at most, each a pass of its own. */
  readonly perPrompt: number;
  /** Prompts that one pass can hold. */
  readonly together: number;
  private readonly pairs: number;
  private readonly middle: number;
  private readonly perRequest: number;
  private readonly gained: number;
  private readonly outputTokens: number;
  private readonly mixed: boolean;
  private readonly constants: ArrayLike<number>;

  constructor(scenario: ServingScenario, constants: ArrayLike<number> = medians) {
    const { promptTokens, outputTokens, prefill, load, draft } = scenario;
    const { prefixHitShare = 0, chunkTokens = usualChunk } = scenario;
    this.machine = engineMachine(scenario, scenario.serve.layout);
    const computed = Math.max(1, promptTokens * (1 - prefixHitShare));
    this.computed = computed;
    this.pairs = computed * (promptTokens - computed) + (computed * (computed + 1)) / 2;
    this.perPrompt = Math.ceil(computed / chunkTokens);
    this.together = Math.max(1, Math.floor(chunkTokens / computed));
    this.middle = promptTokens + outputTokens / 2;
    this.perRequest = draft ? 1 + draft.tokens : 1;
    this.gained = draft ? acceptedTokens(draft) : 1;
    this.outputTokens = outputTokens;
    this.mixed = !prefill && load.kind !== "static";
    this.constants = constants;
  }

  /** Seconds of parts by the constants. */
  secondsOf(parts: Float64Array): number {
    let sum = 0;
    for (let k = 0; k < nParts; k++) sum += this.constants[k]! * parts[k]!;
    return sum;
  }

  /** Adds `times` over the passes of `count` prompts beside `decoding` requests. */
  addPrompts(machine: EngineMachine, count: number, decoding: number, out: Float64Array, times = 1): void {
    const { computed, pairs, perPrompt } = this;
    const tokens = (count * computed) / perPrompt;
    addPromptParts(machine, tokens, (count * pairs) / perPrompt, decoding, out, times * perPrompt);
  }

  /** Adds `times` over a step in which `decoding` requests get their next token, in the middle of their outputs. */
  addDecode(decoding: number, out: Float64Array, times = 1): void {
    const { machine, middle, perRequest } = this;
    // A request that checks drafts computes several tokens over one cache.
    addDecodeParts(machine, decoding * perRequest, middle / perRequest, out, times);
  }

  /** Parts of the time per output token with so many requests at a time in an instance. */
  perToken(decoding: number): Float64Array {
    const tpot = new Float64Array(nParts);
    this.addDecode(decoding, tpot, 1 / this.gained);
    if (this.mixed) {
      // Prompts that a step computes on average; where they are fewer than one, so many steps have one.
      const prompts = decoding / this.outputTokens;
      this.addPrompts(this.machine, Math.max(1, prompts), decoding, tpot, Math.min(1, prompts));
    }
    return tpot;
  }
}

/** Tokens that a step gives a request: its own and the drafts before the first that is refused. */
function acceptedTokens({ tokens, acceptance }: NonNullable<ServingScenario["draft"]>): number {
  let sum = 1;
  let chance = 1;
  for (let i = 0; i < tokens; i++) {
    chance *= acceptance;
    sum += chance;
  }
  return sum;
}
