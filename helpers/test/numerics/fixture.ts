import { readFileSync } from "node:fs";

/** What the script of the same name in fixtures/ wrote. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), "utf8")) as T;
}

/** |found / exact - 1|; the distance itself where exact is 0. */
export function relativeError(found: number, exact: number): number {
  return exact === 0 ? Math.abs(found) : Math.abs(found / exact - 1);
}
