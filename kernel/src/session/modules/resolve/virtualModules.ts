interface VirtualModule {
  source: string;
  version: number;
}

const modules = new Map<string, VirtualModule>();

/** Files that exist in the session only: cells that begin with tslab's `@module` comment. */
export const virtualModules = {
  set(path: string, source: string): void {
    modules.set(path, { source, version: (modules.get(path)?.version ?? 0) + 1 });
  },
  get(path: string): VirtualModule | undefined {
    return modules.get(path);
  },
};
