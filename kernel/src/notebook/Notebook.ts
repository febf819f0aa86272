/** Types of the notebook format 4.5, with every multi-line text joined to one string, as `parseNotebook` returns it. */
export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: NotebookMetadata;
  cells: Cell[];
}

/** What a notebook says of itself: its kernel, its language, its title. */
export interface NotebookMetadata {
  kernelspec?: { name: string; display_name: string; language?: string };
  language_info?: { name: string; [key: string]: unknown };
  title?: string;
  [key: string]: unknown;
}

/** A cell of text. */
export interface MarkdownCell {
  cell_type: "markdown";
  id: string;
  metadata: Record<string, unknown>;
  source: string;
  attachments?: Record<string, MimeBundle>;
}

/** A cell that is neither run nor rendered. */
export interface RawCell {
  cell_type: "raw";
  id: string;
  metadata: Record<string, unknown>;
  source: string;
  attachments?: Record<string, MimeBundle>;
}

/** A cell of code with what it gave when it ran; `execution_count` is null for one that did not. */
export interface CodeCell {
  cell_type: "code";
  id: string;
  metadata: Record<string, unknown>;
  source: string;
  execution_count: number | null;
  outputs: Output[];
}

/** Told apart by `cell_type`. */
export type Cell = MarkdownCell | RawCell | CodeCell;

/** MIME type to content: a string for text and base64, a JSON value for `*+json` types. */
export type MimeBundle = Record<string, unknown>;

/** What a cell printed. */
export interface StreamOutput {
  output_type: "stream";
  name: "stdout" | "stderr";
  text: string;
}

/** What a cell displayed. */
export interface DisplayData {
  output_type: "display_data";
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

/** The value of a cell's last expression. */
export interface ExecuteResult {
  output_type: "execute_result";
  execution_count: number | null;
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

/** The error that ended a cell: its name, its message, and the lines to show, with ANSI colours. */
export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}

/** Told apart by `output_type`. */
export type Output = StreamOutput | DisplayData | ExecuteResult | ErrorOutput;
