import { counted } from "#domain/counted.ts";
import { isUnaccepted } from "#domain/delivery/ledger/double.ts";
import type { DeadLetter, DeadMessage, DeadQueue } from "#domain/delivery/resolving/dead-letter.ts";
import { DeadQueue as AnyQueue, describeDead, failureIn, scheduledIn } from "#domain/delivery/resolving/dead-letter.ts";
import { batchId } from "#domain/delivery/resolving/resolve-by-person.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { AuditLog } from "../../ports/services.ts";

type Letters = {
  count: () => Promise<number>;
  look: (most: number) => Promise<DeadMessage[]>;
  empty: (most: number, take: (message: DeadMessage) => Promise<boolean>) => Promise<number>;
};

type DeadCount = { queue: DeadQueue; dead: number };

/** `resends`: batches may be resent automatically. */
type Doubles = {
  doubles: {
    newsletter: string;
    date: LocalDate;
    batch: string;
    attempt: number;
    readers: number;
    noticedAt: Instant;
  }[];
  allowedAt: Instant | null;
  resends: boolean;
};

export type DeadLetterPorts = {
  dead: Record<DeadQueue, Letters>;
  /** Puts a message back on the queue it came from. */
  putBack: Record<Exclude<DeadQueue, "clock">, (body: string) => Promise<void>>;
  /** Makes the edition that was due then. */
  makeScheduled: (scheduled: { newsletter: string; scheduledFor: string }) => Promise<Outcome<unknown>>;
  ledger: Pick<Ledger, "doubles" | "resendAllowed" | "allowResend">;
  audit: Pick<AuditLog, "append">;
  now: () => Instant;
};

/** Most messages shown of each queue. */
const MAX_SHOWN = 50;
/** Most messages returned in one call: the function has minutes, and a queue can be long. */
const MAX_MOVED = 1_000;

/** Messages that couldn't be processed, with the reason. */
export async function listDeadLetters(
  ports: DeadLetterPorts,
  { queue }: { queue?: DeadQueue | undefined },
): Promise<Outcome<{ letters: DeadLetter[]; counts: DeadCount[] }>> {
  const queues = queue === undefined ? AnyQueue.options : [queue];
  const letters: DeadLetter[] = [];
  const counts: DeadCount[] = [];
  for (const name of queues) {
    const found = await ports.dead[name].look(MAX_SHOWN);
    counts.push({ queue: name, dead: Math.max(found.length, await ports.dead[name].count()) });
    letters.push(...found.map((message) => letterOf(name, message)));
  }
  return done({ letters, counts });
}

const letterOf = (queue: DeadQueue, message: DeadMessage): DeadLetter => ({
  ...{ queue, at: message.at, what: describeDead(message) },
  reason: message.reason ?? failureIn(message),
});

/**
 * Returns dead letters to their queues. A message that fails again comes back with its reason, so only as many are
 * moved as there were at the start.
 */
export async function redriveDeadLetters(
  ports: DeadLetterPorts,
  { queue, by }: { queue: DeadQueue; by: string },
): Promise<Outcome<{ moved: number; left: number }>> {
  const before = await ports.dead[queue].count();
  const problems: string[] = [];
  const moved = await ports.dead[queue].empty(Math.min(MAX_MOVED, before), async (message) => {
    const problem = await redriveOne(ports, queue, message);
    if (problem !== undefined) problems.push(problem);
    return problem === undefined;
  });
  const entry = { at: ports.now(), by, did: "dlq redrive", newsletter: null, subjects: [queue] };
  if (moved > 0) await ports.audit.append({ ...entry, note: counted(moved, "message") });
  const [problem] = problems;
  if (problem !== undefined && moved === 0) return fault("conflict", problem);
  return done({ moved, left: Math.max(0, before - moved) });
}

/** Returns the reason why it isn't moved. */
async function redriveOne(ports: DeadLetterPorts, queue: DeadQueue, message: DeadMessage): Promise<string | undefined> {
  if (queue !== "clock") {
    await ports.putBack[queue](message.body);
    return undefined;
  }
  const scheduled = scheduledIn(message);
  // A scheduled run of watch or ingest: later runs have done its work.
  if (!scheduled) return undefined;
  const answer = await ports.makeScheduled(scheduled);
  return answer.ok ? undefined : answer.fault.message;
}

/** Deliveries that SES accepted twice according to its events, and whether a person has accepted that. */
export async function listDoubles(ports: DeadLetterPorts): Promise<Outcome<Doubles>> {
  const [doubles, allowed] = await Promise.all([ports.ledger.doubles(), ports.ledger.resendAllowed()]);
  const sorted = doubles.toSorted((a, b) => (a.noticedAt < b.noticedAt ? 1 : -1));
  return done({
    doubles: sorted.map(({ key, attempt, positions, noticedAt }) => ({
      ...{ newsletter: key.newsletter, date: key.date, batch: batchId(key), attempt, readers: positions.length },
      noticedAt,
    })),
    allowedAt: allowed?.at ?? null,
    resends: !sorted.some((double) => isUnaccepted(double, allowed)),
  });
}

/** A person has checked them: batches may be resent automatically from now on. */
export async function acceptDoubles(
  ports: DeadLetterPorts,
  { by }: { by: string },
): Promise<Outcome<{ accepted: number; allowedAt: Instant | null }>> {
  const before = await listDoubles(ports);
  if (!before.ok) return before;
  const at = ports.now();
  const accepted = before.value.doubles.filter(({ noticedAt }) => noticedAt > (before.value.allowedAt ?? "")).length;
  if (accepted === 0) return done({ accepted, allowedAt: before.value.allowedAt });
  await ports.ledger.allowResend({ at, by });
  const entry = { at, by, did: "double accept", newsletter: null, subjects: [] };
  await ports.audit.append({ ...entry, note: counted(accepted, "double") });
  return done({ accepted, allowedAt: at });
}
