import * as z from "zod";

/** What someone may do on the desk; each role may also do what the roles before it may. */
export const roles = ["viewer", "editor", "approver", "operator"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** What an identity provider says of someone. */
export const Identity = z.strictObject({
  /** The provider's `sub`: never given to another person. */
  id: z.string().min(1),
  name: z.string(),
  /** Only where the provider says that it is theirs; anybody can claim any other. */
  email: z.string().nullable(),
  groups: z.array(z.string()),
});
export type Identity = z.infer<typeof Identity>;

/**
 * The role of someone: what the list of people says of their address, else the highest role that one of their groups is
 * called. Undefined: none, so they may not even look.
 */
export function roleOf(
  people: readonly { email: string; role: Role }[],
  { email, groups }: Identity,
): Role | undefined {
  const listed = people.find((person) => person.email.toLowerCase() === email?.toLowerCase());
  return listed?.role ?? roles.findLast((role) => groups.includes(role));
}
