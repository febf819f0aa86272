import type { Block } from "../../blocks/Block.ts";
import { type Tensor, vector } from "../../blocks/Tensor.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";

/** The matrix that makes a patch of `inputs` values (channels · height · width · frames) a vector. */
export function patches(
  width: number,
  inputs: number,
  options: { readonly bias?: boolean; readonly classToken?: boolean } = {},
): Block {
  const weight: Tensor = { name: "patches.weight", shape: [width, inputs], role: "matrix", split: "none" };
  const tensors = [
    weight,
    ...(options.bias ? [vector("patches.bias", width)] : []),
    ...(options.classToken ? [vector("class-token", width)] : []),
  ];
  return { kind: "other", name: "patches", tensors };
}

/** Height and width under a key that holds one number for both, or two. */
export function sides(keys: ConfigKeys, key: string, standard: number): [number, number] {
  const value = keys.raw(key);
  if (!Array.isArray(value)) {
    const side = keys.whole(key, standard);
    return [side, side];
  }
  const given = value.length === 1 ? [value[0], value[0]] : value;
  if (given.length !== 2 || !given.every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw new RangeError(`${key} must be a whole number or two, got ${JSON.stringify(value)}`);
  }
  return [given[0], given[1]];
}

/** Patches of an image, and values of one. */
export function imageGrid(
  keys: ConfigKeys,
  standard: { readonly image: number; readonly patch: number },
  channelKeys: string | readonly string[] = "num_channels",
): { readonly count: number; readonly inputs: number } {
  const [height, width] = sides(keys, "image_size", standard.image);
  const [patchHeight, patchWidth] = sides(keys, "patch_size", standard.patch);
  const channels = keys.whole(channelKeys, 3);
  return {
    count: Math.floor(height / patchHeight) * Math.floor(width / patchWidth),
    inputs: channels * patchHeight * patchWidth,
  };
}
