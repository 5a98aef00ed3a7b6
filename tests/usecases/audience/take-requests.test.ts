import { beforeEach, describe, expect, test } from "vitest";
import { unsubscribeToken } from "#domain/audience/tokens/token.ts";
import { defineConfig } from "#domain/config.ts";
import { receiptOf } from "#local/ses/events/receipt.ts";
import { takeRequests } from "#usecases/audience/take-requests.ts";
import { readerKeys, readerSite } from "../../testing/audience/reader-site.ts";

const config = defineConfig({
  newsletters: { daily: { title: "Daily", from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 St" } },
});
const ann = "ann@example.com";

let it: ReturnType<typeof readerSite>;
let left: object[];
let logged: unknown[];
beforeEach(async () => {
  it = readerSite(config);
  left = [];
  logged = [];
  await it.put(ann);
});
const mail = (subject: string) => ({
  id: "1",
  body: JSON.stringify(
    receiptOf({ from: "someone@else.example", to: "leave@in.example.com", subject, at: it.state.clock }),
  ),
});
const take = (...messages: { id: string; body: string }[]) => {
  const log = Object.assign(() => undefined, {
    ...{ warn: () => undefined, error: () => undefined },
    info: (...line: unknown[]) => logged.push(line),
  });
  return takeRequests({ ...it.ports, log, left: (claim) => void left.push(claim) }, messages);
};
const status = async () => (await it.subscriber(ann))?.status;

describe("mail that SES received", () => {
  test("unsubscribes the reader whose token is in its subject, whatever its From, and logs a line for a restore", async () => {
    expect(await take(mail(`unsubscribe ${it.tokenOf(ann)}`))).toEqual({ failed: [] });
    expect(await status()).toBe("left");
    expect(left).toEqual([{ newsletter: "daily", id: it.idOf(ann) }]);
    expect(await it.history(ann)).toContain("left");
    expect(it.mails).toEqual([]);
  });

  test("again changes nothing", async () => {
    await take(mail(it.tokenOf(ann)), mail(it.tokenOf(ann)));
    expect(left).toHaveLength(1);
    expect(it.state.writes).toBe(1);
  });

  test("without a valid token changes nothing, and its text is not logged", async () => {
    const forged = unsubscribeToken(
      { ...readerKeys, key: "another secret of thirty-two letters" },
      {
        newsletter: "daily",
        id: it.idOf(ann),
      },
    );
    expect(await take(mail("hello"), mail(forged), { id: "2", body: "{" })).toEqual({ failed: [] });
    expect(await status()).toBe("active");
    expect(left).toEqual([]);
    expect(JSON.stringify(logged)).not.toMatch(/hello|someone|k1\./);
    expect(logged).toHaveLength(2);
  });

  test("is retried if the table did not answer", async () => {
    const subscribers = { ...it.ports.subscribers, write: () => Promise.reject(new Error("throttled")) };
    const ports = { ...it.ports, subscribers, left: () => undefined };
    expect(await takeRequests(ports, [mail(it.tokenOf(ann))])).toEqual({ failed: ["1"] });
    expect(await status()).toBe("active");
  });
});
