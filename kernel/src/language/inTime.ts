/** What a promise gives, or something else if it fails or takes too long. */
export async function inTime<T>(milliseconds: number, promise: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, milliseconds, otherwise);
  });
  const result = await Promise.race([promise.catch(() => otherwise), late]);
  clearTimeout(timer);
  return result;
}
