import { nearestName } from "../../numerics/arguments/nearestName.ts";
import type { DiscoverOptions } from "./DiscoverOptions.ts";

/**
 * Throws where an option names a column that is not there, or two name one for what excludes each other.
 *
 * @param columns the names of all columns
 */
export function requireRoles(options: DiscoverOptions, columns: readonly string[]): void {
  const { group, scale = [], decreasing = [], ignore = [] } = options;
  const responses = typeof options.response === "string" ? [options.response] : options.response;
  if (responses.length === 0) throw new RangeError("response must name a column, got none; such as loss");
  const roles = Object.entries({
    response: responses,
    group: group === undefined ? [] : [group],
    ignore,
    scale,
  });
  const all = [...roles, ["decreasing", decreasing] as const];
  for (const name of all.flatMap(([, names]) => names)) {
    if (columns.includes(name)) continue;
    throw new RangeError(
      `the rows have no column ${name}; did you mean ${nearestName(name, columns)}? There are ${columns.join(", ")}`,
    );
  }
  const isTwice = responses.find((name, k) => responses.indexOf(name) < k);
  if (isTwice !== undefined) throw new RangeError(`response names ${isTwice} twice; name each column once`);
  const taken = new Map<string, string>();
  for (const [role, names] of all) {
    for (const name of names) {
      const other = taken.get(name);
      // What the response may only fall along, may be a scale as well.
      if (other !== undefined && other !== role) {
        throw new RangeError(`${other} and ${role} both name ${name}; leave it out of one of them`);
      }
      if (role !== "scale" && role !== "decreasing") taken.set(name, role);
    }
  }
}
