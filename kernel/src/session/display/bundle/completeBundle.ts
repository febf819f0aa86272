import type { Bundle } from "../../messages/executorMessages.ts";
import { bundleText } from "./bundleText.ts";
import { mendSvg } from "./mendSvg.ts";
import { plainJson, wordsOf } from "./plainJson.ts";
import { plotlySummary } from "./plotlySummary.ts";

const isJson = /^application\/(.*\+)?json$/;
const plotly = "application/vnd.plotly.v1+json";
const isBinary = /^(image\/(?!svg\+xml)|audio\/|video\/|application\/(pdf|octet-stream)$)/;

/** What a canvas gives; the bundle has the type already. */
const dataUrl = /^data:[\w.+-]+\/[\w.+-]+;base64,/;

/** A Plotly figure as SVG; `words` say what it is. */
export type DrawStill = (figure: unknown, words: string) => string;

/**
 * What every output goes through on its way out, however a cell has made it: its values become what the notebook format
 * has for them, an SVG gets its namespace where that lacks, a Plotly figure a still picture, and there is plain text
 * beside whatever else there is.
 */
export function completeBundle({ data, metadata }: Bundle, drawStill: DrawStill): Bundle {
  const complete: Record<string, unknown> = {};
  for (const mime of namesOf(data)) {
    const value = contentOf(data, mime);
    if (value !== undefined) complete[mime] = value;
  }
  const picture = complete["image/svg+xml"];
  if (typeof picture === "string") complete["image/svg+xml"] = mendSvg(picture);
  if (hasTraces(complete[plotly]) && !Object.keys(complete).some((mime) => mime.startsWith("image/"))) {
    const still = stillBeside(complete[plotly], drawStill);
    if (still !== undefined) complete["image/svg+xml"] = mendSvg(still);
  }
  if (complete["text/plain"] === undefined) complete["text/plain"] = textBeside(complete);
  return { data: complete, metadata: plainRecord(metadata) };
}

function textBeside(data: Record<string, unknown>): string {
  try {
    return bundleText(data);
  } catch {
    return Object.keys(data).join(", "); // a cell has taken apart what reads pictures
  }
}

function hasTraces(figure: unknown): boolean {
  const { data } = (figure ?? {}) as { data?: unknown };
  return Array.isArray(data) && data.length > 0;
}

/** Nothing that a figure says may keep it from being shown where Plotly is known. */
function stillBeside(figure: unknown, drawStill: DrawStill): string | undefined {
  try {
    return drawStill(figure, plotlySummary(figure));
  } catch {
    return undefined;
  }
}

function namesOf(data: unknown): string[] {
  try {
    return Object.keys(data as object);
  } catch {
    return []; // a proxy that does not say
  }
}

/** A value as the notebook format has it for its type; undefined for one that is not there. */
function contentOf(data: Record<string, unknown>, mime: string): unknown {
  let value: unknown;
  try {
    value = data[mime];
  } catch (error) {
    return isJson.test(mime) ? null : `[cannot be read: ${wordsOf(error)}]`;
  }
  if (isJson.test(mime)) return value === undefined ? undefined : plainJson(parsed(value, mime));
  if (typeof value === "string") return isBinary.test(mime) ? value.replace(dataUrl, "") : value;
  if (value === undefined || value === null) return undefined;
  try {
    const bytes = bytesOf(value) ?? (isBinary.test(mime) ? listedBytes(value) : undefined);
    if (bytes) return Buffer.from(bytes).toString(isBinary.test(mime) ? "base64" : "utf8");
    if (Array.isArray(value) && value.every((line) => typeof line === "string")) return value.join("");
    return textOf(value);
  } catch (error) {
    return `[cannot be read: ${wordsOf(error)}]`;
  }
}

/** Figures and the like are objects: one that comes written out as JSON is read again. */
function parsed(value: unknown, mime: string): unknown {
  if (typeof value !== "string" || !mime.startsWith("application/vnd.")) return value;
  try {
    const found: unknown = JSON.parse(value);
    return typeof found === "object" ? found : value;
  } catch {
    return value;
  }
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const { byteLength } = value as { byteLength?: unknown };
  return typeof byteLength === "number" ? new Uint8Array(value as ArrayBuffer) : undefined;
}

/** Bytes as JSON has them: a list of numbers, or what a Buffer writes. */
function listedBytes(value: object | number | bigint | boolean | symbol): Uint8Array | undefined {
  const { type, data } = value as { type?: unknown; data?: unknown };
  const list = type === "Buffer" ? data : value;
  const isBytes =
    Array.isArray(list) && list.every((each) => Number.isInteger(each) && each >= 0 && each < 256);
  return isBytes ? Uint8Array.from(list) : undefined;
}

/** What a value says itself; one that would be no more than "[object Object]" is told as JSON. */
function textOf(value: unknown): string {
  const isBare = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
  const text = isBare || Array.isArray(value) ? "[object Object]" : String(value);
  return text === "[object Object]" ? JSON.stringify(plainJson(value)) : text;
}

function plainRecord(value: unknown): Record<string, unknown> {
  const copy = plainJson(value ?? {});
  return typeof copy === "object" && copy !== null && !Array.isArray(copy)
    ? (copy as Record<string, unknown>)
    : {};
}
