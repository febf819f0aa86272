import type { Model } from "../../../models/Model.ts";
import type { ServingInstances } from "../ServingScenario.ts";
import { type Launch, type LaunchPart, launchDevices, nearestLaunches } from "./launches.ts";
import type { ServingDegrees } from "./servingDegrees.ts";
import { nExperts } from "./servingLayout.ts";

/** A disaggregated deployment. */
export interface SplitInstances {
  readonly serve: ServingInstances;
  readonly prefill: ServingInstances;
}

/** What is known of a deployment whose numbers of instances are unstated. */
export interface SplitOf {
  readonly model: Model;
  readonly prefill: ServingDegrees;
  readonly decode: ServingDegrees;
  /** Published launches of the same model, format, accelerator, engine and lengths. */
  readonly launches: readonly Launch[];
  readonly release: string;
  readonly concurrency: number;
}

/**
 * Instances and layout of a deployment whose counts are unstated, as the nearest published launch has them; undefined where
 * none is near. Of launches with the same devices an instance, else of those that have as many devices in all.
 */
export function publishedSplit(of: SplitOf, assumptions: string[]): SplitInstances | undefined {
  const { prefill, decode, launches, model } = of;
  const [p, d] = [devicesOf(prefill), devicesOf(decode)];
  const split = launches.filter((each) => each.prefill !== undefined);
  let among: readonly Launch[] = split.filter(
    (each) => each.prefill!.devices === p && each.serve.devices === d,
  );
  // A dump that lost the parts gives the devices of all for both, another 1 for both.
  if (among.length === 0 && p === d) {
    among = p > 1 ? nearTotal(split, p) : split;
  }
  if (among.length === 0) return undefined;
  // A dump gives the expert degree of prefill for both.
  const dealt = among.filter((each) => each.prefill!.expertParallel === prefill.ep);
  const near = nearestLaunches(dealt.length > 0 ? dealt : among, of);
  // Several launches may be as near: then one that drafts no tokens, of fewest devices.
  const plain = [...near].sort(
    (a, b) => Number(a.speculative) - Number(b.speculative) || launchDevices(a) - launchDevices(b),
  );
  const chosen = plain[0]!;
  const layouts = new Set(plain.map((each) => `${label(each.prefill!)} ${label(each.serve)}`)).size;
  assumptions.push(
    `instances of the nearest published launch: prefill ${label(chosen.prefill!)}, decode ${label(chosen.serve)}${layouts > 1 ? `, one of ${layouts} that are as near` : ""}`,
  );
  return { prefill: instancesOf(chosen.prefill!, model), serve: instancesOf(chosen.serve, model) };
}

/** Launches whose devices in all are nearest to a total, within a fifth. */
export function nearTotal(launches: readonly Launch[], total: number): readonly Launch[] {
  const away = (each: Launch) => Math.abs(Math.log(launchDevices(each) / total));
  const least = Math.min(...launches.map(away));
  return least <= Math.log(1.2) ? launches.filter((each) => away(each) <= least + 1e-9) : [];
}

const devicesOf = ({ tp = 1, pp = 1, dp = 1 }: ServingDegrees) => tp * pp * dp;

const label = ({ instances, devices, expertParallel, attentionData }: LaunchPart) =>
  `${instances}x${attentionData ? "D" : "T"}${expertParallel > 1 ? "E" : ""}P${devices}`;

/** Layout of a part of a launch. */
export function instancesOf(part: LaunchPart, model: Model): ServingInstances {
  const { instances, devices, attentionData } = part;
  const isMixture = nExperts(model) > 0;
  const expertParallel = isMixture && devices % part.expertParallel === 0 ? part.expertParallel : 1;
  const data = attentionData && isMixture;
  return {
    instances,
    layout: {
      tensorParallel: data ? 1 : devices,
      pipelineParallel: 1,
      attentionDataParallel: data ? devices : 1,
      expertParallel,
      expertTensorParallel: devices / expertParallel,
    },
  };
}
