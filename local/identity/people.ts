import { config } from "#broadsheet.config.ts";

/** Someone to be at the desk of this machine. */
export type Sample = { id: string; name: string; email: string; groups: readonly string[] };

/** One for each role; broadsheet.example belongs to no one (RFC 2606). */
const samples: readonly Sample[] = ["viewer", "editor", "approver", "operator"].map((role) => ({
  id: `sample-${role}`,
  name: `Sample ${role}`,
  email: `${role}@broadsheet.example`,
  groups: [role],
}));

/** The people of the config, with the roles it gives them, or the samples where it names none. */
export function peopleHere(): readonly Sample[] {
  const { people } = config.desk;
  if (people.length === 0) return samples;
  return people.map(({ email }) => ({ id: `config-${email}`, name: email.split("@")[0] ?? email, email, groups: [] }));
}
