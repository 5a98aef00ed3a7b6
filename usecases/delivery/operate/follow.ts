import { nextOfUnknown } from "#domain/delivery/calls/left-behind.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { cohortsAt } from "#domain/delivery/ledger/cohorts.ts";
import { countBatch, knownCounts, sumCounts } from "#domain/delivery/ledger/counts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { forecastFor, rateNow, sendingNotice } from "#domain/delivery/pace/outlook.ts";
import { batchId, resendFrom } from "#domain/delivery/resolving/resolve-by-person.ts";
import type { Counts, Edition, EditionKey, EditionState } from "#domain/edition/edition.ts";
import { editionKeyOf } from "#domain/edition/edition.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionRequest } from "../../editions/edition-request.ts";
import { type EditionPorts, findEdition } from "../../editions/find-edition.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { batchesOf } from "../open-batches.ts";

export type ProgressPorts = EditionPorts & {
  ledger: Pick<Ledger, "groups" | "batches" | "sender">;
};

type Progress = EditionKey & {
  state: EditionState;
  reason: string | null;
  stage: Edition["stage"];
  rev: number;
  counts: Counts;
  onTheirWay: number;
  rate: number | null;
  finishAt: Instant | null;
  notice: string | null;
  unknown: { batch: string; resendFrom: Instant }[];
  unknownNext: string | null;
};

/**
 * The progress of an edition that is being sent, and the reason if it makes none. Reads groups that have begun and
 * aren't closed.
 */
export async function followEdition(ports: ProgressPorts, request: EditionRequest): Promise<Outcome<Progress>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const { edition } = found.value;
  const { delivery } = ports.config;
  const now = ports.now();
  const [sender, commits] = await Promise.all([ports.ledger.sender(), ports.ledger.groups(editionKeyOf(edition))]);
  const known = commits.map(knownCounts);
  const begun = commits.filter((_, at) => known[at] === undefined);
  const open = await batchesOf(ports.ledger, editionKeyOf(edition), begun);
  const counts = sumCounts([...known.flatMap((one) => one ?? []), ...open.map(countBatch)]);
  const left = counts.waiting + counts.failed;
  const onTheirWay = open.reduce(
    (sum, { state, call }) => sum + (state === "calling" ? (call?.positions.length ?? 0) : 0),
    0,
  );
  // The sender sleeps because of the quota, and continues when it wakes.
  const from = [now, sender?.wakeAt ?? ""].toSorted().at(-1) ?? now;
  const expected = edition.state === "sending" ? forecastFor(left, sender, delivery.share, from) : null;
  const { toCome } = cohortsAt(edition, now);
  const { state, reason, stage, rev } = edition;
  return done({
    ...{ newsletter: edition.newsletter, date: edition.date, state, reason, stage, rev, counts, onTheirWay },
    rate: rateNow(sender, delivery.share, now),
    finishAt: left > 0 && expected?.is === "through" ? laterOf(expected.at, toCome.at(-1)?.due) : null,
    notice: sendingNotice(
      { edition, sender, waiting: left, called: counts.audience - left, onTheirWay, refused: refusalIn(open, commits) },
      now,
    ),
    unknown: open
      .filter(({ state }) => state === "unknown" || state === "mixed")
      .slice(0, UNKNOWN_SHOWN)
      .map((batch) => ({ batch: batchId(batch.key), resendFrom: resendFrom(batch, delivery.settleSeconds) ?? now })),
    unknownNext: counts.unknown + onTheirWay > 0 ? nextOfUnknown(edition, delivery.settleSeconds) : null,
  });
}

const laterOf = (at: Instant, due: Instant | undefined): Instant => (due !== undefined && due > at ? due : at);

/** Most unknown batches that are listed. */
const UNKNOWN_SHOWN = 50;

/** The longest-lasting refusal, unless SES has accepted something since; then it concerns only that batch. */
function refusalIn(batches: readonly Batch[], commits: readonly GroupCommit[]): { since: string; why: string } | null {
  const refused = batches.flatMap(({ state, refusedSince, log }) =>
    state === "ready" && refusedSince !== null ? [{ since: refusedSince, why: log.at(-1)?.what ?? "" }] : [],
  );
  const taken = [
    ...batches.flatMap(({ call, outcomes }) =>
      call?.positions.some((at) => outcomes[at] === "accepted") ? call.at : [],
    ),
    ...commits.flatMap(({ closedAt, counts }) => (closedAt && (counts?.accepted ?? 0) > 0 ? [closedAt] : [])),
  ].toSorted();
  const first = refused.toSorted((a, b) => (a.since < b.since ? -1 : 1))[0];
  return first === undefined || (taken.at(-1) ?? "") > first.since ? null : first;
}
