import { describeGiven } from "../../../numerics/arguments/describeGiven.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";

/**
 * The kind of each layer: the list under `key`, whose names `names` explains, or what `standard` says of each where the
 * list is absent.
 *
 * @throws RangeError on a list of another length, or a name that is not known
 */
export function layerKinds<Kind extends string>(
  keys: ConfigKeys,
  key: string,
  count: number,
  names: Readonly<Record<string, Kind>>,
  standard: (index: number) => Kind,
): Kind[] {
  const kinds = keys.list(key, (value, i) => {
    const kind = Object.hasOwn(names, String(value)) ? names[String(value)] : undefined;
    if (kind === undefined) {
      const known = Object.keys(names).join(", ");
      throw new RangeError(`${key}[${i}] must be one of ${known}, got ${describeGiven(value)}`);
    }
    return kind;
  });
  if (kinds && kinds.length !== count) {
    throw new RangeError(`${key} must name the ${count} layers, got ${kinds.length} names`);
  }
  return kinds ?? Array.from({ length: count }, (_, i) => standard(i));
}
