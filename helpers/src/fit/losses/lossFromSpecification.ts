import { adaptiveHuber } from "./adaptiveHuber.ts";
import { asymmetric } from "./asymmetric.ts";
import { huberOf } from "./huber.ts";
import type { Loss, LossSpecification } from "./Loss.ts";
import { l1 } from "./l1.ts";
import { logCosh } from "./logCosh.ts";
import { squared } from "./squared.ts";

/** The loss that a specification (from JSON or another thread) stands for. */
export function lossFromSpecification({ kind, scale, sigmas, over, base }: LossSpecification): Loss {
  switch (kind) {
    case "squared":
      return squared();
    case "l1":
      return l1();
    case "huber":
      return scale === undefined ? adaptiveHuber({ sigmas }) : huberOf(scale, sigmas);
    case "logCosh":
      return logCosh(scale!);
    case "asymmetric":
      return asymmetric(lossFromSpecification(base!), { over: over! });
    default:
      throw new RangeError(`no loss is called ${kind}; it must be squared, l1, huber, logCosh or asymmetric`);
  }
}
