import { rateNow } from "#domain/delivery/pace/outlook.ts";
import { costParts, possibleEventFee, prices } from "#domain/delivery/pace/prices.ts";
import { planOf, type SesPlan } from "#domain/delivery/pace/sender.ts";
import { callSize, LARGEST_CALL } from "#domain/delivery/pace/size.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import { findNewsletter, type Newsletters } from "../../editions/edition-request.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { Ledger } from "../../ports/ledger.ts";

export type CostPorts = Newsletters & {
  now: () => Instant;
  subscribers: Pick<SubscriberStore, "count">;
  ledger: Pick<Ledger, "sender">;
};

type EditionCost = {
  newsletter: string;
  readers: number;
  rate: number;
  isRateKnown: boolean;
  size: number;
  confirmations: boolean;
  inLocalTime: boolean;
  plan: SesPlan;
  isPlanKnown: boolean;
  parts: { what: string; units: number; dollars: number }[];
  dollars: number;
  possibleDollars: number;
  prices: { date: LocalDate; region: string };
};

/** Recipients a second of a new account, used until SES's rate is known. */
const UNKNOWN_RATE = 14;

/** The cost of an edition, for the newsletter's readers and rate or for given numbers. */
export async function costOfEdition(
  ports: CostPorts,
  request: { newsletter: string; readers?: number | undefined; rate?: number | undefined; plan?: SesPlan | undefined },
): Promise<Outcome<EditionCost>> {
  const known = findNewsletter(ports.config, request.newsletter);
  if (!known.ok) return known;
  const { share, senders, confirmations } = ports.config.delivery;
  const [count, sender] = await Promise.all([ports.subscribers.count(request.newsletter), ports.ledger.sender()]);
  const readers = request.readers ?? count;
  const knownRate = request.rate ?? rateNow(sender, share, ports.now());
  const rate = knownRate ?? UNKNOWN_RATE;
  const size = Math.min(callSize(rate), LARGEST_CALL);
  const plan = request.plan ?? planOf(sender);
  const inLocalTime = known.value.localTime !== undefined;
  const parts = costParts({ readers, size, rate, confirmations, plan, inLocalTime, senders });
  const dollars = parts.reduce((sum, part) => sum + part.dollars, 0);
  const { newsletter } = request;
  return done({
    ...{ newsletter, readers, rate, isRateKnown: knownRate !== null, size, confirmations, inLocalTime, parts, dollars },
    ...{
      plan,
      isPlanKnown: (request.plan ?? sender?.plan) !== undefined,
      possibleDollars: possibleEventFee({ readers, confirmations }),
    },
    prices: { date: prices.date, region: prices.region },
  });
}
