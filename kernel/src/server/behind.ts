import type { Language } from "../language/Language.ts";
import type { CheckMode } from "../language/magics/CheckMode.ts";
import { ReaderProcess } from "../language/reader/ReaderProcess.ts";
import { startLanguage } from "../language/startLanguage.ts";
import type { Sockets } from "../protocol/sockets.ts";
import { Compiler } from "./cells/compiler.ts";
import { Execution } from "./cells/execution.ts";
import type { History } from "./cells/history.ts";
import { Session } from "./executor/session.ts";

/** What stands behind a kernel's sockets: the language, the executor, and the queue of cells between them. */
export interface Behind {
  readonly language: Language;
  readonly session: Session;
  readonly execution: Execution;
}

/** Starts the executor's process; TypeScript's starts with the first question, or is warmed up. */
export function startBehind(
  { cwd, check }: { cwd: string; check: CheckMode },
  sockets: Sockets,
  history: History,
  onReady: () => void,
): Behind {
  const session = new Session(cwd, sockets, {
    onResult: ({ cell, data, metadata }) => {
      const execution_count = execution.count;
      history.setOutput(execution_count, String(data["text/plain"] ?? ""));
      session.publish("execute_result", cell, { data, metadata, execution_count });
    },
    onReady,
    onLoss: () => language.reset(),
  });
  const runtimeMembers = (expression: string) => session.members(expression);
  const reader = new ReaderProcess();
  const language = startLanguage({ cwd, runtimeMembers, reader });
  const workshop = { cwd, language, compiler: new Compiler(cwd, reader), session };
  const execution = new Execution({ ...workshop, check }, sockets, history);
  return { language, session, execution };
}
