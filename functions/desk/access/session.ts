import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { type Identity, type Role, roleOf } from "#domain/desk/role.ts";
import { isOver, mustRenew, mustTouch, type Session } from "#domain/desk/session.ts";
import type { Person } from "./person.ts";
import { cookieKey, hashOf, marked, markOf, seal, unmarked, unseal } from "./seal.ts";

/** A person signed in by the identity provider, with the refresh token. */
export type SignedIn = { identity: Identity; renewal: string | null };
/** `refused`: the provider refused, or its answer can't be trusted. `unreachable`: try again. */
export type Refused = { refused: "refused" | "unreachable"; detail: string };

export type SessionPorts = {
  /** Epoch milliseconds. */
  now: () => number;
  /** 256 random bits in base64url. */
  newSecret: () => string;
  keys: () => Promise<SigningKeys>;
  people: readonly { email: string; role: Role }[];
  sessions: {
    put: (hash: string, session: Session) => Promise<void>;
    get: (hash: string) => Promise<Session | undefined>;
    /** False: it is gone, or another request was faster. */
    renew: (hash: string, before: Session, after: Session) => Promise<boolean>;
    remove: (hash: string) => Promise<void>;
  };
  provider: {
    again: (renewal: string, id: string) => Promise<SignedIn | Refused>;
    /** Revokes a refresh token. */
    revoke: (renewal: string) => Promise<void>;
  };
  /** A line for the log, without names and addresses. */
  note: (message: string, about: Record<string, string>) => void;
};

type SignedInSession = {
  /** Undefined: known, and with no role here. */
  person: Person | undefined;
  identity: Identity;
  /** The token for this session's forms and scripts. */
  token: string;
};

/** Whether this cookie has our signature, without checking that its session still exists. */
export const isOwnCookie = (keys: SigningKeys, cookie: string): boolean =>
  unmarked(keys, "session", cookie) !== undefined;

/** Starts a session. @returns the cookie's value; the table stores only its hash */
export async function beginSession(ports: SessionPorts, { identity, renewal }: SignedIn): Promise<string> {
  const keys = await ports.keys();
  const secret = ports.newSecret();
  const at = ports.now();
  const sealed = renewal === null ? null : seal(keys, renewal);
  await ports.sessions.put(hashOf(secret), { identity, signedInAt: at, usedAt: at, askedAt: at, renewal: sealed });
  return marked(cookieKey(keys), "session", secret);
}

/** The session of a cookie; undefined: invalid, expired or ended. The role is looked up each time. */
export async function sessionBy(ports: SessionPorts, cookie: string): Promise<SignedInSession | undefined> {
  const keys = await ports.keys();
  const own = unmarked(keys, "session", cookie);
  if (own === undefined) return undefined;
  const hash = hashOf(own.text);
  const session = await ports.sessions.get(hash);
  if (session === undefined || isOver(session, ports.now())) return undefined;
  const current = await upToDate(ports, keys, hash, session);
  if (current === undefined) return undefined;
  const { identity } = current;
  const role = roleOf(ports.people, identity);
  const person = role && { id: identity.id, name: identity.name, role };
  return { person, identity, token: markOf(own.key, "form", own.text) };
}

/** Ends a session for every copy of its cookie, and revokes its refresh token. */
export async function endSession(ports: SessionPorts, cookie: string): Promise<void> {
  const keys = await ports.keys();
  const secret = unmarked(keys, "session", cookie)?.text;
  if (secret === undefined) return;
  const session = await ports.sessions.get(hashOf(secret));
  await ports.sessions.remove(hashOf(secret));
  const renewal = session?.renewal ? unseal(keys, session.renewal) : undefined;
  if (renewal === undefined) return;
  // Signing out here must work even if the provider is down.
  await ports.provider.revoke(renewal).catch((error) => ports.note("revocation failed", { detail: String(error) }));
}

/**
 * Records the session's use, and refreshes the person's data from the provider. Of many parallel requests only one does
 * this, because a provider that rotates refresh tokens treats a second use of the old one as theft.
 */
async function upToDate(
  ports: SessionPorts,
  keys: SigningKeys,
  hash: string,
  session: Session,
): Promise<Session | undefined> {
  const now = ports.now();
  const asks = mustRenew(session, now);
  if (!asks && !mustTouch(session, now)) return session;
  const used = { ...session, usedAt: now, askedAt: asks ? now : session.askedAt };
  if (!(await ports.sessions.renew(hash, session, used))) return ports.sessions.get(hash);
  return asks ? renewIdentity(ports, keys, hash, used) : used;
}

async function renewIdentity(
  ports: SessionPorts,
  keys: SigningKeys,
  hash: string,
  session: Session,
): Promise<Session | undefined> {
  const renewal = session.renewal === null ? undefined : unseal(keys, session.renewal);
  const said: SignedIn | Refused =
    renewal === undefined
      ? { refused: "refused", detail: "the signing keys changed" }
      : await ports.provider.again(renewal, session.identity.id);
  if ("refused" in said) {
    ports.note("the identity provider was asked again", { ...said });
    // If the provider is down, the session continues, so editions can still be sent; if it refuses, the session ends.
    if (said.refused === "unreachable") return session;
    await ports.sessions.remove(hash);
    return undefined;
  }
  const after = {
    ...session,
    identity: said.identity,
    renewal: said.renewal === null ? null : seal(keys, said.renewal),
  };
  return (await ports.sessions.renew(hash, session, after)) ? after : ports.sessions.get(hash);
}
