import { ConfigKeys } from "../ConfigKeys.ts";
import { clipVisionTower } from "./clipVision.ts";
import { pixtralVisionTower } from "./pixtralVision.ts";
import { siglipVisionTower } from "./siglipVision.ts";
import type { VisionTower } from "./VisionTower.ts";

const readers: Readonly<Record<string, (keys: ConfigKeys) => VisionTower>> = {
  clip_vision_model: clipVisionTower,
  pixtral: pixtralVisionTower,
  siglip_vision_model: siglipVisionTower,
};

/**
 * The vision tower under `vision_config`, of the kind its `model_type` names; `standard` where the part is absent.
 *
 * @throws RangeError on a kind that is not known
 */
export function visionTower(
  keys: ConfigKeys,
  standard: { readonly kind: string; readonly config?: Readonly<Record<string, unknown>> },
): VisionTower {
  const part = keys.part("vision_config") ?? new ConfigKeys(standard.config ?? {}, "vision_config");
  const kind = part.text("model_type", standard.kind);
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (!reader) {
    const known = Object.keys(readers).join(", ");
    throw new RangeError(`vision_config.model_type "${kind}" is not known; known are ${known}`);
  }
  const tower = reader(part);
  part.refuseUnread(kind);
  return tower;
}
