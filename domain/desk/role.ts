import * as z from "zod";

/** Roles at the desk; each includes the roles before it. */
export const roles = ["viewer", "editor", "approver", "operator"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** An identity provider's claims about a person. */
export const Identity = z.strictObject({
  /** The provider's `sub`: never given to another person. */
  id: z.string().min(1),
  name: z.string(),
  /** Only if the provider has verified it, because anyone can claim another. */
  email: z.string().nullable(),
  groups: z.array(z.string()),
});
export type Identity = z.infer<typeof Identity>;

/**
 * A person's role: by address in the list of people, else the highest role among their groups. Undefined: none, so no
 * access.
 */
export function roleOf(
  people: readonly { email: string; role: Role }[],
  { email, groups }: Identity,
): Role | undefined {
  const listed = people.find((person) => person.email.toLowerCase() === email?.toLowerCase());
  return listed?.role ?? roles.findLast((role) => groups.includes(role));
}
