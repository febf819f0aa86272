/** A figure known by its shape: Plotly's `{ data, layout }` or Vega's `toSpec()`, as MIME type and JSON. */
export function figureOf(value: object): Record<string, unknown> | undefined {
  const { data, layout, toSpec, config, frames } = value as Record<string, unknown>;
  if (typeof toSpec === "function") return vega(toSpec.call(value));
  if (!Array.isArray(data) || data.length === 0 || !data.every(isTrace)) return undefined;
  if (typeof layout !== "object" || layout === null || Array.isArray(layout)) return undefined;
  const figure = { data, layout, ...(config ? { config } : {}), ...(frames ? { frames } : {}) };
  return {
    "application/vnd.plotly.v1+json": asJson(figure),
    "text/plain": plotlySummary(data as Trace[], layout),
  };
}

interface Trace {
  type?: string;
  name?: string;
  x?: ArrayLike<unknown>;
}

function isTrace(value: unknown): value is Trace {
  return typeof value === "object" && value !== null && ("type" in value || "x" in value || "y" in value);
}

function plotlySummary(data: Trace[], layout: object): string {
  const { title } = layout as { title?: string | { text?: string } };
  const name = typeof title === "string" ? title : title?.text;
  const traces = data.map((trace) => [trace.type ?? "scatter", trace.name].filter(Boolean).join(" "));
  return `Plotly figure${name ? ` "${name}"` : ""}: ${traces.join(", ")}`;
}

function vega(spec: unknown): Record<string, unknown> | undefined {
  if (typeof spec !== "object" || spec === null) return undefined;
  const { $schema } = spec as { $schema?: unknown };
  const [, name, version] = /\/schema\/(vega|vega-lite)\/v(\d+)/.exec(String($schema)) ?? [];
  if (!name) return undefined;
  return { [`application/vnd.${name.replace("-", "")}.v${version}+json`]: asJson(spec) };
}

/** Plain JSON: typed arrays become arrays, numbers that JSON does not have become null. */
function asJson(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each) => (ArrayBuffer.isView(each) ? Array.from(each as Float64Array) : each)),
  );
}
