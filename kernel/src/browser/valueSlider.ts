import { element } from "./element.ts";

/** A slider over values, with the value beside it. */
export interface ValueSlider {
  readonly label: HTMLElement;
  /** Puts the slider where the choice stands. */
  set(): void;
}

/**
 * Builds a slider over values that need not be evenly spaced.
 *
 * @param given values of the choice that `values` may lack, so that the slider can stand on them
 */
export function valueSlider(
  text: string,
  values: readonly number[],
  given: readonly number[],
  chosen: () => number,
  change: (value: number) => void,
): ValueSlider {
  const steps = [...new Set([...values, ...given])].sort((a, b) => a - b);
  const input = element("input", {
    type: "range",
    min: "0",
    max: String(steps.length - 1),
    step: "1",
    "aria-label": text,
  });
  const value = element("output", { class: "value" });
  const set = () => {
    input.value = String(steps.indexOf(chosen()));
    value.value = String(chosen());
    input.setAttribute("aria-valuetext", value.value);
  };
  input.addEventListener("input", () => {
    change(steps[Number(input.value)]!);
    set();
  });
  set();
  return { label: element("label", {}, `${text} `, input, " ", value), set };
}
