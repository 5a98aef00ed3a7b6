/** A decision in the command's form; `build` drafts the edition. */
export type Decision = "build" | { readonly do: string; readonly [field: string]: unknown };
