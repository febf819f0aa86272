/** How TypeScript becomes JavaScript where a tsconfig.json says something of it. Plain data: it passes between processes. */
export interface EmitOptions {
  /** Decorators as they were before the standard, and the types of what they decorate beside them. */
  decorators?: { metadata: boolean; strictNullChecks: boolean };
  /** A class's fields are assigned, not defined (`useDefineForClassFields: false`). */
  assignsFields?: boolean;
  jsx?: JsxEmit;
  /** An import goes only where it says `type` (`verbatimModuleSyntax`); else it goes where no value is used. */
  keepsImports?: boolean;
}

export interface JsxEmit {
  runtime: "automatic" | "classic";
  development?: boolean;
  importSource?: string;
  pragma?: string;
  pragmaFrag?: string;
}

/** Of these a class's fields are defined. */
const definingTarget = /^es(next|20(2[2-9]|[3-9]\d))$/i;

/** What of `compilerOptions` decides how code is emitted; undefined where nothing does, as in most folders. */
export function emitOptions(options: Readonly<Record<string, unknown>>): EmitOptions | undefined {
  const emit: EmitOptions = {};
  if (options.experimentalDecorators === true) {
    const strictNullChecks = options.strictNullChecks !== false && options.strict !== false;
    emit.decorators = { metadata: options.emitDecoratorMetadata === true, strictNullChecks };
  }
  const { target, useDefineForClassFields: defines } = options;
  if (defines === false || (defines !== true && typeof target === "string" && !definingTarget.test(target)))
    emit.assignsFields = true;
  const jsx = jsxEmit(options);
  if (jsx) emit.jsx = jsx;
  if (options.verbatimModuleSyntax === true) emit.keepsImports = true;
  return Object.keys(emit).length > 0 ? emit : undefined;
}

/** Code that runs cannot keep its JSX: `preserve` and `react-native` are as `react-jsx`, which a bundler would make of it. */
function jsxEmit({
  jsx,
  jsxFactory,
  jsxFragmentFactory,
  jsxImportSource,
  reactNamespace,
}: Readonly<Record<string, unknown>>): JsxEmit | undefined {
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  if (String(jsx).toLowerCase() === "react") {
    const namespace = text(reactNamespace);
    const pragma = text(jsxFactory) ?? (namespace && `${namespace}.createElement`);
    const pragmaFrag = text(jsxFragmentFactory) ?? (namespace && `${namespace}.Fragment`);
    return { runtime: "classic", ...(pragma && { pragma }), ...(pragmaFrag && { pragmaFrag }) };
  }
  const development = String(jsx).toLowerCase() === "react-jsxdev";
  const importSource = text(jsxImportSource);
  if (!development && !importSource) return undefined;
  return { runtime: "automatic", ...(development && { development }), ...(importSource && { importSource }) };
}
