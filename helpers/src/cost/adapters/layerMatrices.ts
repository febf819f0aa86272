import { blockTensors } from "../../models/blocks/Block.ts";
import type { Layer } from "../../models/Model.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";

/** A weight matrix of a layer, as adapters see it. */
export interface LayerMatrix {
  /** "query", "down", "expert-up", ..., of joined ones the first. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** How many alike the layer has: experts. */
  readonly copies: number;
}

/** Which matrices get adapters, and which of them get one together. */
export interface Targets {
  readonly targets?: readonly string[];
  readonly joined?: readonly (readonly string[])[];
}

/** Matrices of the blocks of a layer, the router apart: it is named on purpose or not adapted. */
export function layerMatrices(layer: Layer, joined: Targets["joined"] = []): LayerMatrix[] {
  return layer.blocks.flatMap((block) => {
    const found: LayerMatrix[] = [];
    for (const { name, shape, role, copies = 1 } of blockTensors(block)) {
      if (role !== "matrix") continue;
      const matrix = {
        name: name.replace(/\.weight$/, ""),
        outputs: shape[0]!,
        inputs: shape[1]!,
        copies,
      };
      const group = joined.find((names) => names.includes(matrix.name));
      const at = found.findIndex((one) => group?.includes(one.name));
      const first = found[at];
      // Matrices of one input stand on one another: their outputs add up.
      if (first && first.inputs === matrix.inputs && first.copies === copies) {
        found[at] = { ...first, outputs: first.outputs + matrix.outputs };
      } else found.push(matrix);
    }
    return found;
  });
}

/**
 * The matrices of each layer that `targets` names, by default all but routers.
 *
 * @throws RangeError on a name that no layer has, or a part of matrices that are joined
 */
export function targetMatrices(layers: readonly Layer[], { targets, joined = [] }: Targets): LayerMatrix[][] {
  const names = new Set(layers.flatMap((layer) => layerMatrices(layer).map(({ name }) => name)));
  requireNames("targets", targets, names);
  requireJoined(joined, names, targets);
  return layers.map((layer) =>
    layerMatrices(layer, joined).filter(({ name }) =>
      targets === undefined ? name !== "router" : targets.includes(name),
    ),
  );
}

function requireNames(
  option: string,
  given: readonly string[] | undefined,
  names: ReadonlySet<string>,
): void {
  if (given === undefined) return;
  const unknown = Array.isArray(given) ? given.find((name) => !names.has(name)) : given;
  if (unknown !== undefined || given.length === 0) {
    const wanted = `must be a list of names among ${[...names].join(", ")}`;
    throw refusal(option, wanted, unknown ?? "none", "or leave it out");
  }
}

function requireJoined(
  joined: readonly (readonly string[])[],
  names: ReadonlySet<string>,
  targets: readonly string[] | undefined,
): void {
  if (!Array.isArray(joined)) {
    throw refusal(
      "joined",
      "must be a list of lists of names",
      joined,
      'such as [["query", "key", "value"]]',
    );
  }
  for (const group of joined) {
    requireNames("joined", group, names);
    const named = targets && group.filter((name: string) => targets.includes(name));
    if (named && named.length > 0 && named.length < group.length) {
      const wanted = `must have all of ${group.join(", ")}, which are one matrix by joined`;
      throw refusal("targets", wanted, named.join(", "), "name the others, too, or change joined");
    }
  }
}
