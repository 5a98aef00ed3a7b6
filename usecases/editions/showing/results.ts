import { type AudienceDays, movesBetween } from "#domain/audience/audience-day.ts";
import type { OutcomeKind } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import type { EditionResult, Results } from "#domain/edition/views/results.ts";
import type { WorthCounts } from "#domain/edition/worth.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { WorthStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { findNewsletter } from "../edition-request.ts";
import { type EditionPorts, newestRevision } from "../find-edition.ts";

export type ResultsPorts = EditionPorts & {
  subscribers: Pick<SubscriberStore, "audienceDays">;
  worth: Pick<WorthStore, "of">;
  ledger: Pick<Ledger, "groups" | "outcomes">;
};

/** Number of editions that are read to find sent ones; drafts, skipped and cancelled dates are among them. */
const LOOKED_AT = 60;

/**
 * The results of the newest editions that have an audience, and the causes of bounces for one of them.
 * @param date the edition whose causes are read; default: the newest
 */
export async function showResults(
  ports: ResultsPorts,
  { newsletter, date, editions: wanted }: { newsletter: string; date?: LocalDate | undefined; editions: number },
): Promise<Outcome<Results>> {
  const known = findNewsletter(ports.config, newsletter);
  if (!known.ok) return known;
  const [all, worth] = await Promise.all([
    ports.editions.list(newsletter, LOOKED_AT),
    ports.worth.of(newsletter, LOOKED_AT),
  ]);
  const sent = all.filter(({ frozenAt }) => frozenAt !== null).slice(0, wanted);
  const oldest = sent.at(-1);
  if (!oldest) return fault("no-edition", `${newsletter} has sent no edition yet, so there are no results.`);
  const chosen = date === undefined ? sent[0] : sent.find((one) => one.date === date);
  if (!chosen) return fault("no-edition", `${newsletter} has no results for ${date} among its last ${sent.length}.`);
  const moves = await ports.subscribers.audienceDays(newsletter, oldest.date);
  const [editions, causes] = await Promise.all([
    Promise.all(
      sent.map((edition, at) => resultOf(ports, edition, { worth, moves, until: sent[at - 1]?.date ?? null })),
    ),
    causesOf(ports, chosen),
  ]);
  return done({ newsletter, editions, of: chosen.date, causes });
}

async function resultOf(
  ports: ResultsPorts,
  edition: Edition,
  { worth, moves, until }: { worth: ReadonlyMap<string, WorthCounts>; moves: AudienceDays; until: LocalDate | null },
): Promise<EditionResult> {
  const [revision, counts] = await Promise.all([newestRevision(ports, edition), ports.editions.counts(edition)]);
  const { date, state, bounced = 0, complained = 0, rejected = 0, warmUp } = edition;
  const waiting = warmUp?.waiting ?? 0;
  const { audience, accepted, unknown, held } = counts;
  const subject = revision?.content.subject ?? "";
  const delivered = Math.max(0, accepted - bounced - rejected);
  const audienceChange = movesBetween(moves, date, until);
  const answers = worth.get(date) ?? null;
  const figures = { audience, accepted, delivered, bounced, complained, rejected, unknown, held, waiting };
  return { date, state, subject, ...figures, worth: answers, audienceChange };
}

/** Only exceptions are stored, so this reads a small part of an edition's items. */
async function causesOf({ ledger }: ResultsPorts, key: EditionKey): Promise<Results["causes"]> {
  const counts = new Map<OutcomeKind, number>();
  for (const { group } of await ledger.groups(key)) {
    for (const { kind } of await ledger.outcomes(key, group)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .map(([kind, deliveries]) => ({ kind, deliveries }))
    .sort((one, other) => other.deliveries - one.deliveries || one.kind.localeCompare(other.kind));
}
