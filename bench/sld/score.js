// R² as the benchmark has it: of each group, averaged; of each response, averaged; clipped at −1.

/** R² of one response in one group. */
function r2(observed, predicted) {
  const mean = observed.reduce((sum, y) => sum + y, 0) / observed.length;
  const off = observed.reduce((sum, y, i) => sum + (y - predicted[i]) ** 2, 0);
  const spread = observed.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  return spread > 0 ? 1 - off / spread : Number.NaN;
}

const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** R² of each group and response, averaged; where a group has one row, which has no R² of its own, all groups are one. */
export function scoreTask(rows, { response, group }, predictions) {
  const names = group ? [...new Set(rows.map((row) => row[group]))] : [undefined];
  const perResponse = response.map((name) => {
    const rowsOf = (own) => rows.flatMap((row, i) => (own === undefined || row[group] === own ? [i] : []));
    const groups = names.map(rowsOf);
    const isAlone = groups.some((own) => own.length < 2);
    const parts = isAlone ? [rows.map((_, i) => i)] : groups;
    return average(
      parts.map((own) =>
        r2(
          own.map((i) => rows[i][name]),
          own.map((i) => predictions[name][i].prediction),
        ),
      ),
    );
  });
  const unclipped = average(perResponse);
  return { r2: Math.max(-1, unclipped), unclipped };
}
