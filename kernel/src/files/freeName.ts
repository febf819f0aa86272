import { existsSync } from "node:fs";

/** `a.run.ipynb` for `a.ipynb`, or with the first number that makes it the name of no file. */
export function freeName(path: string, mark: string): string {
  const [, stem, extension] = /^(.*?)(\.[^./\\]+)?$/s.exec(path)!;
  const named = (number: number) => `${stem}.${mark}${number > 1 ? `-${number}` : ""}${extension ?? ""}`;
  let number = 1;
  while (existsSync(named(number))) number += 1;
  return named(number);
}
