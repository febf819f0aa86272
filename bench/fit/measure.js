// Process CPU time of a synchronous or asynchronous piece of work, in milliseconds: median of n rounds. It counts the threads
// of the compiler, so that work is repeated before until they have nothing left to do.
const settled = 3000;

export async function measure(what, work, { n = 15, repeats = 1, warmUp = 3, target } = {}) {
  const began = performance.now();
  for (let k = 0; k < warmUp * repeats || performance.now() - began < settled; k++) await work();
  const times = [];
  for (let round = 0; round < n; round++) {
    const started = process.cpuUsage();
    for (let k = 0; k < repeats; k++) await work();
    const { user, system } = process.cpuUsage(started);
    times.push((user + system) / 1000 / repeats);
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(n / 2)];
  return {
    what,
    median,
    low: times[0],
    high: times[n - 1],
    n,
    unit: "ms",
    ...(target !== undefined && { target: { met: median <= target, text: `at most ${target} ms` } }),
  };
}
