import type { LoggedRequest } from "./ServingLog.ts";

/** One request as a log tells it, before it is known whether it succeeded. */
export interface TriedRequest {
  readonly promptTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly ttftS?: number | undefined;
  readonly tpotS?: number | undefined;
  readonly e2eS?: number | undefined;
  /** Why it failed, in the words of the log; empty where it did not. */
  readonly error?: string;
}

/** The requests that succeeded, how many did not, and what to say of those. */
export interface KeptRequests {
  readonly requests: readonly LoggedRequest[];
  readonly failed: number;
  readonly notes: readonly string[];
}

/**
 * Keeps the requests that succeeded, gave a token and have times that can be: the others are counted and named, since a
 * failed request's time of 0 would make a mean too fast.
 */
export function keptRequests(tried: readonly TriedRequest[]): KeptRequests {
  const requests: LoggedRequest[] = [];
  const dropped = new Map<string, { count: number; first: number; said: string }>();
  tried.forEach((request, i) => {
    const why = faultOf(request);
    if (why === undefined) {
      requests.push(kept(request));
      return;
    }
    const known = dropped.get(why);
    if (known) known.count += 1;
    else dropped.set(why, { count: 1, first: i + 1, said: request.error?.trim() ?? "" });
  });
  const notes = [...dropped].map(([why, { count, first, said }]) => {
    const words = said === "" ? "" : ` (${clipped(said)})`;
    return `${count} of ${tried.length} requests ${why} and are left out, the first being number ${first}${words}`;
  });
  return { requests, failed: tried.length - requests.length, notes };
}

function faultOf(request: TriedRequest): string | undefined {
  if ((request.error?.trim() ?? "") !== "") return "failed";
  const { promptTokens, outputTokens, ttftS, e2eS } = request;
  if (!isCount(outputTokens)) return "gave no output token";
  if (!isCount(promptTokens)) return "have no prompt length";
  const times = [ttftS, e2eS].filter((time) => time !== undefined);
  if (times.length === 0 || times.some((time) => !(Number.isFinite(time) && time > 0))) {
    return "have no time above 0";
  }
  if (ttftS !== undefined && e2eS !== undefined && e2eS < ttftS * (1 - 1e-9)) {
    return "end before their first token";
  }
  return undefined;
}

const isCount = (value: number | undefined) =>
  value !== undefined && Number.isSafeInteger(value) && value >= 1;

const clipped = (text: string) => {
  const line = text.split("\n").at(-1)!.trim();
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
};

function kept({ promptTokens, outputTokens, ttftS, tpotS, e2eS }: TriedRequest): LoggedRequest {
  const steps = outputTokens! - 1;
  const spread =
    ttftS !== undefined && e2eS !== undefined && steps > 0 ? Math.max(0, e2eS - ttftS) / steps : undefined;
  const tpot = steps > 0 ? (tpotS ?? spread) : undefined;
  const end = e2eS ?? (ttftS !== undefined && tpot !== undefined ? ttftS + steps * tpot : undefined);
  return {
    promptTokens: promptTokens!,
    outputTokens: outputTokens!,
    ...(ttftS === undefined ? {} : { ttftS }),
    ...(tpot === undefined ? {} : { tpotS: tpot }),
    ...(end === undefined || !Number.isFinite(end) ? {} : { e2eS: end }),
  };
}
