import { formatNumber, textTable } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";
import type { LayerAnswer, ModelAnswer } from "./describeModel.ts";

/** A model's counts for a terminal of so many columns. */
export function modelText(model: ModelAnswer, width = Number.POSITIVE_INFINITY): string {
  const { params } = model;
  // A tower on its own keeps nothing of a sequence.
  const writes = model.layers.length > 0;
  const dense = params.active === params.total;
  const numbers: string[][] = [
    ["parameters", whole(params.total)],
    ...(dense ? [] : [["of them for each token", whole(params.active)]]),
    ["input table", whole(params.embedding)],
    ...(params.towers > 0 ? [["towers, in the total", whole(params.towers)]] : []),
    ...(params.prediction > 0 ? [["prediction modules, apart", whole(params.prediction)]] : []),
    ...(writes ? cacheRows(model) : []),
  ];
  const blocks = Object.entries(params.byBlock).filter(([, count]) => count > 0);
  const blockRows = blocks.map(([kind, count]) => [kind, whole(count), percent(count / params.total)]);
  const title = `${model.name || "model"} (${model.modelType})`;
  return [
    title,
    "",
    fittedTable(["", ""], numbers, { width }).split("\n").slice(2).join("\n"),
    "",
    textTable(["blocks", "parameters", "share"], blockRows),
    ...(writes ? ["", layerTable(model.layers, width)] : []),
  ].join("\n");
}

function layerTable(layers: readonly LayerAnswer[], width: number): string {
  const head = ["layers", "kind", "parameters", "KV B/token", "window", "tokens held", "bytes"];
  return fittedTable(head, groups(layers).map(groupRow), { width });
}

/** What a sequence keeps. */
function cacheRows(model: ModelAnswer): string[][] {
  const { cache } = model;
  return [
    ["KV cache a token, 16 bit", `${whole(model.kvBytesPerToken)} B`],
    ...(model.stateBytes > 0 ? [["recurrent state, 16 bit", `${whole(model.stateBytes)} B`]] : []),
    [
      `cache of ${whole(cache.tokens)} token${cache.tokens === 1 ? "" : "s"}${note(model)}`,
      mebibytes(cache.bytes),
    ],
    ...(cache.tensorParallel > 1
      ? [[`on each of ${cache.tensorParallel} devices`, mebibytes(cache.bytesPerDevice)]]
      : []),
  ];
}

/** What the options change of a cache, in brackets. */
function note({ cache }: ModelAnswer): string {
  const parts = [
    cache.bits === 16 ? "" : `${cache.bits} bit`,
    cache.latent === "expanded" ? "expanded" : "",
    cache.blockTokens === 1 ? "" : `blocks of ${cache.blockTokens}`,
    cache.chunkTokens === 1 ? "" : `chunks of ${cache.chunkTokens}`,
  ].filter((part) => part !== "");
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}

interface Group {
  readonly numbers: number[];
  readonly layer: LayerAnswer;
}

/** Layers alike, each kind with the numbers of its layers. */
function groups(layers: readonly LayerAnswer[]): Group[] {
  const found = new Map<string, Group>();
  for (const layer of layers) {
    const { layer: number, ...same } = layer;
    const key = JSON.stringify(same);
    const group = found.get(key) ?? { numbers: [], layer };
    group.numbers.push(number);
    found.set(key, group);
  }
  return [...found.values()];
}

const groupRow = ({ numbers, layer }: Group): string[] => [
  ranges(numbers),
  layer.kind,
  whole(layer.params),
  whole(layer.kvBytesPerToken),
  layer.window === null ? "" : whole(layer.window),
  whole(layer.tokensHeld),
  whole(layer.kvBytes + layer.indexerBytes + layer.stateBytes),
];

/** `0-27`, or `30: 0-4, 6-10, …` where they are many. */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else parts.push([number, number]);
  }
  const shown = parts.slice(0, 3).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
  const more = parts.length > 3 ? `, … (${numbers.length})` : "";
  return shown.join(", ") + more;
}

const whole = (count: number): string =>
  Number.isInteger(count) ? count.toLocaleString("en-US") : formatNumber(count, 6);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const mebibytes = (bytes: number): string => `${whole(bytes)} B, ${formatNumber(bytes / 2 ** 20, 6)} MiB`;
