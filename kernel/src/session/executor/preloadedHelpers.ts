import { adopt } from "./adopt.ts";
import { mainRealm } from "./mainRealm.ts";
import { isDeclared } from "./sessionScope.ts";

const global = mainRealm.globalThis;

/** The names of `isoflop`, usable in cells without an import line; loaded by the first cell that mentions one. */
export class PreloadedHelpers {
  #isLoaded = false;

  /** Loads the helpers if one of the mentioned names is not the session's own. */
  async provide(mentioned: readonly string[]): Promise<void> {
    if (this.#isLoaded || !mentioned.some((name) => !isDeclared(name) && !(name in global))) return;
    this.#isLoaded = true;
    const namespace = await adopt(mainRealm.$import("isoflop"), { isOurs: true });
    for (const [name, value] of Object.entries(namespace)) {
      if (name in global || name === "default") continue;
      Object.defineProperty(global, name, { value, configurable: true, writable: true });
    }
  }
}
