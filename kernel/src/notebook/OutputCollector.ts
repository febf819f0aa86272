import type { Message } from "./KernelClient.ts";
import type { CodeCell, DisplayData, ExecuteResult, Output } from "./Notebook.ts";

interface Target {
  cell: CodeCell;
  /** `clear_output` with `wait`: the outputs stay until the next one comes. */
  clearBeforeNext: boolean;
}

/** Turns what a kernel publishes into the outputs of notebook cells, each to the cell that was sent. */
export class OutputCollector {
  readonly #targets = new Map<string, Target>();
  readonly #displays = new Map<string, (DisplayData | ExecuteResult)[]>();

  /** From now on, what is published for this request belongs to this cell, also after the cell has ended. */
  assign(messageId: string, cell: CodeCell): void {
    this.#targets.set(messageId, { cell, clearBeforeNext: false });
  }

  /** Takes a message from iopub; those that are no output, or of nobody's request, change nothing. */
  collect({ header, parent_header, content }: Message): void {
    // An update may come from any cell, or from code that runs between cells.
    if (header.msg_type === "update_display_data") this.#update(content);
    const target = this.#targets.get(parent_header.msg_id ?? "");
    if (!target) return;
    const { cell } = target;
    const { name, text, ename, evalue, traceback, execution_count } = content;
    switch (header.msg_type) {
      case "execute_input":
        cell.execution_count = execution_count;
        break;
      case "clear_output":
        if (content.wait) target.clearBeforeNext = true;
        else cell.outputs = [];
        break;
      case "stream":
        this.#add(target, { output_type: "stream", name, text });
        break;
      case "error":
        this.#add(target, { output_type: "error", ename, evalue, traceback });
        break;
      case "display_data":
        this.#addDisplay(target, { output_type: "display_data", ...bundle(content) }, content);
        break;
      case "execute_result":
        this.#addDisplay(
          target,
          { output_type: "execute_result", execution_count, ...bundle(content) },
          content,
        );
        break;
    }
  }

  #add(target: Target, output: Output): void {
    if (target.clearBeforeNext) target.cell.outputs = [];
    target.clearBeforeNext = false;
    const last = target.cell.outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text += output.text;
    } else target.cell.outputs.push(output);
  }

  #addDisplay(target: Target, output: DisplayData | ExecuteResult, content: Message["content"]): void {
    this.#add(target, output);
    const id = content.transient?.display_id;
    if (id === undefined) return;
    // The same id may be shown in several places; an update changes all of them.
    this.#displays.set(id, [...(this.#displays.get(id) ?? []), output]);
    this.#update(content);
  }

  #update(content: Message["content"]): void {
    for (const output of this.#displays.get(content.transient?.display_id) ?? []) {
      Object.assign(output, bundle(content));
    }
  }
}

const bundle = (content: Message["content"]) => ({
  data: content.data ?? {},
  metadata: content.metadata ?? {},
});
