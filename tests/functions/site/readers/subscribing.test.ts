import { beforeEach, describe, expect, test } from "vitest";
import { consentStore, memoryConsent } from "#adapters/memory/audience/consent.ts";
import { memoryReminders } from "#adapters/memory/audience/reminders.ts";
import { memoryErasure, memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryArchive } from "#adapters/memory/editions/archive.ts";
import { memoryWorth } from "#adapters/memory/editions/worth.ts";
import type { ReaderRequest } from "#domain/audience/reader-request.ts";
import type { Subscriber, SubscriberStatus } from "#domain/audience/subscriber.ts";
import { subscriberId, unsubscribeToken } from "#domain/audience/tokens/token.ts";
import { defineConfig } from "#domain/config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { site } from "#functions/site/app.ts";
import { type AnswerPorts, answerRequest } from "#usecases/audience/answer-request.ts";
import { remind } from "#usecases/audience/remind.ts";
import { takeRequests } from "#usecases/audience/take-requests.ts";

/**
 * From the form to being forgotten, as a reader and a stranger do it: pages by HTTP, mails by what SES was given. Points
 * of the specification are named where they are met: D1 to D20.
 */
const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
const newsletter = { from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" };
const config = defineConfig({
  newsletters: {
    daily: { title: "The Daily Test", ...newsletter, subscribing: { refuseDomains: ["throwaway.example"] } },
    weekly: { title: "Die Woche", language: "de-AT", ...newsletter },
  },
});
const DAY = 24 * 3_600_000;

type Mail = Parameters<AnswerPorts["sendOne"]>[0];
let mails: Mail[];
let queue: { request: ReaderRequest; delaySeconds: number }[];
let welcomed: string[];
let freezing: boolean;
let suppressed: Set<string>;
let clock: number;
let reads: number;
let writes: number;
let ports: ReturnType<typeof open>;
let app: ReturnType<typeof site>;

function open() {
  const items = new Map<string, Subscriber>();
  const consents = consentStore();
  const store = memorySubscribers(items, consents);
  const consent = memoryConsent(consents);
  return {
    config,
    siteUrl: "https://news.example.com",
    picturesUrl: "https://news.example.com",
    archive: memoryArchive(),
    consent,
    worth: memoryWorth(),
    reminders: memoryReminders(),
    subscribers: {
      ...memoryErasure(items),
      get: (...of: Parameters<typeof store.get>) => {
        reads += 1;
        return store.get(...of);
      },
      write: (...of: Parameters<typeof store.write>) => {
        writes += 1;
        return store.write(...of);
      },
    },
    requests: {
      put: async (request: ReaderRequest, delaySeconds: number) => void queue.push({ request, delaySeconds }),
    },
    welcome: async (reader: { newsletter: string; id: string }) => {
      welcomed.push(reader.id);
      return freezing ? ("later" as const) : ("welcomed" as const);
    },
    unsuppress: async (address: string) => void suppressed.delete(address),
    sendOne: async (mail: Mail) => void (suppressed.has(mail.to) || mails.push(mail)),
    keys: async () => keys,
    now: () => toInstant(clock),
    left: () => {},
    newReference: () => "abc123",
    log: Object.assign((_: string, error: unknown) => expect.fail(String(error)), {
      info: () => {},
      warn: () => {},
      error: () => {},
    }),
  };
}

beforeEach(() => {
  mails = [];
  queue = [];
  suppressed = new Set();
  welcomed = [];
  freezing = false;
  clock = Date.UTC(2026, 10, 23, 8);
  reads = 0;
  writes = 0;
  ports = open();
  app = site(ports);
});

const visit = { address: "192.0.2.77" };
const get = (path: string, headers: Record<string, string> = {}) =>
  app.fetch(new Request(`https://news.example.com${path}`, { headers }), visit);
const post = (path: string, fields: Record<string, string> = {}) =>
  app.fetch(
    new Request(`https://news.example.com${path}`, { method: "POST", body: new URLSearchParams(fields) }),
    visit,
  );
const api = (body: string, type = "application/json", name = "daily") =>
  app.fetch(
    new Request(`https://news.example.com/api/${name}/subscribers`, {
      method: "POST",
      headers: { "content-type": type },
      body,
    }),
    visit,
  );
/** What the function behind the queue does. */
const answer = async () => {
  for (const { request } of queue.splice(0)) await answerRequest(ports, request);
};
const linkIn = (mail: Mail | undefined) => new URL(/https:\S+/.exec(mail?.text ?? "")?.[0] ?? "https://none").pathname;
const idOf = (address: string, name = "daily") => subscriberId(keys, name, address);
const statusOf = async (address: string) => (await ports.subscribers.get("daily", idOf(address)))?.status;
const subscribe = async (email: string) => {
  await post("/daily/subscribe", { email, sure: email });
  await answer();
};
const put = async (address: string, status: SubscriberStatus) => {
  const at = toInstant(clock - DAY);
  const after: Subscriber = {
    ...{ id: idOf(address), newsletter: "daily", address, status, consent: "vouched for by ed" },
    ...{ addedAt: at, changedAt: at, origin: null, movedTo: null, movedAt: null },
  };
  await ports.subscribers.write("daily", [{ before: undefined, after }]);
};

describe("D1: the form", () => {
  test("has a label, the right type and autocomplete, and no autofocus", async () => {
    const body = await (await get("/daily/subscribe")).text();
    expect(body.match(/<input type="email"[^>]*>/g)).toHaveLength(1);
    expect(body).toContain('<label for="email">Email address</label>');
    expect(body).toMatch(/<input type="email"[^>]*autocomplete="email"/);
    expect(body).not.toContain("autofocus");
  });

  test("that comes back has what was typed, a focused summary, and the field described by it", async () => {
    const answer = await post("/daily/subscribe", { email: "ann<>" });
    const body = await answer.text();
    expect(answer.status).toBe(422);
    expect(body).toContain('value="ann&lt;&gt;"');
    expect(body).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(body).toMatch(/aria-invalid="true" aria-describedby="problem"/);
    expect(queue).toEqual([]);
  });

  test.each([
    ["", "Enter your email address."],
    ["ann", "needs an @"],
    ["ann\u200b@example.com", "invisible character"],
    ["ann\uff20example.com", "full-width character"],
    ["ann@example.com.", "Remove the dot"],
    ["ann@box.local", "receive email"],
    ["ann@example.com\r\nBcc: eve@example.com", "invisible character"],
    ["Ann <ann@example.com>", "only the address"],
    ["ann@mail.throwaway.example", "addresses of this kind"],
    ["postmaster@example.com", "addresses of this kind"],
    [`${"a".repeat(300)}@example.com`, "too long"],
  ])("says what is wrong with %j, and stores nothing", async (email, words) => {
    const answer = await post("/daily/subscribe", { email });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
    expect([queue.length, writes]).toEqual([0, 0]);
  });

  test("asks whether gmail.com was meant, and takes a second yes for an answer", async () => {
    const asked = await post("/daily/subscribe", { email: "ann@gmial.com" });
    const body = await asked.text();
    expect(body).toContain("ann@gmail.com");
    expect(body).toContain('<input type="hidden" name="sure" value="ann@gmial.com">');
    expect(queue).toEqual([]);
    expect((await post("/daily/subscribe", { email: "ann@gmial.com", sure: "ann@gmial.com" })).status).toBe(303);
    expect(queue).toHaveLength(1);
  });

  test.each([
    ["text/plain", 415],
    ["application/json", 415],
  ])("of type %s is refused", async (type, status) => {
    const request = new Request("https://news.example.com/daily/subscribe", {
      method: "POST",
      headers: { "content-type": type },
      body: "email=ann@example.com",
    });
    expect((await app.fetch(request, visit)).status).toBe(status);
  });

  test("of a megabyte is refused unread", async () => {
    expect((await post("/daily/subscribe", { email: "a".repeat(1_000_000) })).status).toBe(413);
  });
});

describe("D2: a stranger learns nothing", () => {
  test("the answer is the same for every state of an address, and nothing is looked up for it", async () => {
    const states: SubscriberStatus[] = ["pending", "active", "left", "removed", "moved", "bounced", "complained"];
    for (const status of states) await put(`${status}@example.com`, status);
    reads = 0;
    writes = 0;
    const seen = new Set<string>();
    for (const name of [...states, "unknown"]) {
      const answer = await post("/daily/subscribe", { email: `${name}@example.com` });
      seen.add(JSON.stringify([answer.status, [...answer.headers], await answer.text()]));
      const json = await api(JSON.stringify({ email: `${name}@example.com` }));
      seen.add(JSON.stringify([json.status, [...json.headers], await json.text()]));
    }
    expect(seen.size).toBe(2);
    expect([reads, writes]).toEqual([0, 0]);
  });

  test("an address gets one mail in ten minutes and five a day, however often it is entered", async () => {
    for (let times = 0; times < 3; times += 1) await subscribe("ann@example.com");
    expect(mails).toHaveLength(1);
    for (let times = 0; times < 20; times += 1) {
      clock += 11 * 60_000;
      await subscribe("ann@example.com");
    }
    expect(mails).toHaveLength(5);
    clock += DAY;
    await subscribe("ann@example.com");
    expect(mails).toHaveLength(6);
  });

  test("a mailbox gets no more by other spellings of its address, though each is a subscriber of its own", async () => {
    const spellings = ["ann@example.com", "ann+1@example.com", "ANN+2@example.com", "ann+a+b@EXAMPLE.com"];
    for (let times = 0; times < 12; times += 1) {
      for (const one of spellings) await subscribe(one);
      clock += 11 * 60_000;
    }
    expect(mails).toHaveLength(5);
    clock += DAY;
    await subscribe("ann.x@gmail.com");
    for (const one of ["a.n.n.x@gmail.com", "annx+1@googlemail.com", "annx@gmail.com"]) await subscribe(one);
    expect(mails).toHaveLength(6);
    await subscribe("bob@example.com");
    await subscribe("ann.x@example.com");
    expect(mails).toHaveLength(8);
    clock += 11 * 60_000;
    await subscribe("annx+1@googlemail.com");
    await post(linkIn(mails.at(-1)));
    expect(await statusOf("annx+1@googlemail.com")).toBe("active");
    expect(await statusOf("ann.x@gmail.com")).toBe("pending");
  });

  test("reminders count as mails to the mailbox", async () => {
    for (let times = 0; times < 5; times += 1) {
      await subscribe(`ann+${times}@example.com`);
      clock += 11 * 60_000;
    }
    expect(mails).toHaveLength(5);
    clock += DAY;
    expect(await remind(ports)).toEqual({ reminded: 1 });
    expect(mails).toHaveLength(6);
  });

  test("many requests of one client are all taken, and their mails wait", async () => {
    for (let times = 0; times < 80; times += 1) await api(JSON.stringify({ email: `r${times}@example.com` }));
    expect(queue).toHaveLength(80);
    expect(queue.filter(({ delaySeconds }) => delaySeconds === 0)).toHaveLength(60);
    expect(Math.max(...queue.map(({ delaySeconds }) => delaySeconds))).toBe(600);
  });

  test("a client that asks for hundreds of addresses is refused, by form and by API, until a while later", async () => {
    const each = async (n: number) =>
      n % 2 === 0
        ? api(JSON.stringify({ email: `r${n}@example.com` }))
        : post("/daily/subscribe", { email: `r${n}@example.com` });
    for (let n = 0; n < 300; n += 1) expect((await each(n)).status).not.toBe(429);
    const refused = [await each(300), await each(301)];
    expect(refused.map(({ status }) => status)).toEqual([429, 429]);
    for (const { headers } of refused) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(queue).toHaveLength(300);
    clock += 61_000;
    expect((await each(302)).status).toBe(202);
  });
});

describe("the limit of a network", () => {
  const asks = (address: string, n: number) => {
    const body = JSON.stringify({ email: `r${n}@example.com` });
    const init = { method: "POST", body, headers: { "content-type": "application/json" } };
    return app.fetch(new Request("https://news.example.com/api/daily/subscribers", init), { address });
  };

  const address = (n: number) => `2001:db8:1:${n.toString(16)}::1`;

  test("holds for a stranger with many IPv6 addresses", async () => {
    for (let n = 0; n < 1200; n += 1) expect((await asks(address(n), n)).status).toBe(202);
    expect((await asks(address(1200), 1200)).status).toBe(429);
    expect((await asks("2001:db8:2::1", 1201)).status).toBe(202);
    clock += 16_000;
    expect((await asks(address(1201), 1202)).status).toBe(202);
  });

  test("isn't used up by one client that is refused", async () => {
    for (let n = 0; n < 1500; n += 1) await asks(address(1), n);
    expect((await asks(address(2), 1500)).status).toBe(202);
  });

  test("doesn't hold for 200 clients of one IPv4 network, if each stays below its own limit", async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 8_000; n += 1) statuses.add((await asks(`198.51.100.${n % 200}`, n)).status);
    expect(statuses).toEqual(new Set([202]));
  });
});

