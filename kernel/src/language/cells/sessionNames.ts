import type { CellAnalysis, Declaration } from "./analyzeCell.ts";
import { reserved } from "./reservedNames.ts";

export interface SessionName extends Declaration {
  /** The module (a file name in the notebook's folder) that exports the name. */
  module: string;
  /** The module that last assigned the variable and exports what is known of its type from then on. */
  assignedIn: string | undefined;
  /** How many cells assigned the variable one after the other. */
  assignments: number;
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

  /** Takes over a cell's declarations; `true` when later cells can tell the difference. */
  add(module: string, code: string, analysis: CellAnalysis): boolean {
    for (const name of analysis.assignedInFunctions) this.#assignedByFunctions.add(name);
    for (const [name, declaration] of analysis.declarations) {
      const { start, end } = declaration;
      const assignedIn = declaration.kind === "let" ? module : undefined;
      this.names.set(name, {
        ...declaration,
        module,
        assignedIn,
        assignments: 0,
        source: code.slice(start, end),
      });
    }
    const reassigned = this.reassigned(analysis);
    for (const name of reassigned) {
      const variable = this.names.get(name)!;
      variable.assignedIn = module;
      variable.assignments += 1;
    }
    if (analysis.isAmbient) this.#ambient.add(module);
    return analysis.declarations.size > 0 || reassigned.length > 0 || analysis.isAmbient;
  }

  /** Variables of earlier cells that this cell assigns. */
  reassigned(analysis: CellAnalysis): string[] {
    return [...analysis.assigned].filter(
      (name) => !analysis.declarations.has(name) && this.names.get(name)?.kind === "let",
    );
  }

  /** Whether the last assignment of a variable is known to be the last one in time, and cheap to follow. */
  isNarrowed({ name, assignedIn, assignments }: SessionName): boolean {
    return assignedIn !== undefined && assignments < longestChain && !this.#assignedByFunctions.has(name);
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
