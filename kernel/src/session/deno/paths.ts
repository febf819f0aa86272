import { fileURLToPath } from "node:url";

/** A path, or a `file:` address. */
export type Place = string | URL;

export function toPath(place: Place): string {
  return typeof place === "string" ? place : fileURLToPath(place);
}
