import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ElementKind } from "./elementKind.ts";

/** Turns an element into HTML. */
export type Render = (element: unknown) => string;

interface Renderer {
  readonly load: () => Render;
  /** The package that does it, and the one whose version it has to fit. */
  readonly needs: string;
  readonly of?: string;
}

/** From the notebook's folder, where the session starts. */
const notebook = createRequire(join(process.cwd(), "notebook.ts"));

const renderers: Readonly<Record<ElementKind, Renderer>> = {
  react: { load: loadReact, needs: "react-dom", of: "react" },
  preact: { load: loadPreact, needs: "preact-render-to-string" },
};

const loaded = new Map<ElementKind, Render>();

/** What renders the elements of a kind, loaded with the first of them; or in words what is to be installed for that. */
export function rendererOf(kind: ElementKind): Render | { missing: string } {
  const found = loaded.get(kind);
  if (found) return found;
  const { load, needs, of } = renderers[kind];
  try {
    const render = load();
    loaded.set(kind, render);
    return render;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "MODULE_NOT_FOUND" || !message.includes(`'${needs}`)) throw error;
    const version = of && versionOf(of);
    const name = version ? `${needs}@${version}` : needs;
    return { missing: `To see it, install what renders it:\n    %npm install ${name}` };
  }
}

function loadReact(): Render {
  const { renderToStaticMarkup } = notebook("react-dom/server") as { renderToStaticMarkup: Render };
  return renderToStaticMarkup;
}

/** Cells import Preact as an ECMAScript module, whose hooks only the renderer of that kind knows; `require` has others. */
function loadPreact(): Render {
  const manifest = notebook.resolve("preact-render-to-string/package.json");
  const builds = [() => required(manifest), () => asRender(notebook("preact-render-to-string"))].flatMap(
    (load) => {
      try {
        return [load()];
      } catch {
        return [];
      }
    },
  );
  return (element) => {
    let failure: unknown;
    for (const render of builds) {
      try {
        return render(element);
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  };
}

function required(manifest: string): Render {
  const inside = createRequire(manifest);
  const { exports } = inside(manifest) as { exports: { ".": { import: string } } };
  return asRender(inside(join(dirname(manifest), exports["."].import)));
}

function asRender(module: unknown): Render {
  const { renderToStaticMarkup, render } = module as { renderToStaticMarkup?: Render; render?: Render };
  const found = renderToStaticMarkup ?? render;
  if (typeof found !== "function")
    throw new TypeError("this preact-render-to-string has no function that renders");
  return found;
}

function versionOf(name: string): string | undefined {
  try {
    const { version } = notebook(`${name}/package.json`) as { version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
