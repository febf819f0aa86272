import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * Remembers the descriptors by which the process's event loops wait and are woken.
 *
 * @returns whether they are still what they were. A cell that closes one and has another in its place silences the
 *   loop for good, and nothing fails. Only Linux tells; elsewhere, and while no file can be opened, the answer is yes.
 */
export function ownDescriptors(): () => boolean {
  const loops = descriptors().filter(([, what]) => /^(anon_inode|pipe):/.test(what));
  const numbers = new Set(loops.map(([descriptor]) => descriptor));
  const own = loops.map(([descriptor, what]) => {
    const marks = [...(marksOf(descriptor) ?? [])].filter((mark) => !/^\d+$/.test(mark) || numbers.has(mark));
    return { descriptor, what, marks };
  });
  return () =>
    own.every(({ descriptor, what, marks }) => {
      if (whatIs(descriptor) !== what) return false;
      const now = marksOf(descriptor);
      return now === undefined || marks.every((mark) => now.has(mark));
    });
}

function descriptors(): [descriptor: string, what: string][] {
  try {
    return readdirSync("/proc/self/fd").map((descriptor) => [descriptor, whatIs(descriptor)]);
  } catch {
    return [];
  }
}

/** What a descriptor stands for, `""` for nothing. */
function whatIs(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return "";
  }
}

/** What tells those of one kind apart: an eventfd's own number; the numbers of the descriptors that an epoll looks at. */
function marksOf(descriptor: string): Set<string> | undefined {
  try {
    const text = readFileSync(`/proc/self/fdinfo/${descriptor}`, "latin1");
    return new Set(
      Array.from(text.matchAll(/^(eventfd-id:.*)|^tfd:\s*(\d+)/gm), ([, id, watched]) => id ?? watched ?? ""),
    );
  } catch {
    return undefined;
  }
}
