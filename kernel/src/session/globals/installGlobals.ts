import { clearOutput, display } from "../display/display.ts";
import { progress } from "../display/progress.ts";
import { html, md, svg } from "../display/taggedTemplates.ts";
import { verdicts } from "../display/verdicts.ts";
import { comm } from "../frontend/comm.ts";
import { input, prompt } from "../frontend/prompt.ts";
import { decorate, decorateMetadata, decorateParam } from "./legacyDecorators.ts";

const session = { clearOutput, comm, display, html, input, md, progress, prompt, svg, verdicts };

interface Own {
  require: NodeJS.Require;
  /** Makes what lowered code disposes of a block's `using` with. */
  usingContext: () => object;
}

/** What cells find without importing it, and what their lowered code calls. */
export function installGlobals({ require, usingContext }: Own): void {
  const babelHelpers = { usingCtx: usingContext, decorate, decorateMetadata, decorateParam };
  const names = { ...session, babelHelpers, require };
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
  }
}
