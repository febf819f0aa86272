import { readFileSync } from "node:fs";
import { display as show } from "../display/display.ts";
import { imageBytes } from "../display/imageOf.ts";
import { displaySymbol, toBundle } from "../display/toBundle.ts";
import { host } from "../frontend/host.ts";
import type { CommMessage } from "../messages/executorMessages.ts";
import { type Place, toPath } from "./paths.ts";
import { rejectingAsDeno, throwingAsDeno } from "./throwing.ts";

/** The method by which a value says how it looks. */
export const $display: typeof displaySymbol = displaySymbol;

/** MIME types, with what is shown as each. */
export type MediaBundle = Record<string, unknown>;

/** A value that says how it looks. */
export interface Displayable {
  [$display](): MediaBundle | Promise<MediaBundle>;
}

/** How `display` shows a value. */
export interface DisplayOptions {
  /** The value is a bundle of MIME types, to be shown as it is. */
  raw?: boolean;
  /** In place of what is shown under `display_id`. */
  update?: boolean;
  display_id?: string;
}

/** Shows a value, or a bundle of MIME types with `raw`. */
export async function display(value: unknown, options: DisplayOptions = {}): Promise<void> {
  const { raw = false, update = false, display_id } = options ?? {};
  if (update && display_id === undefined)
    throw new TypeError("display: update needs the display_id of what is to be replaced");
  const bundle = raw ? { data: value as MediaBundle, metadata: {} } : await toBundle(value);
  if (update) host().display(display_id as string, bundle, true);
  else show({ [displaySymbol]: () => bundle }, display_id === undefined ? {} : { id: display_id });
}

/** How a value is shown. */
export async function format(value: unknown): Promise<MediaBundle> {
  return (await toBundle(value)).data;
}

type Tag = (strings: TemplateStringsArray, ...values: unknown[]) => Displayable;

/** As Deno has it: values are put in as they are, undefined as nothing. */
function tag(mime: string): Tag {
  return (strings, ...values) => {
    const text = strings.reduce(
      (all, each, at) => `${all}${each}${values[at] === undefined ? "" : values[at]}`,
      "",
    );
    return { [$display]: () => ({ [mime]: text }) };
  };
}

/** A template shown as HTML; unlike the session's own `html` it escapes nothing, as in Deno. */
export const html: Tag = tag("text/html");
/** A template shown as Markdown. */
export const md: Tag = tag("text/markdown");
/** A template shown as an SVG picture. */
export const svg: Tag = tag("image/svg+xml");

/** A picture: its bytes, or the path of its file. */
export function image(source: Place | Uint8Array): Displayable {
  const isFile = typeof source === "string" || source instanceof URL;
  const bytes = isFile ? throwingAsDeno(() => readFileSync(toPath(source))) : source;
  const bundle = bytes instanceof Uint8Array ? imageBytes(bytes) : undefined;
  if (!bundle) {
    const what = isFile ? String(source) : "the value";
    throw new TypeError(`image: ${what} is no PNG, JPEG, GIF or WebP; give such a file, or its bytes`);
  }
  return { [$display]: () => bundle };
}

/** What a message may carry besides its content. */
export interface BroadcastExtra {
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

/**
 * Sends one of Jupyter's messages to the front end: `display_data`, `update_display_data`, `clear_output`, `stream`,
 * `comm_open`, `comm_msg` or `comm_close`. Others are the kernel's own to send.
 */
export function broadcast(
  type: string,
  content: Record<string, unknown>,
  extra: BroadcastExtra = {},
): Promise<void> {
  return rejectingAsDeno(async () => send(type, content, extra));
}

function send(
  type: string,
  content: Record<string, unknown>,
  { metadata, buffers = [] }: BroadcastExtra,
): void {
  switch (type) {
    case "display_data":
    case "update_display_data": {
      const { display_id } = (content.transient ?? {}) as { display_id?: string };
      const bundle = {
        data: content.data as MediaBundle,
        metadata: (content.metadata ?? {}) as Record<string, unknown>,
      };
      if (type === "update_display_data") host().display(String(display_id), bundle, true);
      else show({ [displaySymbol]: () => bundle }, display_id === undefined ? {} : { id: display_id });
      break;
    }
    case "clear_output":
      host().clear(content.wait === true);
      break;
    case "stream":
      process[content.name === "stderr" ? "stderr" : "stdout"].write(String(content.text));
      break;
    case "comm_open":
    case "comm_msg":
    case "comm_close":
      host().comm({
        ...(content as { comm_id: string; target_name?: string; data: unknown }),
        type,
        data: content.data ?? {},
        ...(metadata && { metadata }),
        buffers: buffers.map((each) => Buffer.from(each).toString("base64")),
      } satisfies CommMessage);
      break;
    default:
      throw new TypeError(
        `broadcast: ${JSON.stringify(String(type).slice(0, 80))} is not a message that cells send; display_data, update_display_data, clear_output, stream, comm_open, comm_msg and comm_close are`,
      );
  }
}
