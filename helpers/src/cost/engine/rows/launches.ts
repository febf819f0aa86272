import { publishedLaunches } from "./publishedLaunches.ts";

/** One kind of instance of a launch. */
export interface LaunchPart {
  readonly instances: number;
  /** Devices of one. */
  readonly devices: number;
  readonly expertParallel: number;
  /** Whether each device attends for requests of its own. */
  readonly attentionData: boolean;
}

/** Settings of a published benchmark. */
export interface Launch {
  /** Prompt and output length, such as "8k1k". */
  readonly lengths: string;
  readonly serve: LaunchPart;
  readonly prefill?: LaunchPart;
  readonly speculative: boolean;
  readonly concurrencies: readonly number[];
  readonly releases: readonly string[];
}

/** What launches are told by. */
export interface LaunchKey {
  readonly modelKey: string;
  readonly format: string;
  readonly acceleratorKey: string;
  readonly engine: string;
}

const read = new Map<string, readonly Launch[]>();

/** Published launches of a model on an accelerator; none where there are none. */
export function launchesOf({ modelKey, format, acceleratorKey, engine }: LaunchKey): readonly Launch[] {
  const key = `${modelKey} ${format} ${acceleratorKey.split("-")[0]} ${engine}`;
  let found = read.get(key);
  if (!found) {
    found = Object.hasOwn(publishedLaunches, key) ? publishedLaunches[key]!.split("; ").map(launch) : [];
    read.set(key, found);
  }
  return found;
}

function launch(line: string): Launch {
  const words = line.split(" ");
  const [releases, concurrencies] = [words.at(-1)!, words.at(-2)!];
  const parts = words[1]!.split("+").map(part);
  return {
    lengths: words[0]!,
    serve: parts.at(-1)!,
    ...(parts.length > 1 && { prefill: parts[0]! }),
    speculative: words[2] === "mtp",
    concurrencies: concurrencies.split(",").map(Number),
    releases: releases.split(","),
  };
}

function part(text: string): LaunchPart {
  const [, instances, devices, experts, data] = /^(?:(\d+)x)?(\d+)\.(\d+)(d?)$/.exec(text)!;
  return {
    instances: Number(instances ?? 1),
    devices: Number(devices),
    expertParallel: Number(experts),
    attentionData: data === "d",
  };
}

/** The lengths of a launch that tokens mean: 1000 and 1024 are 1k. */
export function launchLengths(promptTokens: number, outputTokens: number): string {
  const [p, o] = [promptTokens, outputTokens].map((tokens) => {
    const thousands = Math.round(tokens / 1024);
    return Math.abs(tokens / 1024 - thousands) <= 0.025 * thousands ? `${thousands}k` : `${tokens} `;
  });
  return `${p}${o}`;
}

/** Devices of all instances. */
export function launchDevices({ serve, prefill }: Launch): number {
  return serve.instances * serve.devices + (prefill ? prefill.instances * prefill.devices : 0);
}

/** Of launches those of the release, where any is, then those at the concurrency, or nearest to it. */
export function nearestLaunches(
  launches: readonly Launch[],
  { release, concurrency }: { readonly release: string; readonly concurrency: number },
): readonly Launch[] {
  const own = launches.filter(
    ({ releases }) => release !== "" && releases.some((each) => each.startsWith(release)),
  );
  const among = own.length > 0 ? own : launches;
  const away = ({ concurrencies }: Launch) =>
    Math.min(...concurrencies.map((each) => Math.abs(Math.log(each / concurrency))));
  const least = Math.min(...among.map(away));
  return among.filter((each) => away(each) <= least + 1e-9);
}
