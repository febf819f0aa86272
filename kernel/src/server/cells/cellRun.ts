import { resolve } from "node:path";
import type { CellDiagnostic } from "../../language/answers/cellDiagnostics.ts";
import type { Language } from "../../language/Language.ts";
import type { CheckMode } from "../../language/magics/CheckMode.ts";
import { type Magics, mayHaveMagics, readMagics } from "../../language/magics/readMagics.ts";
import type { Message } from "../../protocol/message.ts";
import { EditedText } from "../../session/maps/EditedText.ts";
import type { CompiledCell, UserExpressions } from "../../session/messages/executorMessages.ts";
import { type Done, failed, interrupted, ok } from "../executor/done.ts";
import type { Session } from "../executor/session.ts";
import { type HelpQuery, helpQuery } from "../syntax/helpQuery.ts";
import { isUnchecked } from "../syntax/isUnchecked.ts";
import { moduleName } from "../syntax/moduleName.ts";
import type { CellToRun, Compiler } from "./compiler.ts";
import { NpmRun } from "./npmRun.ts";
import { describeTypeErrors, inSource, typeWarnings } from "./typeErrors.ts";

export interface Workshop {
  cwd: string;
  language: Language;
  compiler: Compiler;
  session: Session;
  /** What `%check` has said for the session. */
  check: CheckMode;
}

