import { expect, test } from "vitest";
import type { CodeCell } from "../../src/notebook/Notebook.ts";
import { OutputCollector } from "../../src/notebook/OutputCollector.ts";

const emptyCell = (): CodeCell => ({
  cell_type: "code",
  id: "a",
  metadata: {},
  source: "",
  execution_count: null,
  outputs: [],
});

function collector() {
  const outputs = new OutputCollector();
  const cells = { one: emptyCell(), two: emptyCell() };
  outputs.assign("one", cells.one);
  outputs.assign("two", cells.two);
  const send = (parent: string, msg_type: string, content: object) =>
    outputs.collect({
      header: { msg_id: "m", msg_type, date: "" },
      parent_header: { msg_id: parent },
      metadata: {},
      content,
    });
  const print = (parent: string, text: string, name = "stdout") => send(parent, "stream", { name, text });
  const display = (parent: string, text: string, display_id?: string, type = "display_data") =>
    send(parent, type, { data: { "text/plain": text }, metadata: {}, transient: { display_id } });
  const texts = (cell: CodeCell) =>
    cell.outputs.map((output) =>
      output.output_type === "stream"
        ? `${output.name}: ${output.text}`
        : "data" in output && output.data["text/plain"],
    );
  return { cells, send, print, display, texts };
}

test("prints in a row become one stream output, and stderr stays apart", () => {
  const { cells, print, texts } = collector();
  print("one", "a\n");
  print("one", "b\n");
  print("one", "oh\n", "stderr");
  print("one", "c\n");
  expect(texts(cells.one)).toEqual(["stdout: a\nb\n", "stderr: oh\n", "stdout: c\n"]);
});

test("late output goes to the cell that caused it", () => {
  const { cells, print, texts } = collector();
  print("two", "2");
  print("one", "1");
  print("nobody", "3");
  expect([texts(cells.one), texts(cells.two)]).toEqual([["stdout: 1"], ["stdout: 2"]]);
});

test("an update changes every display of its id, in any cell", () => {
  const { cells, display, send, texts } = collector();
  display("one", "0 %", "bar");
  display("one", "other");
  display("two", "50 %", "bar");
  expect(texts(cells.one)).toEqual(["50 %", "other"]);
  send("two", "update_display_data", {
    data: { "text/plain": "100 %" },
    metadata: {},
    transient: { display_id: "bar" },
  });
  expect([texts(cells.one), texts(cells.two)]).toEqual([["100 %", "other"], ["100 %"]]);
});

test("clear_output empties the cell at once, or with wait when the next output comes", () => {
  const { cells, print, send, texts } = collector();
  print("one", "a");
  send("one", "clear_output", { wait: true });
  expect(texts(cells.one)).toEqual(["stdout: a"]);
  print("one", "b");
  expect(texts(cells.one)).toEqual(["stdout: b"]);
  send("one", "clear_output", { wait: false });
  expect(texts(cells.one)).toEqual([]);
});

test("results and errors keep what the format asks for", () => {
  const { cells, send } = collector();
  send("one", "execute_input", { execution_count: 7, code: "1" });
  send("one", "execute_result", { execution_count: 7, data: { "text/plain": "1" }, metadata: {} });
  send("one", "error", { ename: "E", evalue: "v", traceback: ["t"] });
  expect(cells.one.execution_count).toBe(7);
  expect(cells.one.outputs).toEqual([
    { output_type: "execute_result", execution_count: 7, data: { "text/plain": "1" }, metadata: {} },
    { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
  ]);
});
