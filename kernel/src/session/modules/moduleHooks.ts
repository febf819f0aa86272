import { Module, syncBuiltinESMExports } from "node:module";

const options = /(^|\s)(-r|--require|--import|--(experimental-)?loader)\b/;

let isHooked = options.test([...process.execArgv, process.env.NODE_OPTIONS ?? ""].join(" "));

/**
 * Whether something may have its say in how modules are found and loaded, as a compiler or a recorder of coverage does.
 * What is loaded at once goes past part of such hooks.
 */
export function hasHooks(): boolean {
  return isHooked;
}

/** Sees hooks that are registered from now on. */
export function watchHooks(): void {
  const methods = Module as unknown as Record<string, ((...args: unknown[]) => unknown) | undefined>;
  for (const name of ["register", "registerHooks"]) {
    const native = methods[name];
    if (native === undefined) continue; // older than Node 22.15
    methods[name] = new Proxy(native, {
      apply(target, self, args) {
        isHooked = true;
        return Reflect.apply(target, self, args) as unknown;
      },
    });
  }
  syncBuiltinESMExports();
}
