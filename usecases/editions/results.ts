import type { OutcomeKind } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import type { EditionResult, Results } from "#domain/edition/results.ts";
import type { WorthCounts } from "#domain/edition/worth.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { WorthStore } from "../ports/editions.ts";
import type { Ledger } from "../ports/ledger.ts";
import { findNewsletter } from "./edition-request.ts";
import { type EditionPorts, newestRevision } from "./find-edition.ts";

export type ResultsPorts = EditionPorts & {
  worth: Pick<WorthStore, "of">;
  ledger: Pick<Ledger, "groups" | "outcomes">;
};

/** Drafts, skipped and cancelled dates lie between the editions that were sent. */
const LOOKED_AT = 60;

/** What came of the newest editions that have an audience, and why deliveries of the newest of them came back. */
export async function showResults(
  ports: ResultsPorts,
  { newsletter, editions: wanted }: { newsletter: string; editions: number },
): Promise<Outcome<Results>> {
  const known = findNewsletter(ports.config, newsletter);
  if (!known.ok) return known;
  const [all, worth] = await Promise.all([
    ports.editions.list(newsletter, LOOKED_AT),
    ports.worth.of(newsletter, LOOKED_AT),
  ]);
  const sent = all.filter(({ frozenAt }) => frozenAt !== null).slice(0, wanted);
  const [newest] = sent;
  if (!newest) return fault("no-edition", `${newsletter} has sent no edition yet, so there are no results.`);
  const [editions, causes] = await Promise.all([
    Promise.all(sent.map((edition) => resultOf(ports, edition, worth))),
    causesOf(ports, newest),
  ]);
  return done({ newsletter, editions, causes });
}

async function resultOf(
  ports: ResultsPorts,
  edition: Edition,
  worth: ReadonlyMap<string, WorthCounts>,
): Promise<EditionResult> {
  const [revision, counts] = await Promise.all([newestRevision(ports, edition), ports.editions.counts(edition)]);
  const { date, state, bounced = 0, complained = 0, rejected = 0 } = edition;
  const { audience, accepted, unknown, held } = counts;
  const subject = revision?.content.subject ?? "";
  const answers = worth.get(date) ?? null;
  return { date, state, subject, audience, accepted, bounced, complained, rejected, unknown, held, worth: answers };
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
