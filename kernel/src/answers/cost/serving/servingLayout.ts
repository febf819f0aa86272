import type { ServingInstances, ServingLayout } from "isoflop";
import { nearestWord } from "../../../text/nearestWord.ts";

/** Degrees of one instance, in the letters of the field. */
export interface Degrees {
  readonly tp?: number | undefined;
  readonly pp?: number | undefined;
  readonly dp?: number | undefined;
  readonly ep?: number | undefined;
}

/**
 * The layout of one instance. Of a dense model each group of --dp has weights of its own, so that they are instances.
 *
 * @param isMixture whether experts are shared by the groups
 * @throws RangeError where --ep does not divide, or there are no experts
 */
export function servingLayout(degrees: Degrees, isMixture: boolean): ServingInstances {
  const { tp = 1, pp = 1, dp = 1, ep = 1 } = degrees;
  if (!isMixture && ep > 1) {
    throw new RangeError(`--ep deals out experts, and the model has none, got ${ep}; leave it out`);
  }
  const shared = tp * dp;
  if (shared % ep !== 0) {
    throw new RangeError(
      `--ep must divide --tp times --dp, ${shared}, got ${ep}; take ${divisorsOf(shared).join(", ")}`,
    );
  }
  const layout: ServingLayout = {
    tensorParallel: tp,
    pipelineParallel: pp,
    attentionDataParallel: isMixture ? dp : 1,
    expertParallel: isMixture ? ep : 1,
    expertTensorParallel: isMixture ? shared / ep : tp,
  };
  return { instances: isMixture ? 1 : dp, layout };
}

const divisorsOf = (count: number) =>
  Array.from({ length: count }, (_, k) => k + 1).filter((divisor) => count % divisor === 0);

const letters = ["tp", "pp", "dp", "adp", "ep", "moetp", "moeep"];

/**
 * Layouts of --split: prefill, a colon, decode, each such as "2xtp4", "tp8dp8ep8" or, as tables of measurements have it,
 * "4x(tp8pp1adp1ep8)".
 *
 * @throws RangeError naming the half that cannot be read
 */
export function splitLayouts(
  text: string,
  isMixture: boolean,
): { readonly prefill: ServingInstances; readonly serve: ServingInstances } {
  const halves = text.replace(/\b(?:prefill|decode)\b\s*/gi, "").split(":");
  if (halves.length !== 2) {
    throw new RangeError(
      `--split must be two layouts, prefill:decode, such as 2xtp4:tp8, got ${JSON.stringify(text)}`,
    );
  }
  const [prefill, serve] = halves.map((half) => readHalf(half, isMixture));
  return { prefill: prefill!, serve: serve! };
}

function readHalf(text: string, isMixture: boolean): ServingInstances {
  const [, count = "1", inner = ""] = /^\s*(?:(\d+)\s*x\s*)?\(?([^()]*)\)?\s*$/i.exec(text) ?? [];
  const parts = inner.toLowerCase().match(/[a-z]+|\d+|[^\sa-z\d,_+-]/g) ?? [];
  const degrees: Record<string, number> = {};
  const wrong = (why: string) =>
    new RangeError(`--split has ${JSON.stringify(text.trim())}: ${why}; such as 2xtp4 or tp8dp8ep8`);
  if (parts.length === 0) throw wrong("a layout has letters and numbers");
  for (let i = 0; i < parts.length; i += 2) {
    const [name, degree] = [parts[i]!, Number(parts[i + 1])];
    if (!letters.includes(name)) {
      const near = nearestWord(name, letters);
      throw wrong(
        `${JSON.stringify(name)} is not one of ${letters.join(", ")}${near ? `; did you mean ${near}?` : ""}`,
      );
    }
    if (!Number.isSafeInteger(degree) || degree < 1) {
      throw wrong(`${name} must be followed by a whole number of at least 1`);
    }
    if (degrees[name] !== undefined) throw wrong(`${name} is there twice`);
    degrees[name] = degree;
  }
  const instances = Number(count);
  if (instances < 1) throw wrong("there must be at least one instance");
  const { tp, pp, dp, adp, ep, moeep, moetp } = degrees;
  if (dp !== undefined && adp !== undefined) throw wrong("dp and adp are the same; give one");
  if (ep !== undefined && moeep !== undefined) throw wrong("ep and moeep are the same; give one");
  // Tables write degrees of experts for models without, too.
  const experts = isMixture ? (ep ?? moeep) : undefined;
  const read = servingLayout({ tp, pp, dp: dp ?? adp, ep: experts }, isMixture);
  if (moetp !== undefined && isMixture && moetp !== read.layout.expertTensorParallel) {
    throw wrong(`moetp must be ${read.layout.expertTensorParallel}, tp·dp/ep, got ${moetp}; leave it out`);
  }
  return { ...read, instances: read.instances * instances };
}
