import { hasExperts, type ServingChoice, type ServingWidget, servingDevices } from "isoflop";
import { element } from "../element.ts";
import { valueSlider } from "../valueSlider.ts";
import { loads } from "./servingView.ts";

type Field = keyof ServingChoice;

/** The controls of a panel, and how to set them to what was chosen anew. */
export interface ServingControls {
  readonly labels: readonly HTMLElement[];
  reset(): void;
}

/** A control a field: lists for names, sliders for counts, a box for the rent. Each changes `choice` and calls `update`. */
export function servingControls(
  widget: ServingWidget,
  choice: { -readonly [K in Field]: ServingChoice[K] },
  update: () => void,
): ServingControls {
  const labels: HTMLElement[] = [];
  const resets: (() => void)[] = [];
  const changed = (name: Field, value: string | number) => {
    Object.assign(choice, { [name]: value });
    // The rent of one card says nothing of another's.
    const low = name === "accelerator" && offerOf(widget, choice)?.low;
    if (low) Object.assign(choice, { usdPerHour: low });
    follow();
    update();
  };

  const list = (name: Field, text: string, values: readonly string[]) => {
    const options = values.map((value) => element("option", { value }, value));
    const select = element("select", { "aria-label": text }, ...options);
    const set = () => {
      select.value = String(choice[name]);
    };
    select.addEventListener("change", () => changed(name, select.value));
    set();
    resets.push(set);
    const label = element("label", {}, `${text} `, select);
    labels.push(label);
    return label;
  };
  const slider = (name: Field, text: string, values: readonly number[]) => {
    const given = [widget.start[name], choice[name]].filter((one) => typeof one === "number");
    const built = valueSlider(
      text,
      values,
      given,
      () => choice[name] as number,
      (value) => changed(name, value),
    );
    resets.push(built.set);
    labels.push(built.label);
  };

  list(
    "model",
    "Model",
    widget.models.map(({ key }) => key),
  );
  list(
    "accelerator",
    "Accelerator",
    widget.accelerators.map(({ key }) => key),
  );
  list(
    "precision",
    "Precision",
    widget.precisions.map(({ name }) => name),
  );
  list("engine", "Engine", widget.engines);
  slider("tensorParallel", "Devices", servingDevices);
  const experts = list("experts", "Experts", ["whole", "split"]);
  slider("promptTokens", "Prompt tokens", powersFrom(128, 131072));
  slider("outputTokens", "Output tokens", powersFrom(16, 16384));
  slider("concurrency", "Requests", loads);
  const rent = element("input", {
    type: "text",
    inputmode: "decimal",
    size: "6",
    "aria-label": "Dollars a device hour",
  });
  const setRent = () => {
    rent.value = String(choice.usdPerHour);
    rent.removeAttribute("aria-invalid");
  };
  rent.addEventListener("change", () => {
    const dollars = Number(rent.value);
    const valid = dollars > 0 && Number.isFinite(dollars);
    rent.setAttribute("aria-invalid", String(!valid));
    if (valid) changed("usdPerHour", dollars);
  });
  setRent();
  resets.push(setRent);
  const offers = element("span", { class: "hint" });
  labels.push(element("label", {}, "Dollars a device hour ", rent, " ", offers));

  /** What depends on another control: only a mixture has experts, and each accelerator its own offers. */
  const follow = () => {
    setRent();
    experts.hidden = !hasExperts(widget, choice.model);
    const price = offerOf(widget, choice);
    offers.textContent = price
      ? `offered at ${price.low === price.high ? price.low : `${price.low} to ${price.high}`} (${price.asOf})`
      : "no offer was found";
  };
  follow();
  return {
    labels,
    reset: () => {
      for (const each of resets) each();
      follow();
    },
  };
}

/** What an hour of the chosen accelerator was offered for. */
const offerOf = ({ accelerators }: ServingWidget, { accelerator }: ServingChoice) =>
  accelerators.find(({ key }) => key === accelerator)?.accelerator.usdPerHour;

const powersFrom = (low: number, high: number) =>
  Array.from({ length: Math.log2(high / low) + 1 }, (_, i) => low * 2 ** i);
