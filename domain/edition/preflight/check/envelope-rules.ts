import { blocker, email, type Finding, finalBlocker, newsletter, warning } from "../finding.ts";
import type { Facts } from "./facts.ts";

/** The sender, and unsubscribing by mail programs: B1, B3, B4, B36. */
export const envelopeRules = (facts: Facts): Finding[] => [
  ...sender(facts),
  ...listHeaders(facts),
  ...bothParts(facts),
  ...oneSubscription(facts),
];

// bounded: an address of the config, at most 254 characters
const noReply = /(^|[<\s])(no|not|never|dont|do-not|donot)[-_.]?(reply|respond|answer)[^@]*@/i;

function sender({ envelope }: Facts): Finding[] {
  const { from, replyTo } = envelope;
  const broken = [from, replyTo, ...envelope.headers.map(({ value }) => value)].some((text) => /[\r\n\0]/.test(text));
  return [
    ...(broken
      ? [finalBlocker("B1", newsletter, "The sender’s name or a header has a line break in it. Fix it in the config.")]
      : []),
    ...[from, replyTo]
      .filter((address, i, all) => noReply.test(address) && all.findIndex((one) => noReply.test(one)) === i)
      .map((address) =>
        warning("B1", newsletter, `Readers cannot answer ${bare(address)}. Set an address that a person reads.`),
      ),
  ];
}

const bare = (mailbox: string): string => /<([^<>]*)>/.exec(mailbox)?.[1] ?? mailbox;

const required = ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "List-Archive"];

function listHeaders({ envelope, urls }: Facts): Finding[] {
  const valuesOf = (name: string) =>
    envelope.headers.filter((header) => header.name.toLowerCase() === name.toLowerCase()).map(({ value }) => value);
  const counted = required.flatMap((name) => {
    const n = valuesOf(name).length;
    if (n === 1) return [];
    const message = `The email has ${n === 0 ? "no" : n} ${name} header${n === 1 ? "" : "s"}, and needs one. ${operator}`;
    return [/unsubscribe/i.test(name) ? finalBlocker("B3", email, message) : warning("B3", email, message)];
  });
  const [leave = ""] = valuesOf("List-Unsubscribe");
  const first = /^<([^>]*)>/.exec(leave.trim())?.[1] ?? "";
  const [post = ""] = valuesOf("List-Unsubscribe-Post");
  const isOurs = urls.site.startsWith("https:") ? /^https:\/\//.test(first) : /^https?:\/\//.test(first);
  return [
    ...counted,
    ...(leave !== "" && !isOurs
      ? [finalBlocker("B3", email, `Its List-Unsubscribe header does not begin with an https address. ${operator}`)]
      : []),
    ...(post !== "" && post !== "List-Unsubscribe=One-Click"
      ? [finalBlocker("B3", email, `Mail programs cannot unsubscribe a reader by one click. ${operator}`)]
      : []),
  ];
}

const operator = "Tell your Broadsheet operator.";

function bothParts({ email: { html, text } }: Facts): Finding[] {
  return [
    ...(html.trim() === "" ? [blocker("B4", email, `The email has no HTML part. ${operator}`)] : []),
    ...(text.trim() === "" ? [blocker("B4", email, `The email has no text part. ${operator}`)] : []),
  ];
}

/** Both ways to unsubscribe must have the same reader's token. */
function oneSubscription({ envelope, urls }: Facts): Finding[] {
  const leave = envelope.headers.find(({ name }) => name === "List-Unsubscribe")?.value ?? "";
  if (leave === "" || leave.includes(urls.oneClick)) return [];
  return [finalBlocker("B36", email, `The email’s link and its header unsubscribe different readers. ${operator}`)];
}
