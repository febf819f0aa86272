import type { CellAnalysis } from "./analyzeCell.ts";
import { withBareImports, withBareImportsByTheLook } from "./distantImports.ts";
import { reserved } from "./reservedNames.ts";
import { narrowed, type SessionName, type SessionNames } from "./sessionNames.ts";

/** In the document the cell starts on this line (counted from 0); its columns are unchanged. */
export const cellLine = 1;

const identifier = /(?<![\p{ID_Continue}$]|(?<!\.)\.)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** Names that occur in the code, not after a dot; more than are used as variables, which does no harm. */
export function mentionedNames(code: string): Set<string> {
  return new Set(code.match(identifier));
}

export interface CellDocument {
  code: string;
  isObjectLiteral: boolean;
  /** Unknown where the cell does not parse. */
  analysis: CellAnalysis | undefined;
  /** Names that its JSX stands for, as `React`, without naming them. */
  implied?: readonly string[];
}

/**
 * A cell as a module of its own: the names it uses from earlier cells are imported in front, on one line,
 * and everything it declares is exported behind. A later cell can so declare a name again with another
 * type, and checking a cell costs the same at any place in the session.
 *
 * @param moduleOf where a name of the session is to be imported from
 */
export function cellDocument(
  { code, isObjectLiteral, analysis, implied = [] }: CellDocument,
  session: SessionNames,
  preloaded: ReadonlyMap<string, unknown>,
  moduleOf: (name: SessionName | undefined, isNarrowed: boolean, word: string) => string,
): string {
  const declared = analysis ? analysis.declarations : declaredByTheLook(code);
  const imports = new Map<string, string[]>();
  const importFrom = (module: string, clause: string) => {
    const list = imports.get(module);
    if (list) list.push(clause);
    else imports.set(module, [clause]);
  };
  let variables = "";
  for (const name of new Set([...mentionedNames(code), ...implied])) {
    if (declared.has(name)) continue;
    const known = session.names.get(name);
    if (known?.kind === "let") {
      // An import cannot be assigned, so a variable is declared anew with the type of the old one.
      importFrom(moduleOf(known, false, name), `${name} as ${reserved}declared_${name}`);
      if (session.isNarrowed(known)) {
        importFrom(moduleOf(known, true, name), narrowed(name));
        variables += `let ${name}: typeof ${reserved}declared_${name} = ${narrowed(name)};`;
        // What an assignment tells only of a union, an assertion tells of all types.
        if (known.guards > 0) variables += `${assumeName}<typeof ${narrowed(name)}>(${name});`;
      } else {
        variables += `declare let ${name}: typeof ${reserved}declared_${name};`;
      }
    } else if (known?.kind === "const" && session.isNarrowed(known)) {
      importFrom(moduleOf(known, true, name), `${narrowed(name)} as ${name}`);
    } else if (known) importFrom(moduleOf(known, false, name), name);
    else if (preloaded.has(name)) importFrom(moduleOf(undefined, false, name), name);
  }
  const before = [...imports].map(
    ([module, clauses]) => `import { ${clauses.join(", ")} } from "${module}";`,
  );
  const text = analysis ? withBareImports(code, analysis.distant) : withBareImportsByTheLook(code);
  const [open, close] = isObjectLiteral ? ["(", ")"] : ["", ""];
  return `${before.join("")}${variables}${open}\n${text}\n${close};${exportsOf(code, analysis, session)}export {};\n`;
}

function exportsOf(code: string, analysis: CellAnalysis | undefined, session: SessionNames): string {
  if (!analysis) return "";
  const names = [...analysis.declarations.keys()].filter((name) => !analysis.exported.has(name));
  const variables = [...analysis.declarations.values()]
    .filter(({ kind }) => kind === "let")
    .map(({ name }) => name);
  const guarded = session.guarded(code, analysis);
  const current = new Set([...variables, ...session.reassigned(analysis), ...guarded.keys()]);
  // Under a name of its own: the one it is exported under may be imported in front.
  const last = (name: string) => `${reserved}last_${name}`;
  const narrowings = [...current].map((name) => {
    const type = guarded.has(name) ? `: ${guardedType(name, guarded.get(name)!)}` : "";
    const value = type ? `${name} as any` : name;
    return `const ${last(name)}${type} = ${value};export { ${last(name)} as ${narrowed(name)} };`;
  });
  return `${narrowings.join("")}${names.length > 0 ? `export { ${names.join(", ")} };` : ""}`;
}

const declaration =
  /\b(?:const|let|var|function|class|interface|type|enum|namespace)\b[\s*]*([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;

/** The ambient assertion that a variable is of a type. */
export const assumeName = `${reserved}assume`;

/** The ambient type that adds what is known of some properties; see `ambientModule`. */
export const guardedTypeName = `${reserved}guarded`;

/** The type of a variable with what is known of its properties. The annotation lets it go on as an assertion function. */
function guardedType(name: string, properties: readonly string[][]): string {
  return properties.reduce((type, path) => {
    const known = path.reduceRight(
      (inner, key) => `{ ${key}: ${inner} }`,
      `typeof ${[name, ...path].join(".")}`,
    );
    return `${guardedTypeName}<${type}, ${known}>`;
  }, `typeof ${name}`);
}

/** What a text that need not parse declares, as far as one line shows it. */
export function declaredByTheLook(code: string): Set<string> {
  return new Set([...code.matchAll(declaration)].map((match) => match[1]!));
}
