import { formatNumber, type MemoryWidget } from "isoflop";
import { drawPlot } from "../drawPlots.ts";
import { element } from "../element.ts";
import { onThemeChange } from "../theme.ts";
import { valueSlider } from "../valueSlider.ts";
import { type MemoryChoice, type MemoryView, memoryView, notebookChoice } from "./memoryView.ts";

const powers = (most: number) => Array.from({ length: Math.floor(Math.log2(most)) + 1 }, (_, i) => 2 ** i);

/** Builds the panel: a control a field of the layout, memory by stage, the roofline, and whether it fits. */
export function mountMemory(place: HTMLElement, widget: MemoryWidget): void {
  const first = notebookChoice(widget);
  const choice: MemoryChoice = { ...first };
  const devices =
    widget.layout.devices ?? first.tensorParallel * first.pipelineParallel * first.contextParallel;
  const memoryPlot = element("div", { class: "plot-area" });
  const roofPlot = element("div", { class: "plot-area" });
  const status = element("output", { class: "status" });
  const head = element("thead");
  const table = element("tbody");
  let view: MemoryView | undefined;

  const show = () => {
    if (!view) return;
    void drawPlot(memoryPlot, { data: [...view.memory.data], layout: view.memory.layout });
    void drawPlot(roofPlot, { data: [...view.roofline.data], layout: view.roofline.layout });
  };
  const update = () => {
    try {
      view = memoryView(widget, choice);
      status.value = view.says;
      const { columns, rows } = view.memory.table;
      head.replaceChildren(
        element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name))),
      );
      table.replaceChildren(
        ...rows.map((row) =>
          element("tr", {}, ...row.map((cell) => element("td", { class: "number" }, textOf(cell)))),
        ),
      );
      delete place.dataset.refused;
      show();
    } catch (error) {
      // What is drawn is of another choice: it stays, faint, so that the page does not jump.
      place.dataset.refused = "";
      status.value = `No such layout: ${(error as Error).message}`;
    }
  };

  const controls: HTMLElement[] = [];
  const resets: (() => void)[] = [];
  const slider = (name: keyof MemoryChoice, text: string, values: readonly number[]) => {
    const built = valueSlider(
      text,
      values,
      [first[name] as number],
      () => choice[name] as number,
      (value) => {
        Object.assign(choice, { [name]: value });
        update();
      },
    );
    resets.push(built.set);
    controls.push(built.label);
  };
  slider("tensorParallel", "Tensor parallel", powers(Math.min(devices, 16)));
  slider("pipelineParallel", "Pipeline stages", powers(devices));
  slider("contextParallel", "Context parallel", powers(Math.min(devices, 16)));
  if (widget.model.kinds.some(({ blocks }) => blocks.some(({ kind }) => kind === "experts"))) {
    slider("expertParallel", "Expert parallel", powers(devices));
  }
  slider("microBatch", "Sequences of a micro-batch", powers(32));
  slider("sequenceTokens", "Tokens of a sequence", powers(131072).slice(9));
  slider("zeroStage", "ZeRO stage", [0, 1, 2, 3]);
  const recompute = element(
    "select",
    { "aria-label": "Recomputation" },
    ...["none", "selective", "full"].map((value) => element("option", { value }, value)),
  );
  const setRecompute = () => {
    recompute.value = choice.recompute;
  };
  setRecompute();
  resets.push(setRecompute);
  recompute.addEventListener("change", () => {
    Object.assign(choice, { recompute: recompute.value });
    update();
  });
  const reset = element("button", { type: "button" }, "As in the notebook");
  reset.addEventListener("click", () => {
    Object.assign(choice, first);
    for (const each of resets) each();
    update();
  });

  place.replaceChildren(
    element(
      "div",
      { class: "controls fields" },
      ...controls,
      element("label", {}, "Computed again ", recompute),
      reset,
    ),
    status,
    memoryPlot,
    element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Memory by stage" },
      element("table", {}, head, table),
    ),
    roofPlot,
  );
  place.dataset.mounted = "";
  onThemeChange(show);
  update();
}

const textOf = (cell: string | number) => (typeof cell === "number" ? formatNumber(cell, 4) : cell);
