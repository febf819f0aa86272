/**
 * Micro-batches whose activations each group of layers of a pipeline device holds at the peak, under 1F1B: device r
 * of p holds min(p − r, m); interleaved with v groups 2·(p − r − 1) + (v − 1)·p + 1 passes of a group, spread p at a
 * time over its groups, which for the first device is the factor 1 + (p − 1)/(p·v) over p.
 *
 * Source: Narayanan et al. 2021 (arXiv 2104.04473), section 2.2; Korthikanti et al. 2022 (arXiv 2205.05198), section 4.2.3.
 *
 * @returns one count a group of the device
 */
export function inFlight(device: number, stages: number, groups: number, microBatches: number): number[] {
  if (groups === 1) return [Math.min(stages - device, microBatches)];
  const passes = 2 * (stages - device - 1) + (groups - 1) * stages + 1;
  let left = Math.min(passes, microBatches * groups);
  const counts = Array.from({ length: groups }, () => 0);
  let begun = 0;
  while (left > 0) {
    // All groups see the same micro-batches, so that few micro-batches end a turn early.
    const turn = Math.min(stages, microBatches - begun);
    if (turn <= 0) break;
    for (let group = 0; group < groups && left > 0; group++) {
      const taken = Math.min(turn, left);
      counts[group]! += taken;
      left -= taken;
    }
    begun += turn;
  }
  return counts;
}
