type Danfo = typeof import("danfojs-node");

/**
 * Loads danfojs, an optional peer, when it is first needed.
 *
 * @throws Error with the line to run, where danfojs-node is not installed
 */
export async function loadDanfo(load: () => Promise<unknown> = () => import("danfojs-node")): Promise<Danfo> {
  let module: unknown;
  try {
    module = await load();
  } catch (cause) {
    throw new Error(
      "isoflop/danfo needs danfojs-node, which is not installed: npm install danfojs-node@1.2.0 (it asks for a tarball outside npm; the README shows the overrides that avoid it)",
      { cause },
    );
  }
  // danfojs is CommonJS: Node may give its exports as the default one.
  const { default: inner } = module as { default?: Danfo };
  return inner?.DataFrame ? inner : (module as Danfo);
}
