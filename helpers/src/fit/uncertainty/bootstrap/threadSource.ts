/**
 * The program of a bootstrap thread as one script; undefined where the package was built without, as for pages, which
 * start no threads. In the build for Node `node/threadSource.js` stands here.
 */
export async function threadSource(): Promise<string | undefined> {
  return undefined;
}
