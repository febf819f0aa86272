import type { Namespace } from "../modules/namespace.ts";
import { isDeclared } from "./sessionScope.ts";

/** The names of `isoflop`, usable in cells without an import line; loaded by the first cell that mentions one. */
export class PreloadedHelpers {
  readonly #load: (specifier: string) => Promise<Namespace>;
  #isLoaded = false;

  constructor(load: (specifier: string) => Promise<Namespace>) {
    this.#load = load;
  }

  /** Loads the helpers if one of the mentioned names is not the session's own. */
  async provide(mentioned: readonly string[]): Promise<void> {
    if (this.#isLoaded || !mentioned.some((name) => !isDeclared(name) && !(name in globalThis))) return;
    this.#isLoaded = true;
    const namespace = await this.#load("isoflop");
    for (const [name, value] of Object.entries(namespace)) {
      if (name in globalThis || name === "default") continue;
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  }
}
