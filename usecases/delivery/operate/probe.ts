import { type ProbeEvent, probes } from "#domain/delivery/resolving/probe.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Newsletters } from "../../editions/edition-request.ts";
import type { Mail } from "../../editions/sending/test-send.ts";
import type { Probes } from "../../ports/services.ts";

export type ProbePorts = Newsletters & {
  sendOne: (mail: Mail) => Promise<string>;
  probes: Pick<Probes, "events">;
};

/** A mail that was sent, and the event it makes. */
type SentProbe = { messageId: string; event: ProbeEvent };

/** Mails SES's mailbox simulator, whose events come by the same way as those of readers' mails. */
export async function sendProbes({ config, sendOne }: ProbePorts): Promise<Outcome<{ sent: SentProbe[] }>> {
  const [newsletter] = Object.values(config.newsletters);
  if (newsletter === undefined) return fault("bad-request", "The config has no newsletter to send from.");
  const { from, replyTo } = newsletter;
  const mail = { subject: "Do SES's events arrive?", text: "A probe by broadsheet doctor.", html: "" };
  // Without confirmations, SES reports only what goes wrong.
  const wanted = probes.filter(({ event }) => config.delivery.confirmations || event !== "accepted");
  const sent = await Promise.all(
    wanted.map(async ({ address, event }) => {
      const messageId = await sendOne({ ...mail, from, replyTo: replyTo ?? from.address, to: address });
      return { messageId, event };
    }),
  );
  return done({ sent });
}

/** Which of these mails' events have not come yet. */
export async function missingEvents(
  ports: ProbePorts,
  { sent }: { sent: readonly SentProbe[] },
): Promise<Outcome<{ missing: ProbeEvent[] }>> {
  const seen = await Promise.all(sent.map(({ messageId }) => ports.probes.events(messageId)));
  return done({ missing: sent.flatMap(({ event }, at) => (seen[at]?.includes(event) ? [] : [event])) });
}
