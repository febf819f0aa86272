import { onThemeChange } from "./theme.ts";
import { themedPlot } from "./themedPlot.ts";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's partial bundles come without types.
declare const Plotly: any;

// Plotly 4 offers to upload a chart to its maker's cloud unless told not to.
const config = {
  showSendToCloud: false,
  displaylogo: false,
  responsive: true,
  modeBarButtonsToRemove: ["lasso2d", "select2d"],
  toImageButtonOptions: { format: "svg" },
};

/** Draws a figure, or draws it anew with other data. */
export async function drawPlot(area: HTMLElement, plot: { data: unknown[]; layout: object }): Promise<void> {
  const { data, layout } = themedPlot(plot, area.clientWidth);
  // On a phone the buttons would lie over the data.
  const displayModeBar = area.clientWidth < 560 ? false : "hover";
  await Plotly.react(area, data, layout, { ...config, displayModeBar });
  area.dataset.drawn = "";
}

/** Draws every figure of the page, one after the other so that the page answers in between. */
export async function drawPlots(): Promise<void> {
  const areas = [...document.querySelectorAll<HTMLElement>("[data-plot]")];
  const drawAll = async () => {
    for (const area of areas) {
      const source = document.getElementById(area.dataset.plot ?? "")?.textContent ?? "{}";
      try {
        await drawPlot(area, JSON.parse(source));
      } catch (error) {
        area.textContent = `The plot could not be drawn (${error}); the table beneath has its numbers.`;
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  onThemeChange(drawAll);
  // On paper the column has another width, and is light.
  matchMedia("print").addEventListener("change", drawAll);
  await drawAll();
}
