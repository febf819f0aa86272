import { execFileSync } from "node:child_process";

const modules =
  "jupyter_client, zmq, psutil, nbformat, nbclient, nbconvert, jupyter_kernel_test, jupyter_console, ipykernel";
const install =
  "apt-get install jupyter-client jupyter-console jupyter-nbconvert python3-nbclient python3-jupyter-kernel-test python3-ipykernel";

let found: string | undefined;

/** A Python that has the real Jupyter clients. Missing clients are a failure, not a reason to skip. */
export function python(): string {
  found ??= [process.env.ISOFLOP_TEST_PYTHON, "/usr/bin/python3", "python3"].find((candidate) => {
    try {
      if (candidate) execFileSync(candidate, ["-c", `import ${modules}`], { stdio: "ignore" });
      return candidate !== undefined;
    } catch {
      return false;
    }
  });
  if (found) return found;
  throw new Error(`the kernel's tests need a Python with ${modules}: ${install}, or set ISOFLOP_TEST_PYTHON`);
}
