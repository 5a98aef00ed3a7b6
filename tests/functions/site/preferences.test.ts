import { beforeEach, describe, expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import { type ReaderSite, readerSite } from "../../testing/reader-site.ts";

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

let it: ReaderSite;
beforeEach(() => {
  it = readerSite(config);
});
const text = async (answer: Response | Promise<Response>) => (await answer).text();
const follow = async (answer: Response) => text(it.get(answer.headers.get("location") ?? "/none"));

describe("D13: preferences", () => {
  test("show what is stored, with the address masked, and change nothing when they are read", async () => {
    await it.put(ann, { zone: "Asia/Tokyo", pausedUntil: "2026-12-01", language: "de" });
    const answer = await it.get(it.preferences(ann));
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
        await it.get(it.preferences(ann), { method, headers: { "sec-purpose": "prefetch" } });
    expect(it.state.writes).toBe(0);
    expect(it.queue).toEqual([]);
  });

  test("are saved, shown again after a redirect, and noted in the history", async () => {
    await it.put(ann);
    const fields = { ...all, zone: "America/New_York", language: "fr", pause: "2026-12-24" };
    const answer = await it.post(it.preferences(ann), fields);
    expect(answer.status).toBe(303);
    const body = await follow(answer);
    expect(body).toMatch(/role="status">Enregistré/);
    expect(body).toContain("<option selected>America/New_York");
    expect(await it.subscriber(ann)).toMatchObject({ status: "active", zone: "America/New_York", language: "fr" });
    expect(await it.subscriber(ann)).toMatchObject({ pausedUntil: "2026-12-24" });
    const [, changed] = await it.history(ann);
    expect(changed).toBe("changed (zone: America/New_York, pausedUntil: 2026-12-24, language: fr)");
    await it.post(it.preferences(ann), fields);
    expect(await it.history(ann)).toHaveLength(2);
  });

  test("go back to the newsletter's own, and a pause ends by one button", async () => {
    await it.put(ann, { zone: "Asia/Tokyo", pausedUntil: "2026-12-24" });
    await it.post(it.preferences(ann), {
      "newsletter-daily": "1",
      zone: "Asia/Tokyo",
      pause: "2026-12-24",
      resume: "1",
    });
    expect(await it.subscriber(ann)).not.toHaveProperty("pausedUntil");
    await it.post(it.preferences(ann), all);
    expect(await it.subscriber(ann)).not.toHaveProperty("zone");
    expect((await it.history(ann)).slice(1)).toEqual([
      "changed (pausedUntil: the newsletter's)",
      "changed (zone: the newsletter's)",
    ]);
  });

  test.each(["2026-11-23", "2020-01-01", "2027-11-25", "soon", "2026-02-31"])(
    "refuse %s as the end of a pause, and keep what was chosen besides",
    async (pause) => {
      await it.put(ann);
      const answer = await it.post(it.preferences(ann), { ...all, pause, zone: "Asia/Tokyo" });
      const body = await answer.text();
      expect(answer.status).toBe(422);
      expect(body).toMatch(/role="alert" tabindex="-1" autofocus/);
      expect(body).toContain('<a href="#pause">Choose a day after today and within a year.</a>');
      expect(body).toContain("<option selected>Asia/Tokyo");
      expect(it.state.writes).toBe(0);
    },
  );

  test("a day is judged where the reader is: tomorrow in Auckland is not yet tomorrow in London", async () => {
    it.state.clock = Date.UTC(2026, 10, 23, 20);
    await it.put(ann, { zone: "Pacific/Auckland" });
    const zone = "Pacific/Auckland";
    expect((await it.post(it.preferences(ann), { ...all, zone, pause: "2026-11-24" })).status).toBe(422);
    expect((await it.post(it.preferences(ann), { ...all, zone, pause: "2026-11-25" })).status).toBe(303);
  });

  test("end a subscription that is no longer chosen, and ask by mail for one that is", async () => {
    await it.put(ann);
    const answer = await it.post(it.preferences(ann), { "newsletter-evening": "1", save: "1" });
    expect(await follow(answer)).toMatch(/role="status">Saved. To start a newsletter, open the link/);
    expect((await it.subscriber(ann))?.status).toBe("left");
    expect(it.state.left).toBe(1);
    await it.answer();
    expect((await it.subscriber(ann, "evening"))?.status).toBe("pending");
    expect(it.mails.map(({ to, subject }) => [to, subject])).toEqual([
      [ann, "Confirm your subscription to The Evening Test"],
    ]);
    await it.post(it.linkIn(it.mails[0]));
    expect((await it.subscriber(ann, "evening"))?.status).toBe("active");
  });

  test("what is not our form ends nothing", async () => {
    await it.put(ann);
    expect((await it.post(it.preferences(ann), {})).status).toBe(400);
    const json = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
    expect((await it.get(it.preferences(ann), json)).status).toBe(415);
    expect((await it.post(it.preferences(ann), { save: "x".repeat(20_000) })).status).toBe(413);
    expect(await it.subscriber(ann)).toMatchObject({ status: "active" });
  });

  test("a zone and a language that were not offered are not stored", async () => {
    await it.put(ann, { zone: "Asia/Tokyo" });
    await it.post(it.preferences(ann), { ...all, zone: "Mars/Olympus", language: "xx" });
    expect(await it.subscriber(ann)).toMatchObject({ zone: "Asia/Tokyo" });
    expect(await it.subscriber(ann)).not.toHaveProperty("language");
  });

  test("a link of another purpose, a broken one and one of an erased reader open nothing", async () => {
    await it.put(ann);
    const token = it.tokenOf(ann);
    for (const bad of [`${token}x`, token.slice(0, -1), "nonsense", token.replace("daily", "evening")]) {
      expect((await it.get(`/unsubscribe/${bad}/preferences`)).status).toBe(404);
      expect((await it.post(`/unsubscribe/${bad}/preferences`, all)).status).toBe(404);
      expect((await it.post(`/unsubscribe/${bad}/address`, { email: "new@example.com" })).status).toBe(404);
    }
    it.items.clear();
    expect(await text(it.get(it.preferences(ann)))).toContain("We store nothing about you.");
    expect((await it.post(it.preferences(ann), all)).status).toBe(200);
    expect(it.items.size).toBe(0);
  });

  test("of an email without a reader, such as a preview, say so", async () => {
    expect((await it.get("/unsubscribe/preferences")).status).toBe(200);
  });
});

describe("D11: a change of address", () => {
  const next = "ann@new.example.org";
  const change = (email: string) => it.post(`/unsubscribe/${it.tokenOf(ann)}/address`, { email });

  test("is confirmed at the new address, moves every subscription, and is told to the old one", async () => {
    const before = await it.put(ann, { zone: "Asia/Tokyo" });
    await it.put(ann, { newsletter: "evening" });
    const asked = await change(next);
    expect(asked.status).toBe(303);
    expect(await follow(asked)).toMatch(/role="status">We have sent an email to the new address/);
    await it.answer();
    expect(it.mails.map(({ to }) => to)).toEqual([next]);
    expect((await it.subscriber(ann))?.status).toBe("active");
    const link = it.linkIn(it.mails[0]);
    const writes = it.state.writes;
    expect(await text(it.get(link))).toContain("a…@new.example.org");
    await it.get(link, { method: "HEAD" });
    expect(it.state.writes).toBe(writes);
    expect(await text(it.post(link))).toContain("Your address is changed");
    await it.answer();
    expect(it.mails.map(({ to, subject }) => [to, subject]).slice(1)).toEqual([
      [ann, "Your address for The Daily Test has changed"],
    ]);
    expect(it.mails[1]?.text).not.toContain("new.example.org");
    for (const name of ["daily", "evening"]) {
      const [old, now] = [await it.subscriber(ann, name), await it.subscriber(next, name)];
      expect(old).toMatchObject({ status: "moved", movedTo: now?.id });
      expect(now).toMatchObject({ status: "active", origin: old?.id, address: next });
      expect(await it.history(next, name)).toContain("moved");
      expect(await it.history(ann, name)).toContain("moved");
    }
    expect(await it.subscriber(next)).toMatchObject({ zone: "Asia/Tokyo" });
    expect(before.status).toBe("active");
  });

  test("twice is one change, and the links of old emails go on working", async () => {
    await it.put(ann);
    await change(next);
    await it.answer();
    const link = it.linkIn(it.mails[0]);
    await it.post(link);
    await it.post(link);
    await it.answer();
    expect(it.mails).toHaveLength(2);
    expect(await text(it.get(it.preferences(ann)))).toContain("a…@new.example.org");
    await it.post(`/unsubscribe/${it.tokenOf(ann)}`);
    expect((await it.subscriber(next))?.status).toBe("left");
  });

  test("to an address that is subscribed already leaves one subscription, as it was", async () => {
    await it.put(ann, { zone: "Asia/Tokyo" });
    const there = await it.put(next, { consent: "confirmed by link" });
    await change(next);
    await it.answer();
    // Who holds the address confirms, or the form would tell a stranger that it is subscribed.
    expect(it.mails).toHaveLength(1);
    await it.post(it.linkIn(it.mails[0]));
    expect(await it.subscriber(next)).toEqual(there);
    expect(await it.subscriber(ann)).toMatchObject({ status: "moved", movedTo: there.id });
  });

  test("to an address that called a mail spam, or to the same one, sends nothing", async () => {
    await it.put(ann);
    await it.put(next, { status: "complained" });
    for (const address of [next, ann, ann.toUpperCase()]) await change(address);
    await it.answer();
    expect(it.mails).toEqual([]);
  });

  test("fills no one's mailbox", async () => {
    await it.put(ann);
    for (let n = 0; n < 20; n += 1) await change(next);
    await it.answer();
    expect(it.mails).toHaveLength(1);
  });

  test.each([
    ["", "Enter your email address."],
    ["ann@throwaway.example", "We don’t accept addresses of this kind."],
    ["ann\r\nBcc: x@example.com", "invisible character"],
  ])("refuses %j with the reason, beside its field", async (email, reason) => {
    await it.put(ann);
    const answer = await change(email);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(reason);
    expect(it.queue).toEqual([]);
  });

  test("by an old or a forged link does nothing", async () => {
    await it.put(ann);
    await change(next);
    await it.answer();
    const link = it.linkIn(it.mails[0]);
    expect((await it.post(link.replace(/.$/, (last) => (last === "0" ? "1" : "0")))).status).toBe(404);
    it.state.clock += 8 * 24 * 3_600_000;
    expect((await it.post(link)).status).toBe(410);
    expect((await it.subscriber(ann))?.status).toBe("active");
  });

  test("after the reader left does not subscribe the new address", async () => {
    await it.put(ann);
    await change(next);
    await it.answer();
    await it.post(`/one-click/${it.tokenOf(ann)}`);
    expect((await it.post(it.linkIn(it.mails[0]))).status).toBe(410);
    expect((await it.subscriber(next))?.status).toBe("pending");
  });

  test("and erasing forgets the old address too", async () => {
    await it.put(ann);
    await change(next);
    await it.answer();
    await it.post(it.linkIn(it.mails[0]));
    await it.answer();
    it.mails.length = 0;
    it.state.clock += 3_600_000;
    await it.post(`/unsubscribe/${it.tokenOf(next)}/data`);
    await it.answer();
    const page = it.linkIn(it.mails[0]);
    const data = await text(it.get(page));
    expect(data).toContain("Moved to another address");
    expect(data).toContain("/preferences");
    await it.post(`${page}/erase`);
    expect(it.items.size).toBe(0);
    expect((await it.ports.consent.erased("daily", [it.idOf(ann), it.idOf(next)])).size).toBe(2);
  });
});
