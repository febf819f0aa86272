// Makes JupyterLab out of its own packages, as its own build does, only with esbuild: one script, one style sheet, the
// schemas of its settings and its themes. Its argument is the folder to write.
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const manifest = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const extensions = Object.keys(manifest(here).dependencies)
  .filter((name) => name.endsWith("-extension"))
  .map((name) => ({ name, folder: join(here, "node_modules", name) }));
const styled = extensions.filter(({ folder }) => existsSync(join(folder, "style/index.js")));

/** What JupyterLab's index.js is generated as: all plugins but the language servers', which need one more program. */
const script = `
import { JupyterLab } from "@jupyterlab/application";
import { JupyterPluginRegistry } from "@jupyterlab/coreutils";
import { IConnectionStatus, IServiceManager } from "@jupyterlab/services";
import plotly from "jupyterlab-plotly/lib/plotly-renderer.js";
${styled.map(({ name }) => `import "${name}/style/index.js";`).join("\n")}
${extensions.map(({ name }, index) => `import * as module${index} from "${name}";`).join("\n")}
const modules = [${extensions.map((_, index) => `module${index}`).join(", ")}];
const plugins = modules.flatMap((each) => each.default).filter(({ id }) => !id.includes(":language-server"));
const pluginRegistry = new JupyterPluginRegistry();
pluginRegistry.registerPlugins(plugins);
const connectionStatus = await pluginRegistry.resolveOptionalService(IConnectionStatus);
const serviceManager = await pluginRegistry.resolveRequiredService(IServiceManager);
const lab = new JupyterLab({ pluginRegistry, serviceManager, connectionStatus, mimeExtensions: [plotly].flat() });
globalThis.jupyterapp = lab;
await lab.start({ bubblingKeydown: true });
`;

/** In scripts a picture is its text; in style sheets it is an address. "~" is how webpack names packages there. */
const asWebpack = {
  name: "as webpack",
  setup({ onResolve, onLoad, resolve: find }) {
    onResolve({ filter: /\.svg$/ }, ({ kind, resolveDir, path }) =>
      kind === "url-token" ? undefined : { path: resolve(resolveDir, path), namespace: "text" },
    );
    onResolve({ filter: /^~/ }, ({ path, ...where }) => find(path.slice(1), where));
    onLoad({ filter: /.*/, namespace: "text" }, async ({ path }) => ({
      contents: await readFile(path, "utf8"),
      loader: "text",
    }));
  },
};

const common = {
  absWorkingDir: here,
  bundle: true,
  logLevel: "error",
  plugins: [asWebpack],
  loader: Object.fromEntries(
    [".svg", ".woff", ".woff2", ".ttf", ".eot", ".png", ".gif"].map((e) => [e, "dataurl"]),
  ),
};

const folder = resolve(process.argv[2]);
await build({
  ...common,
  stdin: { contents: script, resolveDir: here },
  outfile: join(folder, "static/lab.js"),
  format: "esm",
  target: "chrome120",
  external: ["mermaid", "mermaid/*", "@mermaid-js/*"], // loaded when a diagram is shown, and here is none
  define: { __dirname: '"/"', process: '{"env":{}}', global: "globalThis" },
  alias: { "plotly.js/dist/plotly": "plotly.js/plotly.min.js" },
});
for (const { name, folder: source } of extensions) {
  const { jupyterlab = {}, version } = manifest(source);
  if (jupyterlab.schemaDir) {
    cpSync(join(source, jupyterlab.schemaDir), join(folder, "schemas", name), { recursive: true });
    writeFileSync(join(folder, "schemas", name, "package.json.orig"), JSON.stringify({ name, version }));
  }
  if (jupyterlab.themePath) {
    await build({
      ...common,
      entryPoints: [join(source, jupyterlab.themePath)],
      outfile: join(folder, "themes", name, "index.css"),
    });
  }
}
