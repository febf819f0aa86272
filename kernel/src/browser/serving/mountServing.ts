import {
  type EngineEstimate,
  type ServingChoice,
  type ServingWidget,
  servingEstimator,
  servingRows,
  servingSays,
} from "isoflop";
import { drawPlot } from "../drawPlots.ts";
import { element } from "../element.ts";
import { onThemeChange } from "../theme.ts";
import { addressOfChoice, choiceFromAddress } from "./choiceInAddress.ts";
import { intervalBar, widestFactor } from "./intervalBar.ts";
import { servingControls } from "./servingControls.ts";
import { type ServingView, servingView } from "./servingView.ts";

/** Builds the panel: a control a field of the choice, its numbers with their intervals, and both over the load. */
export function mountServing(place: HTMLElement, widget: ServingWidget): void {
  const estimate = servingEstimator(widget);
  const figure = place.closest("figure")?.id ?? "serving";
  const choice = { ...choiceFromAddress(widget.start, figure, location.search) };
  const status = element("output", { class: "status" });
  const table = element("tbody");
  const scale = element("th", { scope: "col" });
  const notes = element("ul");
  const plots = { latency: plotArea(), cost: plotArea() };
  let view: ServingView | undefined;

  const show = () => {
    if (!view) return;
    void drawPlot(plots.latency, small(view.latency));
    void drawPlot(plots.cost, small(view.cost));
  };
  const update = () => {
    keepInAddress(choice, widget.start, figure);
    try {
      view = servingView(widget, choice, estimate);
      const { point, left } = view;
      status.value = [servingSays(point.estimate), left].filter((text) => text !== "").join(" ");
      place.dataset.distribution = point.estimate.inDistribution ? "inside" : "outside";
      const rows = servingRows(point);
      const widest = widestFactor(rows.map(({ estimated }) => estimated));
      const ends = widest.toPrecision(2);
      scale.textContent = `÷${ends} … ×${ends}`;
      table.replaceChildren(
        ...rows.map(({ name, estimated, value, text80, text95 }) =>
          element(
            "tr",
            {},
            element("th", { scope: "row" }, name),
            element("td", { class: "number" }, value),
            element("td", { class: "number" }, text80),
            element("td", { class: "number" }, text95),
            element("td", {}, intervalBar(estimated, widest)),
          ),
        ),
      );
      notes.replaceChildren(...assumptionsOf(point.estimate).map((text) => element("li", {}, text)));
      delete place.dataset.refused;
      show();
    } catch (error) {
      // What is drawn is of another choice: it stays, faint, so that the page does not jump.
      place.dataset.refused = "";
      status.value = `No estimate: ${(error as Error).message}`;
    }
  };
  const controls = servingControls(widget, choice, update);
  const reset = element("button", { type: "button" }, "As in the notebook");
  reset.addEventListener("click", () => {
    Object.assign(choice, widget.start);
    controls.reset();
    update();
  });

  place.replaceChildren(
    element("div", { class: "controls fields" }, ...controls.labels, reset),
    status,
    element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Latency, throughput and cost" },
      element(
        "table",
        { class: "estimates" },
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            ...["", "estimate", "80 %", "95 %"].map((name) => element("th", { scope: "col" }, name)),
            scale,
          ),
        ),
        table,
      ),
    ),
    element("div", { class: "pair" }, plots.latency, plots.cost),
    element("details", {}, element("summary", {}, "What is assumed"), notes),
  );
  place.dataset.mounted = "";
  onThemeChange(show);
  update();
}

const plotArea = () => element("div", { class: "plot-area" });

/** Two stand side by side: lower, with smaller titles, and with the names beneath. */
function small({ data, layout }: ServingView["latency"]) {
  const legend = { orientation: "h", x: 0, y: -0.28, xanchor: "left", yanchor: "top" };
  const titled = <Axis extends { title: object }>(axis: Axis) => ({
    ...axis,
    title: { ...axis.title, font: { size: 13 } },
  });
  const { xaxis, yaxis } = layout;
  return {
    data: [...data],
    layout: { ...layout, xaxis: titled(xaxis), yaxis: titled(yaxis), height: 360, legend },
  };
}

function assumptionsOf({ assumptions, devices, decoding }: EngineEstimate): string[] {
  const counted = `${devices} device${devices === 1 ? "" : "s"}; ${decoding.toPrecision(3)} requests decode at the same time in an instance, on average`;
  return [counted, ...assumptions];
}

/** A page that is read from a place without an address of its own keeps nothing. */
function keepInAddress(choice: ServingChoice, start: ServingChoice, figure: string): void {
  const query = addressOfChoice(choice, start, figure, location.search);
  if (query === location.search) return;
  try {
    history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
  } catch {
    // The panel works all the same.
  }
}
