import { runBeside } from "./besideFile.ts";

type Resolve = (specifier: string) => string;

const resolvers = new Map<string, Resolve | undefined>();

/**
 * Where Node's own `import` in a file finds a module, as a URL: under the conditions that this Node and its options
 * have. Undefined where Node was told not to load ECMAScript modules at once.
 */
export function importResolver(file: string): Resolve | undefined {
  if (!resolvers.has(file)) resolvers.set(file, makeResolver(file));
  return resolvers.get(file);
}

function makeResolver(file: string): Resolve | undefined {
  if (!process.features.require_module) return undefined;
  // A file's own name is that of another module.
  const name = file.endsWith(".ipynb") ? file : `${file}.import`;
  const { resolve } = runBeside(name, "export const { resolve } = import.meta;") as { resolve: Resolve };
  return (specifier) => {
    try {
      return resolve(specifier);
    } catch (error) {
      if (error instanceof Error) error.message = error.message.replaceAll(name, file);
      throw error;
    }
  };
}
