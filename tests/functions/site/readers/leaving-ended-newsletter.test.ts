import { beforeEach, expect, test } from "vitest";
import { Config } from "#domain/config.ts";
import { type ReaderSite, readerSite } from "../../../testing/audience/reader-site.ts";
import { newsletter } from "../../../testing/editions/edition-fixtures.ts";

/** A newsletter that the config no longer has, and its readers' old mails. */

const address = "ann@example.com";
let site: ReaderSite;
let token: string;

beforeEach(async () => {
  site = readerSite(Config.parse({ newsletters: { weekly: newsletter() } }));
  await site.put(address);
  token = site.tokenOf(address);
});

test("its links still end the subscription", async () => {
  expect((await site.get(`/unsubscribe/${token}`)).status).toBe(200);
  expect((await site.post(`/one-click/${token}`)).status).toBe(200);
  expect((await site.subscriber(address))?.status).toBe("left");
});

test("its readers can still see and erase what is stored", async () => {
  await site.post(`/unsubscribe/${token}/data`);
  await site.answer();
  expect(site.mails).toMatchObject([{ to: address, from: newsletter().from }]);
  const link = site.linkIn(site.mails[0]);
  expect(await (await site.get(link)).text()).toContain(address);
  expect(await (await site.get(`${link}/data.json`)).json()).toMatchObject({
    subscriptions: [{ newsletter: "daily", subscriber: { status: "active" } }],
  });
  await site.post(`${link}/erase`);
  expect(await site.subscriber(address)).toBeUndefined();
});

test.each(["bounced", "complained"] as const)(
  "who %s is offered their data, not to subscribe again",
  async (status) => {
    await site.put("bea@example.com", { status });
    const bea = site.tokenOf("bea@example.com");
    const pages = [await site.get(`/unsubscribe/${bea}`), await site.post(`/unsubscribe/${bea}/again`)];
    for (const page of await Promise.all(pages.map((one) => one.text()))) {
      expect(page).toContain(`/unsubscribe/${bea}/data`);
      expect(page).not.toMatch(/\/again|Subscribe again|Check your inbox/);
    }
    expect(site.queue).toEqual([]);
  },
);

test("nothing else is mailed for it", async () => {
  for (const path of ["again", "address"])
    await site.post(`/unsubscribe/${token}/${path}`, { address: "b@example.org" });
  await site.answer();
  expect([site.mails, site.queue]).toEqual([[], []]);
});
