/** Own sources, which may be edited between two imports; packages are left to Node. */
export function isLocalSource(file: string): boolean {
  return !file.includes("/node_modules/") && /\.([mc]?[jt]s|[jt]sx)$/.test(file) && !file.endsWith(".d.ts");
}
