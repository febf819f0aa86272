import { types } from "node:util";
import { adopt } from "../adopt.ts";
import { resumed } from "../resumed.ts";
import { formatTime } from "./formatTime.ts";
import type { SessionMagics, TimeitOptions } from "./SessionMagics.ts";

type Loop = Parameters<SessionMagics["timeit"]>[1];

const { isPromise } = types;
const defaultRuns = 7;
/** A run takes at least so long, unless it has this many loops already. */
const leastSeconds = 0.2;
const mostLoops = 1e9;

/**
 * Runs a loop in several runs and says how long one round takes, in IPython's words. Ten times as many rounds a run until
 * a run takes .2 s. Where a round gives a promise, it is awaited before the next one begins, and that is said.
 */
export async function timeit(
  { loops, runs = defaultRuns, isQuiet }: TimeitOptions,
  loop: Loop,
): Promise<string> {
  const timer = new LoopTimer(loop);
  let count = loops ?? 1;
  if (loops === undefined) {
    while ((await timer.time(count)) < leastSeconds && count < mostLoops) count *= 10;
  }
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) seconds.push((await timer.time(count)) / count);
  return isQuiet ? "" : describe(seconds, count, timer.isAwaited);
}

/** Times rounds of one loop. */
class LoopTimer {
  /** Each round is awaited. */
  isAwaited = false;
  readonly #loop: Loop;
  readonly #sink: { value: unknown } = { value: undefined };

  constructor(loop: Loop) {
    this.#loop = loop;
  }

  /** Seconds that `count` rounds take. */
  async time(count: number): Promise<number> {
    if (!this.isAwaited) {
      const began = performance.now();
      const whole = this.#loop(1, this.#sink);
      if (isPromise(whole)) {
        // `await` stands in the loop itself
        await adopt(whole);
        resumed(undefined);
        this.isAwaited = true;
        return count === 1 ? (performance.now() - began) / 1000 : this.time(count);
      }
      if (isPromise(this.#sink.value)) {
        await adopt(this.#sink.value);
        resumed(undefined);
        this.isAwaited = true;
        return count === 1 ? (performance.now() - began) / 1000 : this.time(count);
      }
      if (count > 1) this.#loop(count - 1, this.#sink);
      return (performance.now() - began) / 1000;
    }
    const began = performance.now();
    for (let left = count; left > 0; ) {
      this.#sink.value = undefined;
      const whole = this.#loop(1, this.#sink);
      left--;
      await adopt((isPromise(whole) ? whole : this.#sink.value) as PromiseLike<unknown>);
      resumed(undefined); // an interrupted cell does not go on
    }
    return (performance.now() - began) / 1000;
  }
}

function describe(seconds: readonly number[], loops: number, isAwaited: boolean): string {
  const mean = seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
  const deviation = Math.sqrt(seconds.reduce((sum, each) => sum + (each - mean) ** 2, 0) / seconds.length);
  const [best, worst] = [Math.min(...seconds), Math.max(...seconds)];
  const many = (count: number, word: string) =>
    `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
  const warning =
    worst > 4 * best && best > 0 && worst > 1e-6
      ? `The slowest run took ${(worst / best).toFixed(2)} times longer than the fastest. This could mean that an intermediate result is being cached.\n`
      : "";
  const awaited = isAwaited ? "; each loop awaited before the next" : "";
  return `${warning}${formatTime(mean)} ± ${formatTime(deviation)} per loop (mean ± std. dev. of ${many(seconds.length, "run")}, ${many(loops, "loop")} each${awaited})\n`;
}
