import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What the tests read of a workflow. */
export interface Workflow {
  jobs: { id: string; steps?: { run?: unknown }[] }[];
}

/** GitHub's own parser; it imports JSON as bundlers allow it and Node does not. */
async function loadParser() {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-workflows-"));
  const outfile = join(folder, "parser.cjs");
  const contents = 'export * from "@actions/workflow-parser"';
  const resolveDir = fileURLToPath(new URL("../..", import.meta.url));
  await build({ stdin: { contents, resolveDir }, bundle: true, format: "cjs", platform: "node", outfile });
  const parser = createRequire(import.meta.url)(outfile);
  rmSync(folder, { recursive: true });
  return parser;
}

const parser = await loadParser();

/** A workflow as GitHub reads it, and what GitHub would refuse in it: keys, values and expressions. */
export async function parseWorkflowFile(
  path: string,
  content = readFileSync(path, "utf8"),
): Promise<{ workflow: Workflow; errors: string[] }> {
  const { context, value } = parser.parseWorkflow(
    { name: basename(path), content },
    new parser.NoOperationTraceWriter(),
  );
  const workflow: Workflow = await parser.convertWorkflowTemplate(context, value);
  return { workflow, errors: context.errors.getErrors().map(({ message }: Error) => message) };
}
