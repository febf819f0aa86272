// Process CPU time of a synchronous or asynchronous piece of work, in milliseconds: median of n rounds.
export async function measure(what, work, { n = 15, repeats = 1, warmUp = 3, target } = {}) {
  for (let k = 0; k < warmUp * repeats; k++) await work();
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
