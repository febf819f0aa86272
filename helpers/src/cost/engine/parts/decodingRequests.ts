import type { ServingScenario } from "../ServingScenario.ts";
import type { ServingPasses } from "./ServingPasses.ts";

/** Most requests of a group at a time where nothing else limits them: TensorRT-LLM's default. */
const mostRequests = 2048;

/** Requests that a load has an instance serve at a time. */
export interface DecodingRequests {
  /** In one instance, those at their prompts included. */
  readonly most: number;
  /** In the system, of all instances; where no load says so, those that are served at a time. */
  readonly inSystem: number;
  /** Arrivals that could be served over those of the load; Infinity where a load is no arrivals but waits for answers. */
  readonly headroom: number;
}

/**
 * Requests at a time: of a closed loop what is asked or the cache holds, offline what fits, of arrivals as many as come in the time
 * that one decodes.
 */
export function decodingRequests(
  scenario: ServingScenario,
  passes: ServingPasses,
  capacity: number,
  notes: string[],
): DecodingRequests {
  const { serve, load, outputTokens } = scenario;
  const { instances, layout } = serve;
  const room = Math.min(capacity, mostRequests * layout.attentionDataParallel);
  switch (load.kind) {
    case "static":
      return { most: load.batch / instances, inSystem: load.batch, headroom: Infinity };
    case "closed": {
      const each = load.concurrency / instances;
      if (each > capacity) {
        notes.push(
          `the cache holds ${Math.floor(capacity)} of ${Math.ceil(each)} requests of an instance, the others wait`,
        );
      }
      return { most: Math.max(1, Math.min(each, capacity)), inSystem: load.concurrency, headroom: Infinity };
    }
    case "offline": {
      const most = Math.max(1, Math.floor(room));
      return { most, inSystem: most * instances, headroom: Infinity };
    }
    case "open": {
      const rate = load.requestsPerS / instances;
      const wanted = (batch: number) =>
        rate * outputTokens * passes.secondsOf(passes.perToken(Math.max(1, batch)));
      let low = 0;
      let high = Math.max(1, room);
      const headroom = high / wanted(high);
      let most = high;
      if (headroom < 1) {
        notes.push(
          `overloaded: ${load.requestsPerS} requests/s are more than can be served, so that a queue grows`,
        );
      } else {
        most = 1;
        // By bisection, as the time that one decodes rises with how many do.
        for (let i = 0; i < 40 && high - low > 1e-3; i++) {
          most = (low + high) / 2;
          if (wanted(most) > most) low = most;
          else high = most;
        }
      }
      return { most: Math.max(1, most), inSystem: most * instances, headroom };
    }
  }
}
