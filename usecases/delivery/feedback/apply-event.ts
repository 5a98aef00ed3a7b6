import { addSoftBounce, stopMail } from "#domain/audience/consent/consent.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { counterOf } from "#domain/delivery/ledger/delivery-outcome.ts";
import { groupOf } from "#domain/delivery/pace/size.ts";
import type { SesEvent } from "#domain/delivery/resolving/event.ts";
import { receiverOf } from "#domain/delivery/resolving/receiver.ts";
import { isWelcome } from "#domain/delivery/welcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import { changedMeanwhile, untilSaved } from "../../audience/until-saved.ts";
import { newestEditions } from "../../editions/newest-editions.ts";
import type { FeedbackPorts } from "./ports.ts";

/** Number of consecutive editions that must have bounced softly, and how many are read to find them. */
const SOFT_RUN = 5;
const LOOKED_AT = 15;

/**
 * Applies a bounce, complaint or rejection to the delivery's outcome, the edition's counter and the reader's status.
 * After a crash in between, the event is processed again; only the counter may miss one.
 */
export async function applyEvent(ports: FeedbackPorts, event: SesEvent, batch: Batch | undefined): Promise<void> {
  const { trouble, delivery, messageId, address } = event;
  if (!trouble) return;
  const id = delivery && batch?.ids[delivery.position];
  if (delivery && id !== undefined) {
    const { key, attempt, position } = delivery;
    const edition = { newsletter: key.newsletter, date: key.date };
    const { kind, at, detail, noMailbox } = trouble;
    const isNew = await ports.ledger.putOutcome(edition, key.group, {
      ...{ id, kind, at, attempt, position, messageId, detail, ...(noMailbox && { noMailbox }) },
    });
    const counter = counterOf(kind);
    // A welcome doesn't change its edition's counts.
    if (isNew && counter && !isWelcome(key)) await ports.editions.addCounts(edition, { [counter]: 1 });
  }
  if (address === undefined) return;
  // A delay is followed by a delivery or a bounce.
  if (delivery && trouble.kind !== "delay") {
    const { newsletter, date } = delivery.key;
    ports.log.info("a delivery met trouble", { newsletter, date, cause: trouble.kind, receiver: receiverOf(address) });
  }
  const isAgain = delivery && id !== undefined && trouble.noMailbox && (await hadNoMailbox(ports, delivery.key, id));
  if (trouble.kind === "hard-bounce" || trouble.kind === "complaint" || isAgain) {
    const status = trouble.kind === "complaint" ? "complained" : "bounced";
    // The address bounced, so no newsletter mails it any more; its id differs in each. The config may have lost the one
    // that it was mailed by, and may have it again.
    const own = delivery ? [delivery.key.newsletter] : [];
    for (const newsletter of new Set([...own, ...ports.newsletters])) {
      await change(ports, newsletter, address, (before) => stopMail(before, status, trouble.at, ports.now()));
    }
  }
  if (trouble.kind === "soft-bounce" && delivery) await applySoftBounce(ports, delivery.key, address, trouble.at);
}

/**
 * Whether a transient error reported a missing mailbox in another edition too. A failing resolver gives this error for
 * an hour; a domain that is gone still gives it on another day.
 */
async function hadNoMailbox(
  { editions, ledger, now }: FeedbackPorts,
  { newsletter, date }: { newsletter: string; date: string },
  id: string,
): Promise<boolean> {
  const others = (await newestEditions(editions, newsletter, LOOKED_AT, now())).filter((one) => one.date !== date);
  for (const { date: other, groups } of others) {
    if (groups === null) continue;
    const outcome = await ledger.outcome({ newsletter, date: other }, groupOf(id, groups), id);
    if (outcome?.noMailbox) return true;
  }
  return false;
}

/** After a full mailbox or an unreachable server, mail continues until it happens in five editions in a row. */
async function applySoftBounce(
  ports: FeedbackPorts,
  { newsletter, date }: { newsletter: string; date: string },
  address: string,
  at: Instant,
): Promise<void> {
  const editions = await newestEditions(ports.editions, newsletter, LOOKED_AT, ports.now());
  const sent = editions.filter(({ frozenAt }) => frozenAt !== null).map((edition) => edition.date);
  const run = sent.filter((other) => other <= date).slice(0, SOFT_RUN);
  const needed = run.length === SOFT_RUN ? run : undefined;
  await change(ports, newsletter, address, (before) => addSoftBounce(before, date, needed, at, ports.now()));
}

/** Changes the subscriber of an address, if there is one. */
async function change(
  ports: FeedbackPorts,
  newsletter: string,
  address: string,
  make: (before: Subscriber) => Subscriber | undefined,
): Promise<void> {
  const id = await ports.idOf(newsletter, address);
  if (id === undefined) return;
  return untilSaved(async () => {
    const before = await ports.subscribers.get(newsletter, id);
    const after = before && make(before);
    if (!after) return;
    const [written] = await ports.subscribers.write(newsletter, [{ before, after }]);
    if (!written) return changedMeanwhile;
    if (after.status !== before.status)
      ports.log.info("mail to a subscriber is stopped", { newsletter, id, status: after.status });
    return undefined;
  });
}
