import { toText } from "../toText.ts";
import { htmlText } from "./htmlText.ts";
import { pictureSize } from "./pictureSize.ts";
import { plotlySummary } from "./plotlySummary.ts";

const longest = 2_000;

/** What a bundle says in plain text, for front ends that know none of its types. */
export function bundleText(data: Readonly<Record<string, unknown>>): string {
  for (const [pattern, write] of writers) {
    for (const [mime, value] of Object.entries(data)) {
      if (!pattern.test(mime)) continue;
      const text = write(value, mime);
      if (text !== undefined && text.trim() !== "") return cut(text);
    }
  }
  return Object.keys(data).length === 0 ? "nothing" : Object.keys(data).join(", ");
}

type Write = (value: unknown, mime: string) => string | undefined;

/** What tells most comes first. */
const writers: [RegExp, Write][] = [
  [/^text\/(markdown|latex|x-.*)$/, String],
  [/^application\/vnd\.plotly\./, plotlySummary],
  [/^application\/vnd\.vega/, vegaSummary],
  [/^text\/html$/, (html) => htmlText(String(html)) || "HTML without text"],
  [/^image\/svg\+xml$/, (svg) => svgText(String(svg))],
  [/^image\//, pictureText],
  [/^application\/javascript$/, () => "JavaScript"],
  [/^application\/pdf$/, () => "PDF document"],
  [/^application\/vnd\.jupyter\.widget-view/, () => "Jupyter widget"],
  [/^application\/geo\+json$/, geoSummary],
  [/[/+]json$/, (json) => toText(json)],
  [/^text\//, String],
];

function svgText(svg: string): string {
  const [, title] = /<title[^<>]*>([^<]+)<\/title>/.exec(svg) ?? [];
  const [, label] = /\saria-label\s*=\s*["']([^"']+)["']/.exec(svg) ?? [];
  const words = htmlText(title ?? label ?? "");
  if (words) return words;
  const size = ["width", "height"].map(
    (name) => new RegExp(`^[^>]*\\s${name}\\s*=\\s*["']([\\d.]+)`).exec(svg)?.[1],
  );
  return size.every((each) => each !== undefined)
    ? `SVG picture, ${size.map((each) => Math.round(Number(each))).join(" × ")}`
    : "SVG picture";
}

function pictureText(base64: unknown, mime: string): string {
  const name = mime.slice("image/".length).replace(/^x-/, "").toUpperCase();
  const bytes = Buffer.from(String(base64).slice(0, 200_000), "base64");
  const size = pictureSize(bytes);
  return size ? `${name} picture, ${size.width} × ${size.height}` : `${name} picture`;
}

function vegaSummary(spec: unknown, mime: string): string {
  const { title, description, mark } = (spec ?? {}) as Record<string, unknown>;
  const words = [title, (title as { text?: unknown } | undefined)?.text, description].find(
    (each) => typeof each === "string" && each !== "",
  );
  const kind = typeof mark === "string" ? mark : (mark as { type?: unknown } | undefined)?.type;
  const name = mime.includes("vegalite") ? "Vega-Lite chart" : "Vega chart";
  return `${name}${typeof kind === "string" ? ` (${kind})` : ""}${words ? `: ${words}` : ""}`;
}

function geoSummary(json: unknown): string {
  const { type, features } = (json ?? {}) as Record<string, unknown>;
  const count = Array.isArray(features) ? `, ${features.length} features` : "";
  return `GeoJSON ${typeof type === "string" ? type : "object"}${count}`;
}

function cut(text: string): string {
  const trimmed = text.replace(/^\n+|\s+$/g, "");
  if (trimmed.length <= longest) return trimmed;
  return `${trimmed.slice(0, longest)}… ${(trimmed.length - longest).toLocaleString("en")} more characters`;
}
