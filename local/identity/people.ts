import { config } from "#broadsheet.config.ts";

/** A person for the local desk. */
export type Sample = { id: string; name: string; email: string; groups: readonly string[] };

/** One for each role; broadsheet.example belongs to no one (RFC 2606). */
const samples: readonly Sample[] = ["viewer", "editor", "approver", "operator"].map((role) => ({
  id: `sample-${role}`,
  name: `Sample ${role}`,
  email: `${role}@broadsheet.example`,
  groups: [role],
}));

/** The config's people with their roles, or the samples if it has none. */
export function peopleHere(): readonly Sample[] {
  const { people } = config.desk;
  if (people.length === 0) return samples;
  return people.map(({ email }) => ({ id: `config-${email}`, name: email.split("@")[0] ?? email, email, groups: [] }));
}
