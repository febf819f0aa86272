// In the build for Node, stands for src/fit/uncertainty/bootstrap/threadSource.ts. The script travels as text: a file
// beside this one would be lost as soon as somebody bundles a program for Node.
export async function threadSource() {
  return (await import("isoflop:bootstrapWorker")).default;
}
