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
      "isoflop/danfo needs danfojs-node, which is not installed. Two of its own packages load from outside npm: put " +
        '"overrides": {"xlsx": "0.18.5", "@tensorflow/tfjs-node": "npm:@tensorflow/tfjs@3.21.0"} ' +
        "into package.json, then npm install danfojs-node@1.2.0",
      { cause },
    );
  }
  // danfojs is CommonJS: Node may give its exports as the default one.
  const { default: inner } = module as { default?: Danfo };
  return inner?.DataFrame ? inner : (module as Danfo);
}
