import type { Sender } from "#domain/delivery/sender.ts";
import type { Decision } from "#domain/edition/decisions.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { lastChange } from "#domain/edition/undo.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { Gives } from "./contract.ts";
import { askedDue, ownDue } from "./due.ts";
import { type Asked, editionAsked, type Newsletters } from "./newsletter.ts";

export type PlanPorts = Newsletters & {
  editions: {
    get: (key: EditionKey) => Promise<Edition | undefined>;
    decisions: (key: EditionKey) => Promise<Decision[]>;
  };
  /** About how many readers get it. */
  subscribers: { count: (newsletter: string) => Promise<number> };
  ledger: { sender: () => Promise<Sender | undefined> };
};

/** US dollars a message (https://aws.amazon.com/ses/pricing/: 0.10 for 1,000), without the data in attachments. */
const PRICE = 0.0001;

/** When an edition goes out, to how many, in how long and for how much. Reads only; the edition may not exist yet. */
export async function planEdition(
  ports: PlanPorts,
  { at, second, ...asked }: Asked & { at?: string | undefined; second: boolean },
): Promise<Outcome<Gives<"plan">>> {
  const named = editionAsked(ports, asked);
  if (!named.ok) return named;
  const { newsletter, date, of } = named.value;
  const key = { newsletter, date };
  const wanted = at === undefined ? null : askedDue(key, of, { at, second, now: ports.now() });
  if (wanted !== null && !wanted.ok) return wanted;
  const [edition, log, count, sender] = await Promise.all([
    ports.editions.get(key),
    ports.editions.decisions(key),
    ports.subscribers.count(newsletter),
    ports.ledger.sender(),
  ]);
  const readers = edition?.frozen ?? count;
  const rate = sender?.rate ?? null;
  const own = ownDue(key, of) ?? null;
  const standing = edition?.dueAt ? { at: edition.dueAt, latest: edition.latest, note: null } : null;
  const isOpen = edition === undefined || edition.state === "draft";
  const approval = edition?.approvedAt ? log.findLast((one) => one.do === "approve") : undefined;
  return done({
    ...key,
    timeZone: of.timeZone,
    own,
    due: edition?.approvedAt ? standing : isOpen && of.mode === "auto" ? own : null,
    asked: wanted?.value ?? null,
    approvedAt: edition?.approvedAt ?? null,
    approvedBy: approval?.by ?? null,
    changedBy: lastChange(log)?.by ?? null,
    secondPerson: of.secondPerson,
    readers,
    seconds: rate === null ? null : readers / (rate * ports.config.delivery.share),
    dollars: readers * PRICE,
  });
}