test("D3: a client that fills in the hidden field gets the usual answer, and nothing else", async () => {
  const usual = await post("/daily/subscribe", { email: "ann@example.com" });
  const trapped = await post("/daily/subscribe", { email: "ann@example.com", website: "https://spam.example" });
  expect([trapped.status, trapped.headers.get("location")]).toEqual([usual.status, usual.headers.get("location")]);
  expect(queue).toHaveLength(1);
});

describe("confirming", () => {
  test("D4: no GET, HEAD or prefetch of any link in the mail changes anything", async () => {
    await subscribe("ann@example.com");
    writes = 0;
    const link = linkIn(mails[0]);
    for (let times = 0; times < 50; times += 1) {
      expect((await get(link, { "sec-purpose": "prefetch" })).status).toBe(200);
      await app.fetch(new Request(`https://news.example.com${link}`, { method: "HEAD" }), visit);
    }
    expect(writes).toBe(0);
    expect(await statusOf("ann@example.com")).toBe("pending");
  });

  test("D5: one button subscribes, and the link says so from then on", async () => {
    await subscribe("ann@example.com");
    const link = linkIn(mails[0]);
    const page = await (await get(link)).text();
    expect(page.match(/<button/g)).toHaveLength(1);
    expect(page).toContain("a…@example.com");
    expect(page).not.toContain("ann@example.com");
    expect((await post(link)).status).toBe(200);
    expect(await statusOf("ann@example.com")).toBe("active");
    for (const again of [await post(link), await get(link)]) {
      expect(again.status).toBe(200);
      expect(await again.text()).toContain("You’re subscribed");
    }
    clock += 30 * DAY;
    expect(await (await get(link)).text()).toContain("You’re subscribed");
  });

  test("D6: the mail says what it is for, has one link, and no address in it", async () => {
    await subscribe("ann@example.com");
    const [mail] = mails;
    expect(mail).toMatchObject({ to: "ann@example.com", from: newsletter.from, replyTo: "ed@example.com" });
    expect(mail?.subject).toBe("Confirm your subscription to The Daily Test");
    expect(mail?.text.match(/https:/g)).toHaveLength(1);
    expect(mail?.html.match(/href="/g)).toHaveLength(1);
    expect(mail?.text).toContain("ignore this email");
    expect(mail?.text).toContain("1 Street");
    expect(`${mail?.html}${mail?.text}`).not.toContain("ann@");
  });

  test("D5: a reader who doesn't confirm is reminded once after a day; one who did is not", async () => {
    await subscribe("ann@example.com");
    await subscribe("bob@example.com");
    await post(linkIn(mails[1]));
    clock += DAY - 1;
    expect(await remind(ports)).toEqual({ reminded: 0 });
    clock += 2;
    expect(await remind(ports)).toEqual({ reminded: 1 });
    expect(await remind(ports)).toEqual({ reminded: 0 });
    expect(mails.slice(2).map(({ to, subject }) => [to, subject])).toEqual([
      ["ann@example.com", "Reminder: confirm your subscription to The Daily Test"],
    ]);
    await post(linkIn(mails[2]));
    expect(await statusOf("ann@example.com")).toBe("active");
  });

  test("D7: a link of eight days ago, and one that is not ours, say what to do next", async () => {
    await subscribe("ann@example.com");
    const link = linkIn(mails[0]);
    clock += 8 * DAY;
    for (const late of [await get(link), await post(link)]) {
      expect(late.status).toBe(410);
      expect(await late.text()).toContain("/daily/subscribe");
    }
    const forged = await post(link.replace(/.$/, (last) => (last === "0" ? "1" : "0")));
    expect(forged.status).toBe(404);
    expect(await forged.text()).toContain("subscribe");
    const unsubscribe = unsubscribeToken(keys, { newsletter: "daily", id: idOf("ann@example.com") });
    expect((await post(`/confirm/${unsubscribe}`)).status).toBe(404);
    expect(await statusOf("ann@example.com")).toBe("pending");
  });

  test("a mail that SES did not take is sent when the request comes again", async () => {
    await post("/daily/subscribe", { email: "ann@example.com" });
    const messages = queue.splice(0).map(({ request }, at) => ({ id: String(at), body: JSON.stringify(request) }));
    const throttled = { ...ports, sendOne: () => Promise.reject(new Error("Throttling")) };
    expect(await takeRequests(throttled, messages)).toEqual({ failed: ["0"] });
    expect(await takeRequests(ports, [...messages, ...messages, { id: "x", body: "{" }])).toEqual({ failed: [] });
    expect(mails).toHaveLength(1);
  });
});

describe("a welcome", () => {
  const confirmed = async () => {
    await subscribe("ann@example.com");
    const link = linkIn(mails[0]);
    await get(link);
    expect(queue).toEqual([]);
    await post(link);
    return link;
  };

  test("is asked for once confirmed, and again by a second press, but never by looking", async () => {
    const link = await confirmed();
    const request = { do: "welcome", newsletter: "daily", id: idOf("ann@example.com"), at: toInstant(clock) };
    expect(queue).toEqual([{ request, delaySeconds: 0 }]);
    await post(link);
    expect(queue).toHaveLength(2);
    await answer();
    expect(welcomed).toEqual([request.id, request.id]);
    expect(mails).toHaveLength(1);
  });

  test("is asked for again while an audience is being frozen", async () => {
    await confirmed();
    const messages = queue.splice(0).map(({ request }) => ({ id: "w", body: JSON.stringify(request) }));
    freezing = true;
    expect(await takeRequests(ports, messages)).toEqual({ failed: ["w"] });
    freezing = false;
    expect(await takeRequests(ports, messages)).toEqual({ failed: [] });
    expect(welcomed).toHaveLength(2);
  });
});

describe("subscribing again", () => {
  const again = async (status: SubscriberStatus) => {
    await put("ann@example.com", status);
    suppressed.add("ann@example.com");
    await subscribe("ann@example.com");
    return statusOf("ann@example.com");
  };

  test("the owner of a subscribed address gets a mail that says so, and nothing changes", async () => {
    await put("ann@example.com", "active");
    await subscribe("ann@example.com");
    expect(mails.map(({ subject }) => subject)).toEqual(["You’re already subscribed to The Daily Test"]);
    expect(await statusOf("ann@example.com")).toBe("active");
  });

  test.each<SubscriberStatus>(["left", "removed", "bounced"])(
    "who %s stays so until the link in the mail is used",
    async (status) => {
      suppressed.clear();
      await put("ann@example.com", status);
      await subscribe("ann@example.com");
      expect(await statusOf("ann@example.com")).toBe(status);
      await post(linkIn(mails[0]));
      expect(await statusOf("ann@example.com")).toBe("active");
    },
  );

  test("after a bounce SES's suppression is lifted, at most once in thirty days", async () => {
    await again("bounced");
    expect(mails).toHaveLength(1);
    suppressed.add("ann@example.com");
    clock += DAY;
    await subscribe("ann@example.com");
    expect(suppressed).toEqual(new Set(["ann@example.com"]));
    clock += 30 * DAY;
    await subscribe("ann@example.com");
    expect(suppressed.size).toBe(0);
  });

  test("after a complaint the form sends nothing; the signed link of an old email asks for a mail", async () => {
    expect(await again("complained")).toBe("complained");
    expect([mails.length, suppressed.size]).toEqual([0, 1]);
    const token = unsubscribeToken(keys, { newsletter: "daily", id: idOf("ann@example.com") });
    const page = await (await get(`/unsubscribe/${token}`)).text();
    expect(page).toContain(`action="/unsubscribe/${token}/again"`);
    await post(`/unsubscribe/${token}/again`);
    await answer();
    expect([mails.length, suppressed.size]).toEqual([1, 0]);
    expect(await statusOf("ann@example.com")).toBe("complained");
    await post(linkIn(mails[0]));
    expect(await statusOf("ann@example.com")).toBe("active");
  });
});

describe("D11, D12: leaving, and taking it back", () => {
  const leave = async () => {
    await put("ann@example.com", "active");
    const token = unsubscribeToken(keys, { newsletter: "daily", id: idOf("ann@example.com") });
    const page = await (await post(`/unsubscribe/${token}`)).text();
    return { token, undo: /action="(\/undo\/[^"]+)"/.exec(page)?.[1] ?? "" };
  };

  test("the answer offers to undo it, once it is done", async () => {
    const { undo } = await leave();
    expect(await statusOf("ann@example.com")).toBe("left");
    expect((await get(undo)).status).toBe(200);
    expect(await statusOf("ann@example.com")).toBe("left");
    const back = await post(undo);
    expect(await back.text()).toContain("You’re subscribed again");
    expect(await statusOf("ann@example.com")).toBe("active");
    expect((await post(undo)).status).toBe(200);
  });

  test("undo is for that one time: after another unsubscription or a day it is too late", async () => {
    const { token, undo } = await leave();
    await post(undo);
    clock += 3_600_000;
    await post(`/unsubscribe/${token}`);
    expect((await post(undo)).status).toBe(410);
    expect(await statusOf("ann@example.com")).toBe("left");
    clock += 2 * DAY;
    expect((await post(undo)).status).toBe(410);
  });

  test("a forwarded email does not bring back a reader who left", async () => {
    const { token } = await leave();
    clock += 3_600_000;
    for (const page of [await get(`/unsubscribe/${token}`), await post(`/unsubscribe/${token}`)])
      expect(await page.text()).not.toContain("/undo/");
  });
});

describe("D13: what is stored, and erasing it", () => {
  const openData = async () => {
    await subscribe("ann@example.com");
    await post(linkIn(mails[0]));
    const token = unsubscribeToken(keys, { newsletter: "daily", id: idOf("ann@example.com") });
    // A minute after confirming.
    clock += 60_000;
    await post(`/unsubscribe/${token}/data`);
    await answer();
    return linkIn(mails[1]);
  };

  test("the page shows all of it in words, the file as JSON, and only the mailed link opens them", async () => {
    const link = await openData();
    expect(mails[1]?.subject).toBe("Your data at The Daily Test");
    const page = await (await get(link)).text();
    for (const words of ["ann@example.com", "Subscribed", "Requested", "Confirmed"]) expect(page).toContain(words);
    const file = await get(`${link}/data.json`);
    expect(file.headers.get("content-type")).toBe("application/json");
    expect(await file.json()).toMatchObject({
      address: "ann@example.com",
      subscriptions: [
        {
          newsletter: "daily",
          subscriber: { status: "active" },
          history: [{ did: "requested", source: "web form", evidence: "192.0.2.0/24" }, { did: "confirmed" }],
        },
      ],
    });
    clock += 2 * DAY;
    expect((await get(link)).status).toBe(410);
    expect((await get(link.replace(/.$/, "x"))).status).toBe(404);
  });

  test("erasing leaves a mark and nothing else; the reader may come back by themselves", async () => {
    const link = await openData();
    await post(`${link}/erase`);
    const id = idOf("ann@example.com");
    expect(await statusOf("ann@example.com")).toBeUndefined();
    expect(await ports.consent.history("daily", id)).toEqual([]);
    expect(await ports.consent.contact("daily", id)).toBeUndefined();
    expect(await ports.consent.erased("daily", [id])).toEqual(new Set([id]));
    expect(await (await get(link)).text()).toContain("Your data is erased");
    expect((await post(`${link}/erase`)).status).toBe(200);
    await subscribe("ann@example.com");
    await post(linkIn(mails.at(-1)));
    expect(await statusOf("ann@example.com")).toBe("active");
    expect(await ports.consent.erased("daily", [id])).toEqual(new Set());
  });
});

describe("D13: who left is still stored, and can see and erase it alone", () => {
  test.each(["left", "bounced", "complained"] as const)("also who %s", async (status) => {
    const store = ports.subscribers;
    await subscribe("ann@example.com");
    await post(linkIn(mails[0]));
    const before = await store.get("daily", idOf("ann@example.com"));
    if (before === undefined) throw new Error("subscribed");
    clock += 60_000;
    await store.write("daily", [{ before, after: { ...before, status, changedAt: toInstant(clock) } }]);
    if (status !== "left") suppressed.add("ann@example.com");
    const token = unsubscribeToken(keys, { newsletter: "daily", id: before.id });
    expect(await (await get(`/unsubscribe/${token}`)).text()).toContain(`href="/unsubscribe/${token}/data"`);
    const page = await (await get(`/unsubscribe/${token}/data`)).text();
    expect(page).toContain("a…@example.com");
    expect(page).not.toContain("We store nothing");
    await post(`/unsubscribe/${token}/data`);
    await answer();
    expect(mails.at(-1)?.subject).toBe("Your data at The Daily Test");
    expect(await statusOf("ann@example.com")).toBe(status);
    await post(`${linkIn(mails.at(-1))}/erase`);
    expect(await statusOf("ann@example.com")).toBeUndefined();
    expect(await (await get(`/unsubscribe/${token}/data`)).text()).toContain("We store nothing");
  });
});

test("D7: the address that a button leaves in the browser shows the way on when it is opened again", async () => {
  await subscribe("ann@example.com");
  await post(linkIn(mails[0]));
  const token = unsubscribeToken(keys, { newsletter: "daily", id: idOf("ann@example.com") });
  const ways = [
    [`/unsubscribe/${token}/again`, `/unsubscribe/${token}`],
    [`/unsubscribe/${token}/address`, `/unsubscribe/${token}/preferences`],
    ["/undo/x/fewer", "/undo/x"],
    ["/manage/x/erase", "/manage/x"],
  ] as const;
  for (const [path, to] of ways) expect((await get(path)).headers.get("location")).toBe(to);
  const left = await (await post(`/unsubscribe/${token}`)).text();
  const undo = /action="(\/undo\/[^"]+)"/.exec(left)?.[1] ?? "";
  const opened = await get(undo);
  expect(opened.status).toBe(200);
  expect(await opened.text()).toContain(`action="${undo}"`);
  expect(await statusOf("ann@example.com")).toBe("left");
  clock += 2 * DAY;
  expect((await get(undo)).status).toBe(410);
});

