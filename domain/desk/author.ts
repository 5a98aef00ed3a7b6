/**
 * Who changed something. `by` is the name colleagues read. `byId` is the subject by which the identity provider knows
 * them, which a change of name doesn't change; commands given with IAM have none.
 */
export type Author = { readonly by: string; readonly byId?: string | undefined };

/** The author alone, to be stored. */
export const authorOf = ({ by, byId }: Author): Author => (byId === undefined ? { by } : { by, byId });

/** Two names can belong to one person and one name to two, so subjects decide where both are known. */
export const isSamePerson = (one: Author, other: Author): boolean =>
  one.byId !== undefined && other.byId !== undefined ? one.byId === other.byId : one.by === other.by;
