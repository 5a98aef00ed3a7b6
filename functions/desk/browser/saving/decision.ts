/** A decision as the command takes it; `build` drafts the edition. */
export type Decision = "build" | { readonly do: string; readonly [field: string]: unknown };
