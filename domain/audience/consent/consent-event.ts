import * as z from "zod";
import { Instant } from "../../time/instant.ts";
import type { Subscriber, SubscriberStatus } from "../subscriber.ts";

/**
 * Events of a reader's consent, one item each. Together they prove where an address came from and why it is mailed or
 * not. They hold no address, and are kept and erased with the subscriber.
 */
export const ConsentEvent = z.strictObject({
  at: Instant,
  did: z.enum([
    "requested",
    "confirmed",
    "vouched",
    "imported",
    "left",
    "returned",
    "removed",
    "bounced",
    "complained",
    "moved",
    "changed",
    "switched",
  ]),
  /** Who: "reader", "SES", or the operator's name. */
  by: z.string(),
  /** Where: "web form", "API", "link in an email", a file's name. Null: unknown. */
  source: z.string().nullable(),
  /** Evidence: the other system's time and address of consent, or the request's network. */
  evidence: z.string().nullable(),
});
export type ConsentEvent = z.infer<typeof ConsentEvent>;

/** Who changed a subscriber, and the evidence; the kind of event follows from the change. */
export type Cause = { by: string; source: string | null; evidence: string | null; did?: ConsentEvent["did"] };

const by: Readonly<Record<SubscriberStatus, string>> = {
  pending: "reader",
  active: "reader",
  left: "reader",
  removed: "operator",
  moved: "reader",
  bounced: "SES",
  complained: "SES",
};

/** Events that don't change a reader's status. */
const withinStatus: readonly (ConsentEvent["did"] | undefined)[] = ["changed", "confirmed"];

/** The event of a change. Undefined: neither status nor preferences changed. */
export function consentEventOf(
  before: Subscriber | undefined,
  after: Subscriber,
  cause: Cause | undefined,
): ConsentEvent | undefined {
  if (before?.status === after.status && !withinStatus.includes(cause?.did)) return undefined;
  const { did, ...known } = cause ?? { by: by[after.status], source: null, evidence: null };
  return { at: after.changedAt, did: did ?? didOf(before, after), ...known };
}

function didOf(before: Subscriber | undefined, after: Subscriber): ConsentEvent["did"] {
  if (after.status === "pending") return "requested";
  if (after.status !== "active") return after.status;
  return before?.status === "pending" ? "confirmed" : "vouched";
}
