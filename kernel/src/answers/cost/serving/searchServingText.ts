import {
  type Estimated,
  type FoundServing,
  formatNumber,
  type ServingObjective,
  type ServingSearch,
} from "isoflop";
import { fittedTable } from "../../../text/fittedTable.ts";
import { wrapText } from "../../../text/wrapText.ts";
import { instancesText } from "./serveText.ts";

const digits = (value: number) => formatNumber(value, 3);

/** A figure for a column: what it is of a configuration, and by what it is multiplied. */
interface Column {
  readonly title: string;
  readonly factor: number;
  readonly of: (found: FoundServing) => Estimated | undefined;
}

const columns: Readonly<Record<ServingObjective, Column>> = {
  usdPerMillionTokens: { title: "$/M", factor: 1, of: (found) => found.usdPerMillionTokens },
  joulesPerToken: { title: "J/token", factor: 1, of: (found) => found.joulesPerToken },
  kgCo2ePerMillionTokens: { title: "kg CO2e/M", factor: 1, of: (found) => found.kgCo2ePerMillionTokens },
  tokensPerSPerDevice: { title: "tok/s/dev", factor: 1, of: (found) => found.tokensPerSPerDevice },
  tokensPerS: { title: "tok/s", factor: 1, of: ({ estimate }) => estimate.tokensPerS },
  tpotS: { title: "tpot ms", factor: 1000, of: ({ estimate }) => estimate.tpotS },
  ttftS: { title: "ttft ms", factor: 1000, of: ({ estimate }) => estimate.ttftS },
};

/** The answer of `isoflop cost search` for serving, for a terminal of so many columns. */
export function searchServingText(
  search: ServingSearch,
  objective: ServingObjective,
  width = Number.POSITIVE_INFINITY,
): string {
  const { ranking, costFront } = search;
  // The objective with its interval, and beside it what is always of interest.
  const beside = (["tpotS", "ttftS", "tokensPerSPerDevice", "usdPerMillionTokens"] as const).filter(
    (name) => name !== objective && columns[name].of(search.best) !== undefined,
  );
  const own = columns[objective];
  const accelerators = new Set(ranking.map(({ acceleratorKey }) => acceleratorKey));
  const isClosed = search.best.scenario.load.kind === "closed";
  const row = (found: FoundServing) => {
    const { value, interval80 } = own.of(found)!;
    return [
      configurationText(found, accelerators.size > 1),
      ...(isClosed ? [requestsOf(found)] : []),
      digits(own.factor * value),
      interval80.map((end) => digits(own.factor * end)).join(" to "),
      ...beside.map((name) => digits(columns[name].factor * columns[name].of(found)!.value)),
      `${found.notDistinguishable && found !== search.best ? "≈ " : ""}${digits(found.ratio)}`,
    ];
  };
  const titles = [
    "served as",
    ...(isClosed ? ["requests"] : []),
    own.title,
    "80 %",
    ...beside.map((name) => columns[name].title),
    "ratio",
  ];
  const shown = new Set(ranking);
  const front = costFront.filter((found) => ![...shown].some((one) => isSame(one, found)));
  return [
    ...wrapText(
      `${search.withinLimits} of ${search.fitting} configurations that fit are within the limits (${search.considered} considered); ${search.tied} of them cannot be told from the best (≈)`,
      width,
    ),
    "",
    fittedTable(titles, ranking.map(row), { width }),
    ...(front.length > 0
      ? [
          "",
          ...wrapText("not above, and than which none that fits is both cheaper and sooner done:", width),
          "",
          fittedTable(titles, front.slice(0, 8).map(row), { width }),
        ]
      : []),
    "",
    ...wrapText(
      "means over requests; requests are those at once, in all instances; ratio to the best",
      width,
    ),
    ...search.assumptions.flatMap((note) => wrapText(`- ${note}`, width, 2)),
  ].join("\n");
}

const isSame = (a: FoundServing, b: FoundServing) => a.scenario === b.scenario;

const requestsOf = ({ scenario: { load } }: FoundServing) =>
  load.kind === "closed" ? String(load.concurrency) : "";

/** A configuration in one line: "fp8 2×tp4". */
function configurationText({ scenario, acceleratorKey }: FoundServing, withAccelerator: boolean): string {
  const { serve, prefill, format, chunkTokens } = scenario;
  return [
    ...(withAccelerator ? [`${acceleratorKey}:`] : []),
    format,
    prefill ? `${instancesText(prefill)}:${instancesText(serve)}` : instancesText(serve),
    ...(chunkTokens === undefined ? [] : [`chunk${chunkTokens}`]),
  ].join(" ");
}

/** A search as JSON: each configuration with its layout and figures, models and data sheets by name. */
export function searchServingJson(search: ServingSearch): unknown {
  const plain = ({ scenario, estimate, ...found }: FoundServing) => {
    const { model, modelKey: _, accelerator, acceleratorKey: __, assumptions: ___, ...asked } = scenario;
    const { assumptions: ____, ...figures } = estimate;
    return { model: model.name, accelerator: accelerator.name, ...asked, ...figures, ...found };
  };
  return {
    ...search,
    best: plain(search.best),
    ranking: search.ranking.map(plain),
    speedFront: search.speedFront.map(plain),
    costFront: search.costFront.map(plain),
  };
}
