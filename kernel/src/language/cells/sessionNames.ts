import type { CellAnalysis, Declaration } from "./analyzeCell.ts";
import type { Callee } from "./guardsOf.ts";
import { reserved } from "./reservedNames.ts";

export interface SessionName extends Declaration {
  /** The module (a file name in the notebook's folder) that exports the name. */
  module: string;
  /** The module that last assigned the variable, or told more of it by a guard, and exports what is known of its type from then on. */
  assignedIn: string | undefined;
  /** How many cells assigned the variable one after the other. */
  assignments: number;
  /** How many cells have told more of its type by a guard. */
  guards: number;
  /** The text of the declaring statement. */
  source: string;
}

/** A cell run again and again, as in `n = n + 1`, would have each run depend on all those before. */
const longestChain = 100;

/** Under this name a module exports a variable as narrowed by its assignments. */
export const narrowed = (name: string): string => `${reserved}now_${name}`;

/** Which module of the session each name comes from, the latest declaration first. */
export class SessionNames {
  readonly names = new Map<string, SessionName>();
  readonly #ambient = new Set<string>();
  readonly #assignedByFunctions = new Set<string>();
  /** Takes back what the latest cell's guards have told. */
  #withdraw: (() => void)[] = [];

  /** Takes over a cell's declarations; `true` when later cells can tell the difference. */
  add(module: string, code: string, analysis: CellAnalysis, { isUntyped = false } = {}): boolean {
    const guarded = isUntyped ? new Map() : this.guarded(code, analysis);
    for (const name of analysis.assignedInFunctions) this.#assignedByFunctions.add(name);
    for (const [name, declaration] of analysis.declarations) {
      const { start, end } = declaration;
      const assignedIn = declaration.kind === "let" ? module : undefined;
      this.names.set(name, {
        ...declaration,
        module,
        assignedIn,
        assignments: 0,
        guards: 0,
        source: code.slice(start, end),
      });
    }
    const reassigned = this.reassigned(analysis);
    for (const name of reassigned) {
      const variable = this.names.get(name)!;
      variable.assignedIn = module;
      variable.assignments += 1;
    }
    this.#withdraw = [...guarded.keys()].map((name) => this.#note(this.names.get(name)!, module));
    if (analysis.isAmbient) this.#ambient.add(module);
    return analysis.declarations.size > 0 || reassigned.length > 0 || guarded.size > 0 || analysis.isAmbient;
  }

  /** A guard in this module has told more of a variable. */
  #note(variable: SessionName, module: string): () => void {
    const before = variable.assignedIn === module ? undefined : variable.assignedIn;
    variable.assignedIn = module;
    variable.guards += 1;
    return () => {
      if (variable.assignedIn === module) variable.assignedIn = before;
    };
  }

  /** The latest cell did not get past its guards. `true` when that makes a difference. */
  withdrawGuards(): boolean {
    const steps = this.#withdraw.splice(0);
    for (const step of steps) step();
    return steps.length > 0;
  }

  /** Variables of which this cell's guards may tell more, each with the properties they look at. */
  guarded(code: string, analysis: CellAnalysis): Map<string, string[][]> {
    const guarded = new Map<string, string[][]>();
    for (const { paths, callees } of analysis.guards) {
      if (callees.length > 0 && !callees.some((each) => this.#mayAssert(each, code, analysis))) continue;
      for (const [name, ...properties] of paths as [string, ...string[]][]) {
        const own = analysis.declarations.get(name);
        const known = this.names.get(name);
        const kind = own?.kind ?? known?.kind;
        if (kind !== "const" && kind !== "let") continue;
        if (!own && known && known.guards >= longestChain) continue;
        const list = guarded.get(name) ?? [];
        guarded.set(name, properties.length > 0 ? [...list, properties] : list);
      }
    }
    return guarded;
  }

  /** Whether a call may tell something of its arguments, or never return. */
  #mayAssert({ name, isMethod }: Callee, code: string, analysis: CellAnalysis): boolean {
    const own = analysis.declarations.get(name);
    const known = own ? { kind: own.kind, source: code.slice(own.start, own.end) } : this.names.get(name);
    if (!known) return name === "process";
    if (known.kind === "import" || known.kind === "namespace") return true;
    if (known.kind === "function") return /\b(asserts|never)\b/.test(known.source);
    const isAnnotated = known.source.includes(`${name}:`) || known.source.includes(`${name} :`);
    return isMethod || isAnnotated; // TypeScript heeds no other assertion
  }

  /** Variables of earlier cells that this cell assigns. */
  reassigned(analysis: CellAnalysis): string[] {
    return [...analysis.assigned].filter(
      (name) => !analysis.declarations.has(name) && this.names.get(name)?.kind === "let",
    );
  }

  /** Whether the last assignment of a variable is known to be the last one in time, and cheap to follow. */
  isNarrowed({ name, kind, assignedIn, assignments }: SessionName): boolean {
    if (assignedIn === undefined || assignments >= longestChain) return false;
    return kind === "const" || !this.#assignedByFunctions.has(name);
  }

  /** Modules some name still comes from. */
  modules(): Set<string> {
    const used = new Set(this.#ambient);
    for (const { module, assignedIn } of this.names.values()) {
      used.add(module);
      if (assignedIn) used.add(assignedIn);
    }
    return used;
  }

  /** A module that exports the names these modules declare, and imports those modules. */
  moduleText(modules: ReadonlySet<string>): string {
    const exportsOf = new Map<string, string[]>([...modules].map((module) => [module, []]));
    for (const each of this.names.values()) {
      exportsOf.get(each.module)?.push(each.name);
      if (this.isNarrowed(each)) exportsOf.get(each.assignedIn!)?.push(narrowed(each.name));
    }
    const lines = [...exportsOf].map(
      ([module, names]) => `export { ${names.join(", ")} } from "./${module}";`,
    );
    return `${lines.join("\n")}\nexport {};\n`;
  }
}
