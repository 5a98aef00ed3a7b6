import { expect, test } from "vitest";
import { memoryProbes } from "#adapters/memory/delivery/probes.ts";
import { defineConfig } from "#domain/config.ts";
import { probes as mails } from "#domain/delivery/resolving/probe.ts";
import { missingEvents, sendProbes } from "#usecases/delivery/operate/probe.ts";

const at = "2026-11-23T09:00:00.000Z";
const newsletter = { title: "News", from: { name: "News", address: "news@harbour.org" }, postalAddress: "2 Quay" };

function open(confirmations = true) {
  const sent: { to: string; from: { address: string } }[] = [];
  const probes = memoryProbes();
  const ports = {
    config: defineConfig({ newsletters: { daily: newsletter }, delivery: { confirmations } }),
    now: () => at,
    probes,
    sendOne: async (mail: (typeof sent)[number]) => {
      sent.push(mail);
      return `m${sent.length}`;
    },
  };
  return { ports, probes, sent };
}

test("mails each address of the simulator from a newsletter's sender, and waits for each one's own event", async () => {
  const { ports, probes, sent } = open();
  const answer = await sendProbes(ports);
  if (!answer.ok) throw new Error(answer.fault.message);
  expect(sent.map(({ to, from }) => [to, from.address])).toEqual(
    mails.map(({ address }) => [address, "news@harbour.org"]),
  );
  const missing = async () => {
    const found = await missingEvents(ports, answer.value);
    return found.ok ? found.value.missing : found.fault;
  };
  expect(await missing()).toEqual(["accepted", "bounce", "complaint"]);
  // That SES accepted the mail says nothing about bounces.
  for (const { messageId } of answer.value.sent) await probes.arrived(messageId, "accepted", at);
  expect(await missing()).toEqual(["bounce", "complaint"]);
  for (const { messageId, event } of answer.value.sent) await probes.arrived(messageId, event, at);
  expect(await missing()).toEqual([]);
});

test("without confirmations, no event of an accepted mail is waited for", async () => {
  const { ports } = open(false);
  const answer = await sendProbes(ports);
  expect(answer.ok && answer.value.sent.map(({ event }) => event)).toEqual(["bounce", "complaint"]);
});
