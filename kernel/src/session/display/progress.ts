import { type DisplayHandle, display } from "./display.ts";
import { escapeHtml } from "./escapeHtml.ts";

/** A progress bar that a cell moves on. */
export interface Progress {
  /** One step more, or `steps`. */
  tick(steps?: number): void;
}

const intervalMs = 100;

/**
 * Shows a progress bar of `total` steps, updated in place at most ten times a second, with the time it took so far and
 * the time that is left: `const bar = progress(100, { label: "fits" })`, then `bar.tick()` after each step.
 *
 * @param total number of steps, ≥ 0; with 0 the bar is empty and stays so
 * @throws RangeError when total is not a finite number ≥ 0, or steps not a finite number
 */
export function progress(total: number, { label = "" }: { label?: string } = {}): Progress {
  if (!(total >= 0 && total < Number.POSITIVE_INFINITY))
    throw new RangeError(
      `progress: total must be ≥ 0 and finite, got ${total}; give the number of steps, an estimate where it is not known`,
    );
  let done = 0;
  let shownAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const started = shownAt;
  const handle: DisplayHandle = display(bar(0, total, label, 0));
  const show = () => {
    clearTimeout(timer);
    timer = undefined;
    shownAt = performance.now();
    handle.update(bar(done, total, label, shownAt - started));
  };
  return {
    tick(steps = 1) {
      if (!Number.isFinite(steps))
        throw new RangeError(`progress: tick takes a number of steps, got ${steps}; leave it out for one`);
      done = Math.min(Math.max(done + steps, 0), total);
      if (done === total || performance.now() - shownAt >= intervalMs) show();
      else timer ??= setTimeout(show, intervalMs).unref();
    },
  };
}

function bar(done: number, total: number, label: string, ms: number): object {
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  const left = done > 0 && done < total ? `, about ${seconds((ms / done) * (total - done))} left` : "";
  const text = `${label ? `${label}: ` : ""}${done} of ${total} (${percent} %), ${seconds(ms)}${left}`;
  const blocks = Math.round(percent / 5);
  const element = `<progress value="${done}" max="${total || 1}" style="vertical-align: middle"></progress>`;
  return {
    [Symbol.for("Jupyter.display")]: () => ({
      "text/html": `${element} ${escapeHtml(text)}`,
      "text/plain": `[${"#".repeat(blocks)}${".".repeat(20 - blocks)}] ${text}`,
    }),
  };
}

function seconds(ms: number): string {
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
