import { type Author, authorOf } from "#domain/desk/author.ts";
import { isHeldBy, LONGEST, type SessionHolder } from "#domain/desk/session.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import type { AuditLog, SessionStore } from "../ports/services.ts";

export type SessionPorts = {
  sessions: SessionStore;
  audit: Pick<AuditLog, "append">;
  now: () => Instant;
};

type Shown = { id: string; name: string; email: string | null; signedInAt: Instant };

const shown = ({ id, name, email, signedInAt }: SessionHolder): Shown => ({
  id,
  name,
  email,
  signedInAt: toInstant(signedInAt),
});

/** People who are signed in at the desk, latest first. */
export async function listSessions({ sessions, now }: SessionPorts): Promise<Outcome<{ sessions: Shown[] }>> {
  const since = fromInstant(now()) - LONGEST;
  const held = (await sessions.holders()).filter(({ signedInAt }) => signedInAt > since);
  return done({ sessions: held.toSorted((a, b) => b.signedInAt - a.signedInAt).map(shown) });
}

/**
 * Ends all sessions of one person; their next click leads to signing in. The identity provider and the config decide
 * whether they can sign in again.
 */
export async function endSessions(
  ports: SessionPorts,
  { person, ...author }: { person: string } & Author,
): Promise<Outcome<{ ended: Shown[] }>> {
  const held = (await ports.sessions.holders()).filter((one) => isHeldBy(one, person));
  const people = [...new Set(held.map(({ id }) => id))];
  if (people.length > 1) {
    return fault(
      "bad-request",
      `${people.length} people at the desk are called "${person}". Name one by address or id: desk sessions list.`,
    );
  }
  await Promise.all(held.map(({ hash }) => ports.sessions.remove(hash)));
  await ports.audit.append({
    at: ports.now(),
    ...authorOf(author),
    did: "desk sessions end",
    newsletter: null,
    subjects: people,
    note: `${held.length} ended`,
  });
  return done({ ended: held.map(shown) });
}
