import { beforeEach, describe, expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import { type ReaderSite, readerSite } from "../../../testing/audience/reader-site.ts";

/** What a reader chose, by the link in every email: D11 and D13 of the specification. */
const newsletter = { from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" };
const config = defineConfig({
  newsletters: {
    daily: {
      title: "The Daily Test",
      timeZone: "Europe/London",
      ...newsletter,
      subscribing: { refuseDomains: ["throwaway.example"] },
    },
    evening: { title: "The Evening Test", ...newsletter },
  },
});
const ann = "ann.lee@example.com";
const all = { "newsletter-daily": "1", zone: "", language: "", pause: "", save: "1" };

let site: ReaderSite;
beforeEach(() => {
  site = readerSite(config);
});
const text = async (answer: Response | Promise<Response>) => (await answer).text();
const follow = async (answer: Response) => text(site.get(answer.headers.get("location") ?? "/none"));

describe("D13: preferences", () => {
  test("show what is stored, with the address masked, and change nothing when they are read", async () => {
    await site.put(ann, { zone: "Asia/Tokyo", pausedUntil: "2026-12-01", language: "de" });
    const answer = await site.get(site.preferences(ann));
    const body = await answer.text();
    expect(answer.status).toBe(200);
    expect(body).toContain('lang="de"');
    expect(body).toContain("a…e@example.com");
    expect(body).not.toContain("ann.lee");
    expect(body).toContain("<option selected>Asia/Tokyo");
    expect(body).toContain('value="2026-12-01"');
    expect(body).toMatch(/name="newsletter-daily" value="1" checked/);
    expect(body).not.toMatch(/name="newsletter-evening" value="1" checked/);
    for (const method of ["GET", "HEAD"])
      for (let n = 0; n < 50; n += 1)
        await site.get(site.preferences(ann), { method, headers: { "sec-purpose": "prefetch" } });
    expect(site.state.writes).toBe(0);
    expect(site.queue).toEqual([]);
  });

  test("are saved, shown again after a redirect, and noted in the history", async () => {
    await site.put(ann);
    const fields = { ...all, zone: "America/New_York", language: "fr", pause: "2026-12-24" };
    const answer = await site.post(site.preferences(ann), fields);
    expect(answer.status).toBe(303);
    const body = await follow(answer);
    expect(body).toMatch(/role="status">Enregistré/);
    expect(body).toContain("<option selected>America/New_York");
    expect(await site.subscriber(ann)).toMatchObject({ status: "active", zone: "America/New_York", language: "fr" });
    expect(await site.subscriber(ann)).toMatchObject({ pausedUntil: "2026-12-24" });
    const [, changed] = await site.history(ann);
    expect(changed).toBe("changed (zone: America/New_York, pausedUntil: 2026-12-24, language: fr)");
    await site.post(site.preferences(ann), fields);
    expect(await site.history(ann)).toHaveLength(2);
  });

  test.each([
    ["Etc/GMT+3", "Etc/GMT+3"],
    ["UTC", "UTC"],
    ["Europe/Kiev", "Europe/Kyiv"],
  ])("keep the zone %s, also if it isn't in the list, and show it as %s", async (stored, shown) => {
    await site.put(ann, { zone: stored });
    const body = await text(site.get(site.preferences(ann)));
    expect(body).toContain(`<option selected>${shown}\n`);
    expect(body.match(/<option selected>/g)).toHaveLength(1);
    await site.post(site.preferences(ann), { ...all, zone: shown });
    expect(await site.subscriber(ann)).toMatchObject({ zone: shown });
  });

  test("a zone that the time zone database doesn't have any more counts as not chosen", async () => {
    await site.put(ann, { zone: "Mars/Olympus" });
    const answer = await site.get(site.preferences(ann));
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain("Mars");
    expect((await site.post(site.preferences(ann), { ...all, pause: "2026-12-24" })).status).toBe(303);
    expect(await site.subscriber(ann)).toMatchObject({ pausedUntil: "2026-12-24" });
    expect(await site.subscriber(ann)).not.toHaveProperty("zone");
  });

  test("go back to the newsletter's own, and a pause ends by one button", async () => {
    await site.put(ann, { zone: "Asia/Tokyo", pausedUntil: "2026-12-24" });
    await site.post(site.preferences(ann), {
      "newsletter-daily": "1",
      zone: "Asia/Tokyo",
      pause: "2026-12-24",
      resume: "1",
    });
    expect(await site.subscriber(ann)).not.toHaveProperty("pausedUntil");
    await site.post(site.preferences(ann), all);
    expect(await site.subscriber(ann)).not.toHaveProperty("zone");
    expect((await site.history(ann)).slice(1)).toEqual([
      "changed (pausedUntil: the newsletter's)",
      "changed (zone: the newsletter's)",
    ]);
  });

  test.each(["2026-11-23", "2020-01-01", "2027-11-25", "soon", "2026-02-31"])(
    "refuse %s as the end of a pause, and keep what was chosen besides",
    async (pause) => {
      await site.put(ann);
      const answer = await site.post(site.preferences(ann), { ...all, pause, zone: "Asia/Tokyo" });
      const body = await answer.text();
      expect(answer.status).toBe(422);
      expect(body).toMatch(/role="alert" tabindex="-1" autofocus/);
      expect(body).toContain('<a href="#pause">Choose a day after today and within a year.</a>');
      expect(body).toContain("<option selected>Asia/Tokyo");
      expect(site.state.writes).toBe(0);
    },
  );

  test("a day is judged where the reader is: tomorrow in Auckland is not yet tomorrow in London", async () => {
    site.state.clock = Date.UTC(2026, 10, 23, 20);
    await site.put(ann, { zone: "Pacific/Auckland" });
    const zone = "Pacific/Auckland";
    expect((await site.post(site.preferences(ann), { ...all, zone, pause: "2026-11-24" })).status).toBe(422);
    expect((await site.post(site.preferences(ann), { ...all, zone, pause: "2026-11-25" })).status).toBe(303);
  });

  test("end a subscription that is no longer chosen, and ask by mail for one that is", async () => {
    await site.put(ann);
    const answer = await site.post(site.preferences(ann), { "newsletter-evening": "1", save: "1" });
    expect(await follow(answer)).toMatch(/role="status">Saved. To start a newsletter, open the link/);
    expect((await site.subscriber(ann))?.status).toBe("left");
    expect(site.state.left).toBe(1);
    await site.answer();
    expect((await site.subscriber(ann, "evening"))?.status).toBe("pending");
    expect(site.mails.map(({ to, subject }) => [to, subject])).toEqual([
      [ann, "Confirm your subscription to The Evening Test"],
    ]);
    await site.post(site.linkIn(site.mails[0]));
    expect((await site.subscriber(ann, "evening"))?.status).toBe("active");
  });

  test("a request without our form's fields ends nothing", async () => {
    await site.put(ann);
    expect((await site.post(site.preferences(ann), {})).status).toBe(400);
    const json = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
    expect((await site.get(site.preferences(ann), json)).status).toBe(415);
    expect((await site.post(site.preferences(ann), { save: "x".repeat(20_000) })).status).toBe(413);
    expect(await site.subscriber(ann)).toMatchObject({ status: "active" });
  });

  test("a zone and a language that were not offered are not stored", async () => {
    await site.put(ann, { zone: "Asia/Tokyo" });
    await site.post(site.preferences(ann), { ...all, zone: "Mars/Olympus", language: "xx" });
    expect(await site.subscriber(ann)).toMatchObject({ zone: "Asia/Tokyo" });
    expect(await site.subscriber(ann)).not.toHaveProperty("language");
  });

  test("a link of another purpose, a broken one and one of an erased reader open nothing", async () => {
    await site.put(ann);
    const token = site.tokenOf(ann);
    for (const bad of [`${token}x`, token.slice(0, -1), "nonsense", token.replace("daily", "evening")]) {
      expect((await site.get(`/unsubscribe/${bad}/preferences`)).status).toBe(404);
      expect((await site.post(`/unsubscribe/${bad}/preferences`, all)).status).toBe(404);
      expect((await site.post(`/unsubscribe/${bad}/address`, { email: "new@example.com" })).status).toBe(404);
    }
    site.items.clear();
    expect(await text(site.get(site.preferences(ann)))).toContain("We store nothing about you.");
    expect((await site.post(site.preferences(ann), all)).status).toBe(200);
    expect(site.items.size).toBe(0);
  });

  test("of an email without a reader, such as a preview, say so", async () => {
    expect((await site.get("/unsubscribe/preferences")).status).toBe(200);
  });
});

describe("D11: a change of address", () => {
  const next = "ann@new.example.org";
  const change = (email: string) => site.post(`/unsubscribe/${site.tokenOf(ann)}/address`, { email });

  test("is confirmed at the new address, moves every subscription, and notifies the old one", async () => {
    const before = await site.put(ann, { zone: "Asia/Tokyo" });
    await site.put(ann, { newsletter: "evening" });
    const asked = await change(next);
    expect(asked.status).toBe(303);
    expect(await follow(asked)).toMatch(/role="status">We have sent an email to the new address/);
    await site.answer();
    expect(site.mails.map(({ to }) => to)).toEqual([next]);
    expect((await site.subscriber(ann))?.status).toBe("active");
    const link = site.linkIn(site.mails[0]);
    const writes = site.state.writes;
    expect(await text(site.get(link))).toContain("a…@new.example.org");
    await site.get(link, { method: "HEAD" });
    expect(site.state.writes).toBe(writes);
    expect(await text(site.post(link))).toContain("Your address is changed");
    await site.answer();
    expect(site.mails.map(({ to, subject }) => [to, subject]).slice(1)).toEqual([
      [ann, "Your address for The Daily Test has changed"],
    ]);
    expect(site.mails[1]?.text).not.toContain("new.example.org");
    for (const name of ["daily", "evening"]) {
      const [old, now] = [await site.subscriber(ann, name), await site.subscriber(next, name)];
      expect(old).toMatchObject({ status: "moved", movedTo: now?.id });
      expect(now).toMatchObject({ status: "active", origin: old?.id, address: next });
      expect(await site.history(next, name)).toContain("moved");
      expect(await site.history(ann, name)).toContain("moved");
    }
    expect(await site.subscriber(next)).toMatchObject({ zone: "Asia/Tokyo" });
    expect(before.status).toBe("active");
  });

  test("twice is one change, and the links of old emails go on working", async () => {
    await site.put(ann);
    await change(next);
    await site.answer();
    const link = site.linkIn(site.mails[0]);
    await site.post(link);
    await site.post(link);
    await site.answer();
    expect(site.mails).toHaveLength(2);
    expect(await text(site.get(site.preferences(ann)))).toContain("a…@new.example.org");
    await site.post(`/unsubscribe/${site.tokenOf(ann)}`);
    expect((await site.subscriber(next))?.status).toBe("left");
  });

  test("to an address that is subscribed already leaves one subscription, as it was", async () => {
    await site.put(ann, { zone: "Asia/Tokyo" });
    const there = await site.put(next, { consent: "confirmed by link" });
    await change(next);
    await site.answer();
    // Who holds the address confirms, or the form would tell a stranger that it is subscribed.
    expect(site.mails).toHaveLength(1);
    await site.post(site.linkIn(site.mails[0]));
    expect(await site.subscriber(next)).toEqual(there);
    expect(await site.subscriber(ann)).toMatchObject({ status: "moved", movedTo: there.id });
  });

  test("to an address that called a mail spam, or to the same one, sends nothing", async () => {
    await site.put(ann);
    await site.put(next, { status: "complained" });
    for (const address of [next, ann, ann.toUpperCase()]) await change(address);
    await site.answer();
    expect(site.mails).toEqual([]);
  });

  test("fills no one's mailbox", async () => {
    await site.put(ann);
    for (let n = 0; n < 20; n += 1) await change(next);
    await site.answer();
    expect(site.mails).toHaveLength(1);
  });

  test.each([
    ["", "Enter your email address."],
    ["ann@throwaway.example", "We don’t accept addresses of this kind."],
    ["ann\r\nBcc: x@example.com", "invisible character"],
  ])("refuses %j with the reason, beside its field", async (email, reason) => {
    await site.put(ann);
    const answer = await change(email);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(reason);
    expect(site.queue).toEqual([]);
  });

  test("by an old or a forged link does nothing", async () => {
    await site.put(ann);
    await change(next);
    await site.answer();
    const link = site.linkIn(site.mails[0]);
    expect((await site.post(link.replace(/.$/, (last) => (last === "0" ? "1" : "0")))).status).toBe(404);
    site.state.clock += 8 * 24 * 3_600_000;
    expect((await site.post(link)).status).toBe(410);
    expect((await site.subscriber(ann))?.status).toBe("active");
  });

  test("after the reader left does not subscribe the new address", async () => {
    await site.put(ann);
    await change(next);
    await site.answer();
    await site.post(`/one-click/${site.tokenOf(ann)}`);
    expect((await site.post(site.linkIn(site.mails[0]))).status).toBe(410);
    expect((await site.subscriber(next))?.status).toBe("pending");
  });

  test("and erasing forgets the old address too", async () => {
    await site.put(ann);
    await change(next);
    await site.answer();
    await site.post(site.linkIn(site.mails[0]));
    await site.answer();
    site.mails.length = 0;
    site.state.clock += 3_600_000;
    await site.post(`/unsubscribe/${site.tokenOf(next)}/data`);
    await site.answer();
    const page = site.linkIn(site.mails[0]);
    const data = await text(site.get(page));
    expect(data).toContain("Moved to another address");
    expect(data).toContain("/preferences");
    await site.post(`${page}/erase`);
    expect(site.items.size).toBe(0);
    expect((await site.ports.consent.erased("daily", [site.idOf(ann), site.idOf(next)])).size).toBe(2);
  });
});
