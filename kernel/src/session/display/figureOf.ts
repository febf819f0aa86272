/** A figure known by its shape: Plotly's `{ data, layout }` or Vega's `toSpec()`, as MIME type and what it holds. */
export function figureOf(value: object): Record<string, unknown> | undefined {
  const { data, layout, toSpec, config, frames } = value as Record<string, unknown>;
  if (typeof toSpec === "function") return vega(toSpec.call(value));
  if (!Array.isArray(data) || data.length === 0 || !data.every(isTrace)) return undefined;
  if (typeof layout !== "object" || layout === null || Array.isArray(layout)) return undefined;
  const figure = { data, layout, ...(config ? { config } : {}), ...(frames ? { frames } : {}) };
  return { "application/vnd.plotly.v1+json": figure };
}

function isTrace(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("type" in value || "x" in value || "y" in value);
}

function vega(spec: unknown): Record<string, unknown> | undefined {
  if (typeof spec !== "object" || spec === null) return undefined;
  const { $schema } = spec as { $schema?: unknown };
  const [, name, version] = /\/schema\/(vega|vega-lite)\/v(\d+)/.exec(String($schema)) ?? [];
  if (!name) return undefined;
  return { [`application/vnd.${name.replace("-", "")}.v${version}+json`]: spec };
}
