import { setImmediate } from "node:timers/promises";

/** One loading of a module, from its beginning to its end. */
export interface Load {
  /** Where the module is. */
  url: string | undefined;
  /** What it was asked for by. */
  name: string;
  /** Node has turned to other things since it began. */
  isOld: boolean;
}

/** An interrupt ends a loading without a word: what it leaves here has not ended. */
const loads = new Set<Load>();

export function beginLoad(url: string | undefined, name: string): Load {
  const load = { url, name, isOld: false };
  loads.add(load);
  void setImmediate().then(() => {
    load.isOld = true;
  });
  return load;
}

export function endLoad(load: Load): void {
  loads.delete(load);
}

/**
 * Ends a loading with its outcome.
 *
 * @throws Error where an earlier one of the same module was broken off: it would end with this one, and never does
 */
export async function endingWith<T>(
  load: Load,
  outcome: Promise<T>,
  isLoaded: (url: string) => boolean,
): Promise<T> {
  const earlier = [...loads].filter((other) => other !== load && isSame(other, load));
  try {
    return await outcome;
  } finally {
    endLoad(load);
    if (earlier.some(({ url }) => url && !isLoaded(url))) await refuseBroken(earlier);
  }
}

async function refuseBroken(earlier: readonly Load[]): Promise<void> {
  await setImmediate(); // they end at about the same time
  const broken = earlier.find((load) => loads.has(load));
  if (broken) throw interrupted([broken.name]);
}

/** Forgets the loadings of a module that were begun before Node last turned to other things; whether there were any. */
export function forgetOld(url: string): boolean {
  const old = [...loads].filter((load) => load.isOld && load.url === url);
  for (const load of old) endLoad(load);
  return old.length > 0;
}

/** What may be behind an error without a word; undefined where nothing was broken off. */
export function toldOfUnended(own?: Load): Error | undefined {
  const names = new Set([...loads].filter((load) => load !== own).map(({ name }) => name));
  return names.size > 0 ? interrupted([...names]) : undefined;
}

function isSame(one: Load, other: Load): boolean {
  return one.url !== undefined && one.url === other.url;
}

function interrupted(names: readonly string[]): Error {
  const quoted = names.map((name) => `"${name}"`).join(", ");
  return new Error(
    `${quoted} was interrupted while it was loading, and Node loads a module only once: restart the session to load it`,
  );
}
