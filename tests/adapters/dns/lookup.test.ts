import { createSocket } from "node:dgram";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lookUp } from "#adapters/dns/lookup.ts";
import type { DnsRecord } from "#domain/dns/records.ts";

/** A resolver that knows these TXT records and says of any other name that it doesn't exist. */
const texts: Record<string, string> = {
  "_dmarc.harbour.org": "v=DMARC1; p=reject",
  "bounces.harbour.org": "v=spf1 include:_spf.other.net include:amazonses.com -all",
  "wrong.harbour.org": "v=spf1 -all",
};
const socket = createSocket("udp4");
let server: string;

function answerTo(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const question = query.subarray(12, at + 5);
  const text = texts[labels.join(".").toLowerCase()];
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(text === undefined ? 0x8183 : 0x8180, 2);
  header.fill(0, 6);
  if (text === undefined) return Buffer.concat([header, question]);
  header.writeUInt16BE(1, 6);
  const data = Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
  const answer = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([header, question, answer, data]);
}

beforeAll(async () => {
  socket.on("message", (query, { port, address }) => socket.send(answerTo(query), port, address));
  await new Promise<void>((ready) => socket.bind(0, "127.0.0.1", ready));
  server = `127.0.0.1:${socket.address().port}`;
});
afterAll(() => socket.close());

const record = (name: string, purpose: DnsRecord["purpose"], value: string): DnsRecord => ({
  ...{ name, type: "TXT", value, purpose },
});

test.each([
  ["a stricter policy is fine", record("_dmarc.harbour.org", "dmarc", "v=DMARC1; p=none"), "right"],
  ["ours among other senders", record("bounces.harbour.org", "spf", "v=spf1 include:amazonses.com ~all"), "right"],
  ["ours left out", record("wrong.harbour.org", "spf", "v=spf1 include:amazonses.com ~all"), "wrong"],
  ["none", record("gone.harbour.org", "spf", "v=spf1 include:amazonses.com ~all"), "missing"],
])("%s", async (_, looked, state) => {
  expect((await lookUp(looked, [server])).state).toBe(state);
});

test("a resolver that doesn't answer says nothing about the record", async () => {
  const silent = createSocket("udp4");
  await new Promise<void>((ready) => silent.bind(0, "127.0.0.1", ready));
  const { port } = silent.address();
  silent.close();
  expect((await lookUp(record("a.org", "spf", "x"), [`127.0.0.1:${port}`])).state).toBe("unknown");
}, 20_000);
