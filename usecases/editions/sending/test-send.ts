import { normaliseAddress } from "#domain/audience/address.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import type { RenderedEmail } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { AuditLog } from "../../ports.ts";
import type { EditionRequest } from "../edition-request.ts";
import { type EditionPorts, findEdition } from "../find-edition.ts";
import { impersonal } from "../making/email.ts";
import { mayBeSent, type SenderPorts } from "./verified-sender.ts";

/** One mail to one address. */
export type Mail = RenderedEmail & { from: { name: string; address: string }; replyTo: string; to: string };

export type TrialPorts = EditionPorts &
  SenderPorts & {
    /** Gives SES's message id. */
    sendOne: (mail: Mail) => Promise<string>;
    audit: Pick<AuditLog, "append">;
  };

/**
 * Mails the edition as it stands to one address, from the newsletter's own sender. Its unsubscribe link belongs to
 * no one, and no audience is in reach of this code. It may come twice, where SES's answer is lost and the SDK asks again:
 * a tester is asked to look, not to count.
 */
export async function testEdition(
  ports: TrialPorts,
  { to, by, byId, ...request }: EditionRequest & Author & { to: string },
): Promise<Outcome<{ messageId: string }>> {
  const address = normaliseAddress(to);
  if (!address.ok) return fault("bad-address", `"${to}" is ${address.fault.message}.`);
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const { edition, revision } = found.value;
  const { newsletter, date } = edition;
  const sender = ports.config.newsletters[newsletter];
  if (revision === undefined || sender === undefined) {
    return fault("wrong-state", `The edition of ${newsletter} for ${date} has no content to try.`);
  }
  const may = await mayBeSent(ports, newsletter, sender.from);
  if (!may.ok) return may;
  const email = impersonal(revision.email, ports.siteUrl);
  const messageId = await ports.sendOne({
    ...email,
    subject: `[TEST] ${email.subject}`,
    from: sender.from,
    replyTo: sender.replyTo ?? sender.from.address,
    to: address.value,
  });
  await ports.audit.append({
    at: ports.now(),
    ...authorOf({ by, byId }),
    did: "test",
    newsletter,
    subjects: [date],
    note: messageId,
  });
  return done({ messageId });
}