describe("the API", () => {
  test("takes JSON, and answers 202", async () => {
    const answer = await api(JSON.stringify({ email: "ann@example.com" }));
    expect(answer.status).toBe(202);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await answer.json()).toEqual({ status: "accepted" });
  });

  test.each([
    ["{", "application/json", 400, "bad-request"],
    ["[]", "application/json", 400, "bad-request"],
    ['{"email": 7}', "application/json", 400, "bad-request"],
    ['{"email": "ann"}', "application/json", 422, "noAt"],
    ["email=ann@example.com", "application/x-www-form-urlencoded", 415, "bad-request"],
    [JSON.stringify({ email: "a".repeat(100_000) }), "application/json", 413, "bad-request"],
  ])("refuses %.40s as %s: %i", async (body, type, status, code) => {
    const answer = await api(body, type);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code } });
    expect(queue).toEqual([]);
  });

  test("may be asked by a script of any other site, whose browser asks first", async () => {
    const url = "https://news.example.com/api/daily/subscribers";
    const asked = await app.request(url, {
      method: "OPTIONS",
      headers: { origin: "https://blog.example", "access-control-request-method": "POST" },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe("*");
    expect(asked.headers.get("access-control-allow-methods")).toBe("POST");
    expect(asked.headers.get("access-control-allow-headers")?.toLowerCase()).toBe("content-type");
    for (const body of ['{"email":"ann@example.com"}', '{"email":"ann"}', "{"])
      expect((await api(body)).headers.get("access-control-allow-origin")).toBe("*");
  });

  test.each(["GET", "PUT", "DELETE"])("says in JSON that %s isn't allowed", async (method) => {
    const answer = await app.request("https://news.example.com/api/daily/subscribers", { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    expect(await answer.json()).toMatchObject({ error: { code: "method-not-allowed" } });
  });

  test("knows its newsletters only, and describes itself", async () => {
    expect((await api("{}", "application/json", "nope")).status).toBe(404);
    expect(await (await get("/api/openapi.json")).json()).toMatchObject({ openapi: "3.1.0" });
  });
});

describe("D17: languages", () => {
  test("a page is in the reader's language, by its address, then by the browser, then the newsletter's", async () => {
    const language = async (path: string, headers: Record<string, string> = {}) =>
      /<html lang="([^"]+)" dir="([^"]+)"/.exec(await (await get(path, headers)).text())?.slice(1, 3);
    expect(await language("/weekly/subscribe")).toEqual(["de-AT", "ltr"]);
    expect(await language("/weekly/subscribe", { "accept-language": "xx, fr-CH;q=0.8, ar;q=0.5" })).toEqual([
      "fr",
      "ltr",
    ]);
    expect(await language("/weekly/subscribe?lang=ar", { "accept-language": "fr" })).toEqual(["ar", "rtl"]);
    expect(await language("/weekly/subscribe?lang=constructor")).toEqual(["de-AT", "ltr"]);
    expect(await language("/daily/subscribe", { "accept-language": "de-DE" })).toEqual(["de", "ltr"]);
  });

  test("a form that comes back stays in its language", async () => {
    const body = await (await post("/daily/subscribe", { email: "ann@", lang: "ar" })).text();
    expect(body).toContain('<html lang="ar" dir="rtl">');
    const done = await post("/daily/subscribe", { email: "ann@example.com", lang: "ar" });
    expect(done.headers.get("location")).toBe("/daily/subscribed?lang=ar");
  });

  test("the mail is in the language of the form", async () => {
    await post("/daily/subscribe?lang=fr", { email: "ann@example.com" });
    await answer();
    expect(mails[0]?.subject).toBe("Confirmez votre abonnement à The Daily Test");
    expect(mails[0]?.html).toContain('<html lang="fr" dir="ltr">');
  });
});
