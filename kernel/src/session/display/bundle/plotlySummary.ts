const longest = 100;
const short = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** A Plotly figure in a line: its title and its traces. */
export function plotlySummary(figure: unknown): string {
  const { data, layout } = (figure ?? {}) as { data?: unknown; layout?: unknown };
  const { title } = (layout ?? {}) as { title?: unknown };
  const name = typeof title === "string" ? title : (title as { text?: unknown } | null | undefined)?.text;
  const traces = (Array.isArray(data) ? data : []).map((trace) => {
    const { type = "scatter", name } = (trace ?? {}) as { type?: unknown; name?: unknown };
    return typeof name === "string" && name !== "" ? `${words(type)} ${short(name)}` : words(type);
  });
  const shown = traces.length > 12 ? [...traces.slice(0, 12), `${traces.length - 12} more`] : traces;
  if (shown.length === 0) shown.push("no traces");
  return `Plotly figure${typeof name === "string" && name !== "" ? ` "${short(name)}"` : ""}: ${shown.join(", ")}`;
}

const words = (type: unknown): string => (typeof type === "string" ? short(type) : "unknown");
