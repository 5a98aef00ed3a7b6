import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { measureSkew } from "#adapters/dynamo/skew.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { sesAccount, sesIdentities, sesOne } from "#adapters/ses/one.ts";
import { sesUnsuppress } from "#adapters/ses/suppression.ts";
import { SINGLE_MAIL } from "#domain/delivery/resolving/event.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

const aws = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
let ses: RunningSes;
let client: SESv2Client;

beforeAll(async () => {
  ses = await startSes({ port: 0, verifyAll: false, account: { rate: 14, quota: 50_000, verifyAll: false } });
  client = new SESv2Client({ ...aws, endpoint: ses.url });
  await fetch(`${ses.url}/_control/identities/news.example`, { method: "PUT", body: "{}" });
  await fetch(`${ses.url}/_control/identities/me%40one.example`, { method: "PUT", body: "{}" });
  await fetch(`${ses.url}/_control/account`, { method: "PATCH", body: '{"verifyAll":true}' });
});
afterAll(async () => {
  client.destroy();
  await ses.close();
});

describe("SES, one mail at a time", () => {
  test("mails text and HTML with the headers given", async () => {
    const id = await sesOne(
      "set",
      client,
    )({
      ...{ from: { name: "Zürich News", address: "editor@news.example" }, replyTo: "desk@news.example" },
      ...{ to: "ann@example.org", subject: "Grüße", html: "<p>Grüße</p>", text: "Grüße" },
      headers: [{ name: "X-Trial", value: "1" }],
    });
    expect(id).not.toBe("");
    const source = await (await fetch(`${ses.inboxUrl}/messages/${id}.eml`)).text();
    expect(source).toMatch(/^X-Trial: 1/m);
    expect(source).toMatch(/^Reply-To: .*desk@news\.example/m);
    expect(source).toMatch(/^From: .*editor@news\.example/m);
    expect(await (await fetch(`${ses.inboxUrl}/messages/${id}.html`)).text()).toContain("<p>Grüße</p>");
  });

  test("mails notices that are text alone", async () => {
    const id = await sesOne(
      "set",
      client,
    )({
      ...{ from: { name: "News", address: "editor@news.example" }, replyTo: "desk@news.example" },
      ...{ to: "ann@example.org", subject: "A notice", html: "", text: "Look." },
    });
    expect(await (await fetch(`${ses.inboxUrl}/messages/${id}.txt`)).text()).toContain("Look.");
  });

  test("says what the account may", async () => {
    expect(await sesAccount(client)()).toEqual({ rate: 14, quota: 50_000, sent24: 2, plan: "essentials" });
    await fetch(`${ses.url}/_control/account`, { method: "PATCH", body: '{"quota":-1,"plan":"NONE"}' });
    expect(await sesAccount(client)()).toMatchObject({ quota: null, plan: "none" });
  });

  test("knows senders verified by address, by domain or by a domain above", async () => {
    await fetch(`${ses.url}/_control/account`, { method: "PATCH", body: '{"verifyAll":false}' });
    const verified = sesIdentities(client);
    expect(await verified("editor@news.example")).toBe(true);
    expect(await verified("editor@Deep.news.example")).toBe(true);
    expect(await verified("me@one.example")).toBe(true);
    expect(await verified("you@one.example")).toBe(false);
    expect(await verified("editor@example")).toBe(false);
  });
});

describe("the table's clock", () => {
  let server: TestTable;
  beforeAll(async () => {
    server = await startTable();
  });
  afterAll(() => server.close());

  test.each([
    [0, 0, 0],
    [-7_000, -8_100, -6_000],
    [9_000, 7_900, 9_100],
  ])("is compared with ours: %d ms ahead", async (ahead, least, most) => {
    const own = new DynamoDBClient({ ...aws, endpoint: server.endpoint });
    const table = openTable("test", own);
    const skew = measureSkew(table, () => Date.now() + ahead);
    expect(skew()).toBe(0);
    await table.document.send(new ListTablesCommand({}));
    expect(skew()).toBeGreaterThanOrEqual(least);
    expect(skew()).toBeLessThanOrEqual(most);
    own.destroy();
  });
});

/** A client whose requests go nowhere: each is kept, and answered as told. */
function spied(answer: () => object): { client: SESv2Client; inputs: unknown[] } {
  const own = new SESv2Client({ ...aws, endpoint: "http://127.0.0.1:9", maxAttempts: 1 });
  const inputs: unknown[] = [];
  vi.spyOn(own, "send").mockImplementation(async (command: { input: unknown }) => {
    inputs.push(command.input);
    return answer();
  });
  return { client: own, inputs };
}

test("a single mail is never tracked, and is known as one when its events come", async () => {
  const { client: own, inputs } = spied(() => ({ MessageId: "m" }));
  const mail = { from: { name: "News", address: "editor@news.example" }, replyTo: "desk@news.example" };
  await sesOne("set", own)({ ...mail, to: "ann@example.org", subject: "S", html: "", text: "T" });
  expect(inputs).toMatchObject([
    {
      ConfigurationSetName: "set",
      ConfigurationOverrides: { Tracking: { OpenTrackingEnabled: "DISABLED", ClickTrackingEnabled: "DISABLED" } },
      EmailTags: [{ Name: SINGLE_MAIL.name, Value: SINGLE_MAIL.value }],
    },
  ]);
});

describe("SES's suppression list", () => {
  const fails = (name: string) => () => {
    throw Object.assign(new Error("no"), { name });
  };

  test("gives up an address, and one that isn't on it is fine", async () => {
    const { client: own, inputs } = spied(() => ({}));
    await sesUnsuppress(own)("ann@example.org");
    expect(inputs).toEqual([{ EmailAddress: "ann@example.org" }]);
    await sesUnsuppress(spied(fails("NotFoundException")).client)("ann@example.org");
  });

  test("that doesn't answer is an error: the address may still be on it", async () => {
    for (const name of ["TooManyRequestsException", "TimeoutError"])
      await expect(sesUnsuppress(spied(fails(name)).client)("ann@example.org")).rejects.toThrow("no");
  });
});

test("an error of SES repeats no address, in its message or its stack: it is logged", async () => {
  const refused = () => {
    throw new Error("Email address is not verified. The following identities failed the check: ann@example.org");
  };
  const mail = { from: { name: "News", address: "editor@news.example" }, replyTo: "desk@news.example" };
  const asked = [
    sesOne("set", spied(refused).client)({ ...mail, to: "ann@example.org", subject: "S", html: "", text: "T" }),
    sesUnsuppress(spied(refused).client)("ann@example.org"),
  ];
  for (const answer of asked) {
    const error = await answer.catch((thrown: unknown) => thrown);
    if (!(error instanceof Error)) throw new Error("it must fail");
    expect(error.message).toMatch(/failed the check: \(address\)$/);
    expect(error.stack).not.toContain("ann");
  }
});
