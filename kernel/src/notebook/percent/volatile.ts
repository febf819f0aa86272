/** Metadata that says nothing of the notebook but of a run or a view of it, as jupytext and `cleanNotebook` have them. */
export const volatile: Readonly<Record<"notebook" | "cell" | "layout", readonly string[]>> = {
  notebook: ["language_info", "orig_nbformat", "papermill", "signature", "vscode", "widgets"],
  cell: ["ExecuteTime", "autoscroll", "collapsed", "execution", "papermill", "scrolled", "trusted"],
  /** Of a script that was read. */
  layout: ["cell_marker", "lines_to_end_of_cell_marker", "lines_to_next_cell", "noskipline", "skipline"],
};