/** One cell on its way: help or magics, then the check and the compiler side by side, then the executor. */
export class CellRun {
  readonly #workshop: Workshop;
  readonly #cell: number;
  readonly #label: string;
  readonly #message: Message;
  /** The number it has in the history; none where it is not to be remembered. */
  readonly #number: number | undefined;
  #npm: NpmRun | undefined;
  #onInterrupt: (done: Done) => void = () => {};
  readonly #interruption = new Promise<Done>((resolve) => {
    this.#onInterrupt = resolve;
  });
  #isInExecutor = false;
  #isInterrupted = false;

  constructor(workshop: Workshop, cell: number, label: string, message: Message, number?: number) {
    this.#number = number;
    this.#workshop = workshop;
    this.#cell = cell;
    this.#label = label;
    this.#message = message;
  }

  run(): Promise<Done> {
    return Promise.race([this.#run(String(this.#message.content.code ?? "")), this.#interruption]);
  }

  /** Before the executor has the cell there is nothing to wait for; after that it says itself when it is over. */
  interrupt(): void {
    this.#isInterrupted = true;
    this.#npm?.stop();
    if (this.#isInExecutor) this.#workshop.session.interrupt();
    else {
      this.#workshop.language.interrupt();
      this.#onInterrupt(interrupted);
    }
  }

  async #run(source: string): Promise<Done> {
    const query = helpQuery(source);
    if (query) return this.#help(query);
    // Most cells have none, and do not wait to hear which names there are.
    const magics = readMagics(
      source,
      mayHaveMagics(source) ? await this.#workshop.language.names() : undefined,
    );
    const failure = await this.#obey(magics);
    if (failure) return failure;
    const expressions = (this.#message.content.user_expressions ?? {}) as Record<string, string>;
    if (magics.isAlone && Object.keys(expressions).length === 0) return ok;
    const complaint = this.#workshop.compiler.complaint();
    if (complaint) this.#workshop.session.print(this.#cell, "stderr", `${complaint}\n`);
    const checking = this.#typeErrors(magics);
    const compiling = this.#compile(magics.edited);
    const { typeErrors, unchecked } = await checking;
    const isWarned = this.#mode(magics) === "warn";
    if (typeErrors.length > 0 && !isWarned) return failed(describeTypeErrors(source, typeErrors));
    const code = magics.edited.text;
    const module = moduleName(code);
    if (module && !this.#isInterrupted) return this.#addModule(module, code);
    const compiled = await compiling;
    if ("ename" in compiled) return failed(compiled);
    if (typeErrors.length > 0 && !this.#isInterrupted)
      this.#workshop.session.print(this.#cell, "stderr", typeWarnings(typeErrors));
    if (unchecked && !this.#isInterrupted) {
      const note = `the cell runs unchecked, and what it declares is \`any\`: ${unchecked}\n`;
      this.#workshop.session.print(this.#cell, "stderr", note);
    }
    return this.#execute(magics, compiled, expressions);
  }

  /** Opens the pager with what inspection says; a name without help is no error, as in IPython. */
  async #help({ expression, detailLevel }: HelpQuery): Promise<Done> {
    const { language, session } = this.#workshop;
    const { found, data } = await language.inspect(expression, expression.length, detailLevel);
    if (!found) session.print(this.#cell, "stdout", `no help for ${expression}\n`);
    return found ? { ...ok, payload: [{ source: "page", start: 0, data }] } : ok;
  }

  /** Does what the `%` lines say; a failure stops the cell. */
  async #obey(magics: Magics): Promise<Done | undefined> {
    if (magics.failure) {
      const { ename, evalue } = magics.failure;
      return failed({ ename, evalue, traceback: [`${ename}: ${evalue}`] });
    }
    if (magics.check === "show") this.#showCheck();
    else if (magics.check && magics.isAlone) this.#workshop.check = magics.check;
    for (const args of magics.npm) {
      const { cwd, session } = this.#workshop;
      this.#npm = new NpmRun(args, cwd, (name, text) => session.print(this.#cell, name, text));
      const code = await this.#npm.finished;
      if (code !== 0) {
        const evalue = `npm ${args.join(" ")} ended with code ${code}`;
        return failed({ ename: "NpmError", evalue, traceback: [`NpmError: ${evalue}`] });
      }
    }
    return undefined;
  }

  #showCheck(): void {
    const { check, session } = this.#workshop;
    const now = check === "warn" ? "on, and its errors are warnings" : check;
    const other = check === "on" ? "off" : "on";
    const others = check === "warn" ? "%check on makes them errors" : `%check ${other} turns it ${other}`;
    session.print(this.#cell, "stdout", `the type check is ${now}; ${others}\n`);
  }

  /** What `%check` says for this cell, or for all. */
  #mode({ check }: Magics): CheckMode {
    return check === undefined || check === "show" ? this.#workshop.check : check;
  }

  /** The errors, or why there was no check. */
  async #typeErrors(magics: Magics): Promise<{ typeErrors: CellDiagnostic[]; unchecked?: string }> {
    const { edited, hasCode } = magics;
    if (!hasCode && edited.edits.length > 0) return { typeErrors: [] };
    if (this.#mode(magics) === "off" || isUnchecked(edited.text)) return { typeErrors: [] };
    try {
      const found = await this.#workshop.language.check(edited.text);
      const errors = found.filter(({ severity }) => severity === "error");
      return { typeErrors: edited.edits.length === 0 ? errors : inSource(errors, edited) };
    } catch (error) {
      return { typeErrors: [], unchecked: (error as Error).message };
    }
  }

  #compile(edited: EditedText) {
    const path = this.#workshop.session.debuggedPath(edited.source) ?? this.#label;
    return this.#workshop.compiler.compile(path, edited, this.#label);
  }

  /** The cell is a file from now on; it runs when it is imported. */
  #addModule(name: string, source: string): Done {
    const { cwd, language, session } = this.#workshop;
    language.addModule(name, source);
    session.addModule(resolve(cwd, name), source);
    return ok;
  }

  async #execute(
    { edited, isTimed }: Magics,
    toRun: CellToRun,
    sources: Record<string, string>,
  ): Promise<Done> {
    const { language, session } = this.#workshop;
    const { content } = this.#message;
    const expressions = await this.#compileExpressions(sources);
    if (this.#isInterrupted) return interrupted; // its end was told already; it must not run after all
    this.#isInExecutor = true;
    language.commit(edited.text);
    const { outcome, userExpressions } = await session.run(this.#cell, this.#message, {
      ...toRun,
      silent: content.silent === true,
      ...(this.#number !== undefined && { input: { number: this.#number, source: edited.source } }),
      ...(isTimed && { isTimed }),
      allowStdin: content.allow_stdin === true,
      userExpressions: expressions.compiled,
    });
    if (outcome.status === "error") language.failed();
    return { outcome, userExpressions: { ...userExpressions, ...expressions.failed } };
  }

  async #compileExpressions(sources: Record<string, string>) {
    const compiled: Record<string, CompiledCell> = {};
    const failures: UserExpressions = {};
    for (const [name, source] of Object.entries(sources)) {
      const result = await this.#workshop.compiler.compile(
        "user_expression.ts",
        new EditedText(String(source)),
      );
      if ("ename" in result) failures[name] = { status: "error", ...result };
      else compiled[name] = result.compiled;
    }
    return { compiled, failed: failures };
  }
}
