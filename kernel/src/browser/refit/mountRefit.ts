import { formatCount, formatFlops, formatNumber, type RefitWidget } from "isoflop";
import { drawPlot } from "../drawPlots.ts";
import { element } from "../element.ts";
import { onThemeChange } from "../theme.ts";
import { type LossChoice, notebookState, type Refitted, type Row, refit, rowsOf } from "./refit.ts";
import { refitPlot } from "./refitPlot.ts";

interface PlotEvent {
  points?: { customdata?: number }[];
}
type PlotArea = HTMLElement & { on?(event: string, listener: (event?: PlotEvent) => void): void };

/** Builds the panel: a plot whose points are in or out of the fit, a budget, a loss function, and the figures. */
export function mountRefit(place: HTMLElement, widget: RefitWidget): void {
  const state = notebookState(widget);
  const original = refit(widget, state);
  let current: Refitted | undefined = original;

  const plot: PlotArea = element("div", { class: "plot-area" });
  const slider = element("input", {
    type: "range",
    min: "18",
    max: "27",
    step: "0.01",
    "aria-label": "Compute budget, power of ten",
  });
  const budget = element("input", {
    type: "text",
    inputmode: "decimal",
    size: "9",
    "aria-label": "Compute budget in FLOPs",
  });
  const loss = element("select", {}, ...lossOptions(widget.delta));
  const status = element("output", { class: "status" });
  const table = element("tbody");
  const list = element("div", { class: "run-list" });

  const show = () => {
    table.replaceChildren(
      ...tableRows(rowsOf(original, state.flops), current && rowsOf(current, state.flops)),
    );
    void drawPlot(plot, refitPlot(widget, state, current)).then(listen);
  };
  const update = () => {
    try {
      const start = performance.now();
      current = refit(widget, state);
      const how = current.status === "converged" ? "" : ` ${current.status}: ${current.reason}`;
      status.value = `Fitted ${current.used} of ${widget.runs.length} runs in ${Math.round(performance.now() - start)} ms.${how}`;
    } catch (error) {
      current = undefined;
      status.value = `No fit: ${(error as Error).message}`;
    }
    for (const box of list.querySelectorAll("input")) box.checked = state.used[Number(box.value)]!;
    show();
  };
  const setBudget = (flops: number) => {
    const valid = flops > 0 && Number.isFinite(flops);
    budget.setAttribute("aria-invalid", String(!valid));
    if (!valid) {
      status.value = "The budget is a number of FLOPs above 0, such as 5.88e23.";
      return;
    }
    state.flops = flops;
    show();
  };
  const toggle = (indexes: readonly number[], used?: boolean) => {
    for (const i of indexes) state.used[i] = used ?? !state.used[i];
    if (indexes.length > 0) update();
  };
  const indexesOf = (event?: PlotEvent) =>
    (event?.points ?? []).flatMap(({ customdata }) => customdata ?? []);
  let listening = false;
  const listen = () => {
    if (listening) return;
    listening = true;
    plot.on?.("plotly_click", (event) => toggle(indexesOf(event)));
    plot.on?.("plotly_selected", (event) => toggle(indexesOf(event), false));
  };
  const showBudget = () => {
    slider.value = String(Math.log10(state.flops));
    budget.value = formatFlops(state.flops);
  };
  slider.addEventListener("input", () => {
    setBudget(Number((10 ** Number(slider.value)).toPrecision(3)));
    budget.value = formatFlops(state.flops);
  });
  budget.addEventListener("change", () => {
    setBudget(Number(budget.value.replaceAll(/[\s,_]/g, "")));
    slider.value = String(Math.log10(state.flops));
  });
  loss.addEventListener("change", () => {
    state.loss = loss.value as LossChoice;
    update();
  });
  const button = (text: string, action: () => void) => {
    const made = element("button", { type: "button" }, text);
    made.addEventListener("click", action);
    return made;
  };
  const reset = () => {
    Object.assign(state, notebookState(widget));
    loss.value = state.loss;
    showBudget();
    update();
  };
  const runs = element("details", {}, element("summary", {}, "Runs as a list"), list);
  runs.addEventListener("toggle", () => {
    if (list.childElementCount === 0)
      list.append(...checkboxes(widget, state.used, (i, used) => toggle([i], used)));
  });

  showBudget();
  place.replaceChildren(
    element(
      "div",
      { class: "controls" },
      element("label", {}, "Budget (FLOPs) ", budget),
      slider,
      element("label", {}, "Loss function ", loss),
      button("All runs", () => toggle([...state.used.keys()], true)),
      button("As in the notebook", reset),
    ),
    element(
      "p",
      { class: "hint" },
      "Click a run, or drag over several, to leave them out; click one again to take it back.",
    ),
    plot,
    status,
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element("tr", {}, ...["", "notebook", "here"].map((name) => element("th", { scope: "col" }, name))),
      ),
      table,
    ),
    runs,
  );
  place.dataset.mounted = "";
  onThemeChange(show);
  show();
}

function lossOptions(delta: number): HTMLElement[] {
  const names: [LossChoice, string][] = [
    ["huber", `Huber, δ = ${delta}`],
    ["l1", "least absolute deviations"],
    ["squared", "least squares"],
  ];
  return names.map(([value, text]) => element("option", { value }, text));
}

function tableRows(before: readonly Row[], now: readonly Row[] | undefined): HTMLElement[] {
  const text = (row: Row | undefined) => {
    if (!row || Number.isNaN(row.value)) return "–";
    return row.unit === "count" ? formatCount(row.value) : formatNumber(row.value, 4);
  };
  return before.map((row, i) => {
    const [was, is] = [text(row), text(now?.[i])];
    const changed = was === is ? "" : "changed";
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, row.name),
      element("td", { class: "number" }, was),
      element("td", { class: `number ${changed}` }, is),
    );
  });
}

function checkboxes(
  { runs }: RefitWidget,
  used: readonly boolean[],
  set: (index: number, used: boolean) => void,
): HTMLElement[] {
  return runs.map(([nParams, nTokens, loss], i) => {
    const box = element("input", { type: "checkbox", value: String(i), checked: used[i] });
    box.addEventListener("change", () => set(i, box.checked));
    const text = ` ${formatCount(nParams)} parameters, ${formatCount(nTokens)} tokens, loss ${loss.toFixed(3)}`;
    return element("label", {}, box, text);
  });
}
