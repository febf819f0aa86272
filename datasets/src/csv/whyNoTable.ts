/** What to do with a text that starts so and is another kind of text than CSV; undefined where it may be CSV. */
export function whyNoTable(start: string): string | undefined {
  if (/^\s*\{\s*"/.test(start)) return "this is JSON; name the file .json, or .jsonl with one object a line";
  if (/^\s*\[\s*\{/.test(start)) return "this is a JSON array; name the file .json";
  if (/^\s*<(!doctype|html|\?xml)/i.test(start)) return "this is a web page or XML; get the table itself";
  if (/^version https:\/\/git-lfs/.test(start))
    return "this is a Git LFS pointer; fetch the file: git lfs pull";
  return undefined;
}
