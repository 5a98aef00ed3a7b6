/**
 * Who changed something. `by`: the name that colleagues see. `byId`: the identity provider's subject, which stays the
 * same when the name changes; commands given with IAM have none.
 */
export type Author = { readonly by: string; readonly byId?: string | undefined };

/** The author alone, to be stored. */
export const authorOf = ({ by, byId }: Author): Author => (byId === undefined ? { by } : { by, byId });

/** One person can have two names, and two people the same name, so subjects decide if both are known. */
export const isSamePerson = (one: Author, other: Author): boolean =>
  one.byId !== undefined && other.byId !== undefined ? one.byId === other.byId : one.by === other.by;
