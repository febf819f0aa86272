import type { LawSpecification } from "../../../laws/definition/Law.ts";
import { lawFromSpecification } from "../../../laws/lawFromSpecification.ts";
import type { LossSpecification } from "../../losses/Loss.ts";
import { lossFromSpecification } from "../../losses/lossFromSpecification.ts";
import { hostModule } from "./hostModule.ts";
import type { PortableTask } from "./hostThreads.ts";
import { Resampler, type ResamplingTask } from "./Resampler.ts";
import { runReplicates } from "./runReplicates.ts";

interface ThreadModule {
  parentPort: {
    on(event: "message", listener: (range: { from: number; to: number }) => void): void;
    postMessage(message: unknown, transfer: unknown[]): void;
  };
  workerData: PortableTask;
}
// The body of a bootstrap thread: rebuilds the task, then answers each range of replicates with its results.
const { parentPort, workerData } = hostModule<ThreadModule>("worker_threads")!;
const options = workerData.options as ResamplingTask["options"] & { loss?: LossSpecification };
const resampler = new Resampler({
  ...workerData,
  law: lawFromSpecification(workerData.law as LawSpecification),
  options: { ...options, loss: options.loss && lossFromSpecification(options.loss) },
});
parentPort.on("message", ({ from, to }) => {
  const chunk = runReplicates(resampler, from, to);
  parentPort.postMessage({ from, chunk }, [
    chunk.samples.buffer,
    chunk.values.buffer,
    chunk.converged.buffer,
  ]);
});
