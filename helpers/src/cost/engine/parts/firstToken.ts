import type { ServingInstances, ServingScenario } from "../ServingScenario.ts";
import type { DecodingRequests } from "./decodingRequests.ts";
import { type EngineMachine, engineMachine } from "./EngineMachine.ts";
import { handOverLink } from "./handOverLink.ts";
import { cacheBytesPerDevice } from "./kvCapacity.ts";
import { engineParts, partAt } from "./partNames.ts";
import type { ServingPasses } from "./ServingPasses.ts";

const nParts = engineParts.length;
const promptLaunches = partAt("promptLaunches");
const promptExchange = partAt("promptExchange");
const front = partAt("front");
const frontLaunches = partAt("frontLaunches");
const burst = partAt("burst");
const admission = partAt("admission");
const prefillQueue = partAt("prefillQueue");

/** Parts of the time to first token, and how much of what arrives its prompts could be computed for. */
export interface FirstToken {
  readonly parts: Float64Array;
  readonly headroom: number;
}

/** What a request meets until its first token, where `decoding` others get theirs at a time and `tpot` are the parts of one. */
export function firstToken(
  scenario: ServingScenario,
  passes: ServingPasses,
  { most, inSystem, headroom }: DecodingRequests,
  decoding: number,
  tpot: Float64Array,
  notes: string[],
): FirstToken {
  const { prefill, serve, load, outputTokens } = scenario;
  const parts = new Float64Array(nParts);
  const pass = new Float64Array(nParts);
  const { machine } = passes;
  if (prefill) {
    return { parts, headroom: Math.min(headroom, bySplit(prefill)) };
  }
  if (load.kind === "static") {
    passes.addPrompts(machine, decoding, 0, pass);
    parts.set(pass);
    addSurroundings();
  } else {
    passes.addPrompts(machine, 1, decoding, pass);
    parts.set(pass);
    // Offline who waits in the queue is of no account: of those that are served, each passes its prompt and its steps.
    if (load.kind === "offline") return { parts, headroom };
    passes.addDecode(decoding, parts, passes.perPrompt);
    addSurroundings();
    if (load.kind === "open") addQueue((passes.secondsOf(pass) * load.requestsPerS) / serve.instances);
    else parts[burst]! += ((most - 1) / 2) * passes.secondsOf(pass);
    const waiting = Math.max(0, inSystem / serve.instances - most);
    parts[admission]! += (waiting / most) * outputTokens * passes.secondsOf(tpot);
  }
  return { parts, headroom };

  /** What stands around the passes of a prompt. */
  function addSurroundings(): void {
    parts[front]! += 5e-3;
    parts[frontLaunches]! += pass[promptLaunches]!;
  }

  /** Adds the prompt's way through instances that only prefill; returns how much of what arrives they can compute. */
  function bySplit({ instances, layout }: ServingInstances): number {
    const own = engineMachine(scenario, layout);
    passes.addPrompts(own, 1, 0, pass);
    pass[promptExchange]! += transferSeconds(scenario, own);
    parts.set(pass);
    addSurroundings();
    const one = passes.secondsOf(pass);
    if (load.kind === "open") {
      const rho = (one * load.requestsPerS) / instances;
      addQueue(rho);
      return 1 / rho;
    }
    // Prompts that wait at an instance that does nothing else share its passes; beside decoding they come one by one.
    const full = new Float64Array(nParts);
    passes.addPrompts(own, passes.together, 0, full);
    const each = passes.secondsOf(full) / passes.together;
    parts[burst]! += (Math.max(0, inSystem / instances - 1) / 2) * each;
    // Where prefill is the narrower of the two, requests wait for it; else for a place in a cache that is too small.
    const cycle = outputTokens * passes.secondsOf(tpot);
    const held = serve.instances * most;
    parts[prefillQueue]! += Math.max(0, (inSystem * each) / instances - one - cycle);
    parts[admission]! += Math.max(0, (inSystem - held) / held) * cycle;
    return Infinity;
  }

  /**
   * Adds the mean wait for the prompts before one's own at Poisson arrivals: ρ/(2(1 − ρ)) of a prompt; where prompts alone
   * overload an instance, that of a load of .99.
   */
  function addQueue(rho: number): void {
    if (rho >= 1) notes.push(`prompts alone ask for ${rho.toFixed(2)} times what an instance can compute`);
    const load = Math.min(rho, 0.99);
    for (let k = 0; k < nParts; k++) parts[k]! += (load / (2 * (1 - load))) * pass[k]!;
  }
}

/** Seconds to hand a prompt's cache to an instance that decodes, by the network of its devices. */
function transferSeconds({ accelerator, promptTokens }: ServingScenario, own: EngineMachine): number {
  const link = handOverLink(accelerator);
  return link ? cacheBytesPerDevice(own, promptTokens) / link.bytesPerSEachWay : 0;
}
