/** Where a name's value comes from: parameter j, or column v of the runs (as a logarithm if positive). */
export type Binding =
  | { readonly parameter: number }
  | { readonly variable: number; readonly logarithm: boolean };
