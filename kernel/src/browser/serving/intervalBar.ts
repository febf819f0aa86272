import type { Estimated } from "isoflop";
import { element } from "../element.ts";

/**
 * Both intervals of an estimate as factors of it, on one scale from 1/`widest` to `widest`: a thin line for 95 %, a thick
 * one for 80 %, a stroke at the estimate. It is told by thickness, not by colour.
 */
export function intervalBar({ value, interval80, interval95 }: Estimated, widest: number): HTMLElement {
  const place = (end: number) => {
    const share = 0.5 + Math.log(end / value) / (2 * Math.log(widest));
    return 100 * Math.min(1, Math.max(0, Number.isFinite(share) ? share : end > value ? 1 : 0));
  };
  const line = (className: string, [low, high]: readonly [number, number]) => {
    const made = element("i", { class: className });
    made.style.left = `${place(low)}%`;
    made.style.width = `${place(high) - place(low)}%`;
    return made;
  };
  return element(
    "span",
    { class: "interval", "aria-hidden": "true" },
    line("wide", interval95),
    line("narrow", interval80),
    element("b"),
  );
}

/** The factor that holds the widest 95 % interval, at least 2 and at most 10. */
export function widestFactor(all: readonly Estimated[]): number {
  const factors = all.flatMap(({ value, interval95: [low, high] }) => [value / low, high / value]);
  return Math.min(10, Math.max(2, ...factors.filter(Number.isFinite)));
}
