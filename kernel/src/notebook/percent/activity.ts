/** `is_active` of jupytext/cell_metadata.py: whether a cell is code where it stands, or a comment there. */
export function isActive(
  extension: string,
  metadata: Readonly<Record<string, unknown>>,
  otherwise = true,
): boolean {
  const { run_control: control, tags, active } = metadata;
  const frozen =
    typeof control === "object" && control !== null && (control as { frozen?: unknown }).frozen === true;
  if (frozen) return extension === ".ipynb";
  const name = extension.replace(".", "");
  const activeTag = Array.isArray(tags) ? tags.find((tag) => String(tag).startsWith("active-")) : undefined;
  if (activeTag !== undefined) return String(activeTag).split("-").includes(name);
  if (!Object.hasOwn(metadata, "active")) return otherwise;
  return String(active).split(/[.,]/).includes(name);
}
