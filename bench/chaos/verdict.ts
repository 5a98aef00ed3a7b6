import * as z from "zod";
import { deliveryOf } from "#domain/delivery/calls/tags.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { isOpen, positionsOf, type RecordedOutcome } from "#domain/delivery/ledger/recorded-outcome.ts";

/** An email in the simulator's own log. */
export const Mail = z.object({ to: z.string(), tags: z.record(z.string(), z.string()) });
export type Mail = z.infer<typeof Mail>;

/** The differences between the ledger and SES's own log for one edition. */
export type Verdict = {
  readonly readers: number;
  readonly accepted: number;
  /** Readers in no batch, or in a finished one without an outcome. */
  readonly lost: string[];
  /** Deliveries that SES took more than once. */
  readonly doubled: string[];
  /** Where the ledger contradicts what happened. */
  readonly untrue: string[];
  /** Unknown deliveries, which are shown to a person: batch, number, and how many of them SES accepted. */
  readonly unknown: { batch: string; deliveries: number; taken: number }[];
};

const nameOf = ({ key }: Pick<Batch, "key">) => `${key.group} ${key.first}`;

/** @param audience ids that must each be in a batch */
export function judge(audience: ReadonlySet<string>, batches: readonly Batch[], mails: readonly Mail[]): Verdict {
  const taken = new Map<string, number>();
  const perAddress = new Map<string, number>();
  for (const { to, tags } of mails) {
    const delivery = deliveryOf(tags);
    if (!delivery) continue;
    const place = `${nameOf(delivery)} ${delivery.position}`;
    taken.set(place, (taken.get(place) ?? 0) + 1);
    perAddress.set(to, (perAddress.get(to) ?? 0) + 1);
  }
  const placed = new Set(batches.flatMap(({ ids }) => ids));
  const lost = [...audience].filter((id) => !placed.has(id)).map((id) => `reader ${id} is in no batch`);
  const unknown: Verdict["unknown"] = [];
  const untrue: string[] = [];
  for (const batch of batches) {
    const open = openPositions(batch);
    const took = (position: number) => (taken.get(`${nameOf(batch)} ${position}`) ?? 0) > 0;
    if (open.length > 0 && (batch.state === "unknown" || batch.state === "held")) {
      unknown.push({ batch: nameOf(batch), deliveries: open.length, taken: open.filter(took).length });
    } else lost.push(...open.map((position) => `${nameOf(batch)} ${position} waits in a batch that is ${batch.state}`));
    untrue.push(...[...batch.outcomes].flatMap((outcome, at) => untruth(batch, outcome, at, took(at))));
  }
  const doubled = [...perAddress].flatMap(([, times], at) =>
    times > 1 ? [`reader ${at} was mailed ${times} times`] : [],
  );
  return { readers: audience.size, accepted: perAddress.size, lost, doubled, untrue, unknown };
}

const openPositions = ({ outcomes }: Batch) =>
  positionsOf(outcomes, (outcome) => isOpen(outcome) || outcome === "held");

function untruth(batch: Batch, outcome: RecordedOutcome, at: number, took: boolean): string[] {
  const what = `${nameOf(batch)} ${at} is ${outcome} in ${batch.state}`;
  if (outcome === "accepted" && !took) return [`${what}, and SES never took it`];
  return took && (outcome === "refused" || outcome === "skipped") ? [`${what}, and SES took it`] : [];
}
