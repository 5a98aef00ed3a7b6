import { createHash } from "node:crypto";
import { firstAddressee, type Header, type Message, senderDomain } from "./message.ts";
import { mailDate } from "./mime.ts";

/** Named as SES's hosts are, in its own range: spam filters count an address of documentation or of this machine. */
const outgoing = { host: "a8-1.smtp-out.amazonses.com", address: "54.240.8.1" };

/** Signed where a message has them, as SES does; RFC 8058 §4 asks for the last two. */
const signedNames = new Set(
  (
    "from reply-to to cc subject mime-version content-type date message-id list-id list-archive list-post " +
    "list-unsubscribe list-unsubscribe-post feedback-id"
  ).split(" "),
);

/**
 * What is above a message's own headers when it arrives: where it came through, what the reader's provider found, and
 * the signatures of the sender's domain and of SES. So a spam filter that reads the source judges what readers get,
 * except for the signatures themselves: their hash of the body is right, but no DNS has a key for them.
 *
 * @param source the message with its own headers, as `mime` makes it
 */
export function transportHeaders(message: Message, own: readonly Header[], source: string): Header[] {
  const { call, entry } = message;
  const to = firstAddressee(message);
  const provider = `mx.${to.slice(to.lastIndexOf("@") + 1) || "localhost"}`;
  const domain = senderDomain(message);
  const { host, address } = outgoing;
  const results = [
    ...[domain, "amazonses.com"].map((by) => `dkim=pass header.d=${by}`),
    `spf=pass smtp.mailfrom=${entry.id}@amazonses.com`,
    `dmarc=pass header.from=${domain}`,
  ];
  const body = source.slice(source.indexOf("\r\n\r\n") + 4);
  return [
    { name: "Return-Path", value: `<${entry.id}@amazonses.com>` },
    {
      name: "Received",
      value: `from ${host} (${host} [${address}]) by ${provider} with ESMTPS id ${entry.id.replaceAll("-", "").slice(0, 24)} for <${to}>; ${mailDate(call.at)}`,
    },
    { name: "Authentication-Results", value: `${provider}; ${results.join("; ")}` },
    // SES's own signature alone covers the header by which complaints come back to it.
    signature(
      own.filter(({ name }) => name !== "Feedback-ID"),
      body,
      { domain, at: call.at },
    ),
    signature(own, body, { domain: "amazonses.com", at: call.at }),
  ];
}

/** RFC 6376 §3.5. */
function signature(headers: readonly Header[], body: string, by: { domain: string; at: number }): Header {
  const names = [...headers.map(({ name }) => name), "MIME-Version", "Content-Type"];
  const signed = [...new Set(names.filter((name) => signedNames.has(name.toLowerCase())))].join(":");
  const bodyHash = createHash("sha256")
    .update(`${body.replace(/(?<!\r\n)(?:\r\n)+$/, "")}\r\n`)
    .digest("base64");
  const tags = [
    ...["v=1", "a=rsa-sha256", "q=dns/txt", "c=relaxed/simple", "s=simulated", `d=${by.domain}`],
    ...[`t=${Math.floor(by.at / 1000)}`, `h=${signed}`, `bh=${bodyHash}`, `b=${unverifiable(bodyHash + by.domain)}`],
  ];
  return { name: "DKIM-Signature", value: tags.join("; ") };
}

/** 256 bytes in base64, as long as a signature by RSA with 2,048 bits; the same for the same message. */
const unverifiable = (seed: string): string =>
  Buffer.concat(Array.from({ length: 4 }, (_, part) => createHash("sha512").update(`${part} ${seed}`).digest()))
    .toString("base64")
    .replaceAll(/.{64}/g, "$& ");
