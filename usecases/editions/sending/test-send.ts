import { normaliseAddress } from "#domain/audience/address/address.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import { editionName, type RenderedEmail } from "#domain/edition/edition.ts";
import { countTestMail, mayGetTests, TESTS_AN_HOUR, testMailHash } from "#domain/edition/test-mail.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { TestMailStore } from "../../ports/editions.ts";
import type { AuditLog, NoteSecurity } from "../../ports/services.ts";
import { type EditionRequest, findNewsletter } from "../edition-request.ts";
import { type EditionPorts, findEdition } from "../find-edition.ts";
import { impersonal } from "../making/email.ts";
import { requireVerifiedSender, type SenderPorts } from "./verified-sender.ts";

/** One mail to one address. */
export type Mail = RenderedEmail & { from: { name: string; address: string }; replyTo: string; to: string };

export type TrialPorts = EditionPorts &
  SenderPorts & {
    /** Returns SES's message id. */
    sendOne: (mail: Mail) => Promise<string>;
    audit: Pick<AuditLog, "append">;
    testMails: TestMailStore;
    /** At least 32 random characters. */
    newSecret: () => string;
    noteSecurity: NoteSecurity;
  };

/**
 * Mails the current edition to one address, from the newsletter's sender. Its unsubscribe link belongs to no one, and
 * this code can't reach an audience. It goes only to people and domains in the config, so testers can't write to
 * strangers in the newsletter's name. It may arrive twice if SES's answer is lost and the SDK retries.
 */
export async function testEdition(
  ports: TrialPorts,
  { to, by, byId, ...request }: EditionRequest & Author & { to: string },
): Promise<Outcome<{ messageId: string }>> {
  const known = findNewsletter(ports.config, request.newsletter);
  if (!known.ok) return known;
  const address = normaliseAddress(to);
  if (!address.ok) return fault("bad-address", `"${to}" is ${address.fault.message}.`);
  if (!mayGetTests(ports.config, request.newsletter, address.value)) return strangersAddress(request.newsletter, to);
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const { edition, revision } = found.value;
  const { newsletter, date } = edition;
  const sender = ports.config.newsletters[newsletter];
  if (revision === undefined || sender === undefined) {
    return fault("wrong-state", `${editionName(edition)} has no content to try.`);
  }
  const may = await requireVerifiedSender(ports, newsletter, sender.from);
  if (!may.ok) return may;
  const key = await ports.testMails.key(ports.newSecret);
  const hashOf = (text: string) => testMailHash(key, text);
  const hash = hashOf(address.value);
  const person = { id: hashOf(`person ${byId ?? by}`), what: `tests by ${by}` };
  const counted = await countTest(ports, [{ id: hash, what: to }, person]);
  if (!counted.ok) return counted;
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
    note: `to ${hash}, message ${messageId}`,
  });
  return done({ messageId });
}

const strangersAddress = (newsletter: string, to: string) =>
  fault(
    "bad-address",
    `${to} can't get tests of ${newsletter}: the config names neither the address nor its domain. Add the address to the ` +
      "newsletter's editors, or the domain to its testDomains, in broadsheet.config.ts, and deploy.",
  );

/** Another test mail was counted at the same moment. */
const TRIES = 5;

/**
 * Counts one test mail for the person and the address; beyond the limit it isn't sent. It is counted before sending, so
 * a burst can't exceed the limit.
 */
async function countTest(
  { testMails, now, noteSecurity }: TrialPorts,
  counted: readonly { id: string; what: string }[],
): Promise<Outcome<true>> {
  for (const { id, what } of counted) {
    for (let attempt = 0; ; attempt += 1) {
      const count = countTestMail(await testMails.count(id), now());
      if (count === null) {
        noteSecurity({ kind: "test-mails", about: { hash: id } });
        return fault("too-many", `${what}: ${TESTS_AN_HOUR} test mails within an hour are the most. Try again later.`);
      }
      if (await testMails.saveCount(id, count)) break;
      if (attempt === TRIES) return fault("conflict", `Others send tests at the same moment. Try again.`);
    }
  }
  return done(true);
}
