interface Host {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
}

/**
 * A module that comes with Node, and with Deno and Bun; undefined in a browser. Asked of the process and not imported:
 * what is imported, each bundler would have to find, and those for pages cannot.
 */
export function hostModule<T>(name: "os" | "worker_threads"): T | undefined {
  return (globalThis as Host).process?.getBuiltinModule?.(`node:${name}`) as T | undefined;
}
