import { describe, expect, test } from "vitest";
import { type Config, type ConfigInput, defineConfig } from "#domain/config.ts";
import {
  type AccountFacts,
  diagnoseAccount,
  type IdentityFacts,
  identitiesOf,
} from "#domain/doctor/diagnose-account.ts";
import { diagnoseConfig } from "#domain/doctor/diagnose-config.ts";
import { diagnoseBootstrap, diagnoseStack, type StackFacts, silentWebsite } from "#domain/doctor/diagnose-stack.ts";
import { diagnoseSystem, lostEvents, type SystemFacts } from "#domain/doctor/diagnose-system.ts";
import type { Diagnosis } from "#domain/doctor/diagnosis.ts";
import type { EditionOutlook } from "#domain/edition/timing/outlook.ts";

const newsletter = {
  title: "Harbour News",
  from: { name: "Harbour News", address: "desk@news.harbour.org" },
  postalAddress: "2 Quay, Port",
  editors: ["ed@harbour.org"],
};
const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const configOf = (changes: Partial<ConfigInput> = {}): Config =>
  defineConfig({
    newsletters: { daily: newsletter },
    operator: "olga@harbour.org",
    site: { domain: "www.harbour.org", certificate },
    ...changes,
  });
const ids = (found: readonly Diagnosis[]) => found.map(({ id }) => id);

const account: AccountFacts = {
  region: "eu-west-1",
  sandbox: false,
  sending: true,
  enforcement: "HEALTHY",
  rate: 14,
  quota: 50_000,
  concurrency: 1_000,
  identities: new Map(),
  sentLast24Hours: 100,
  clockOffset: 0,
};
const identity = (changes: Partial<IdentityFacts> = {}): IdentityFacts => ({
  ...{ verified: true, dkim: "SUCCESS", mailFrom: null, dkimRecords: [] },
  ...changes,
});
const known = (name: string, changes: Partial<IdentityFacts> = {}) => new Map([[name, identity(changes)]]);
const stack: StackFacts = {
  name: "broadsheet",
  status: "UPDATE_COMPLETE",
  outputs: new Map(),
  alarms: [{ name: "broadsheet-no-edition", state: "OK", armed: true }],
  subscriptions: { confirmed: 1, pending: 0 },
  table: { name: "news", recovery: true, forgets: true, protected: true },
  drift: [],
};
const now = Date.parse("2026-11-30T08:00:00Z");
const next = (kind: EditionOutlook["kind"], at: string | null, isUrgent = false) => ({
  ...{ newsletter: "daily", date: "2026-11-30" },
  outlook: { kind, at, isUrgent, text: "It is as it is." },
});
const system: SystemFacts = {
  sources: [{ id: "gazette", url: "https://gazette.org/feed", failures: 0, lastError: null }],
  dead: [{ queue: "kicks", dead: 0 }],
  editions: [
    { newsletter: "daily", date: "2026-11-30", state: "finished", audience: 10_000 },
    { newsletter: "daily", date: "2026-11-29", state: "finished", audience: 9_000 },
    { newsletter: "weekly", date: "2026-11-29", state: "finished", audience: 2_000 },
  ],
  next: [next("goes-out", "2026-12-01T07:00:00.000Z")],
  health: { unreadable: [], restored: false, leaseUntil: "2026-11-30T08:00:10.000Z", quota: 50_000 },
  keys: [{ use: "link", isOwn: true, since: "2026-11-01T00:00:00.000Z" }],
  unknownNewsletters: [],
};

const isOpen = (url: string) => (url.includes("//10.") ? "10.0.0.7 is not a public internet address." : null);
const [gazette] = system.sources;
if (gazette === undefined) throw new Error("There is no source.");

test("finds nothing if nothing is wrong", () => {
  expect(diagnoseConfig(configOf(), isOpen)).toEqual([]);
  expect(diagnoseAccount(configOf(), account, { deployed: false })).toEqual([]);
  expect(diagnoseAccount(configOf(), { ...account, clockOffset: -1_900 }, { deployed: false })).toEqual([]);
  expect(diagnoseSystem(system, now)).toEqual([]);
  expect(diagnoseStack(stack)).toEqual([]);
  expect(diagnoseBootstrap({ bootstrapped: true, leftOver: null }, "broadsheet")).toEqual([]);
});

describe("one fault at a time is named by its id", () => {
  test.each<[string, Partial<ConfigInput>]>([
    ["example-address", { newsletters: { daily: { ...newsletter, editors: ["ed@broadsheet.example"] } } }],
    ["example-address", { newsletters: { daily: { ...newsletter, editors: ["ed@example.org"] } } }],
    ["example-postal-address", { newsletters: { daily: { ...newsletter, postalAddress: "1 Example Street" } } }],
    ["no-editors", { newsletters: { daily: { ...newsletter, editors: [] } } }],
    ["no-operator", { operator: undefined }],
    ["no-domain", { site: {} }],
    ["source-closed", { sources: [{ url: "http://10.0.0.7/feed.xml" }] }],
  ])("%s in the config", (id, changes) => {
    expect(ids(diagnoseConfig(configOf(changes), isOpen))).toEqual([id]);
  });

  test.each<[string, Partial<AccountFacts>, { deployed: boolean }, Partial<ConfigInput>]>([
    ["ses-stopped", { sending: false }, { deployed: false }, {}],
    ["ses-stopped", { enforcement: "SHUTDOWN" }, { deployed: true }, { identities: "create" }],
    ["ses-review", { enforcement: "PROBATION" }, { deployed: false }, {}],
    ["ses-sandbox", { sandbox: true, quota: 200, rate: 1 }, { deployed: false }, {}],
    ["lambda-concurrency", { concurrency: 10 }, { deployed: true }, {}],
    ["lambda-concurrency", { concurrency: 50, rate: 10_000 }, { deployed: true }, { delivery: { senders: 2 } }],
    ["sender-count", { rate: 5_001 }, { deployed: true }, {}],
    ["sender-count", { rate: 20_000 }, { deployed: true }, { delivery: { senders: 3 } }],
    ["sender-count", { rate: 999 }, { deployed: false }, { delivery: { senders: 2 } }],
    ["quota-used", { sentLast24Hours: 50_000 }, { deployed: true }, {}],
    ["quota-nearly-used", { sentLast24Hours: 46_000 }, { deployed: true }, {}],
    ["clock-skewed", { clockOffset: 400_000 }, { deployed: true }, {}],
    ["dkim-failing", { identities: known("news.harbour.org", { dkim: "FAILED" }) }, { deployed: true }, {}],
    [
      "mail-from-failing",
      { identities: known("news.harbour.org", { mailFrom: { domain: "bounces.news.harbour.org", status: "FAILED" } }) },
      { deployed: true },
      {},
    ],
    ["identity-exists", { identities: known("news.harbour.org") }, { deployed: false }, {}],
    ["sender-unverified", {}, { deployed: false }, { identities: "existing" }],
    ["sender-unverified", { identities: known("news.harbour.org", { verified: false }) }, { deployed: true }, {}],
  ])("%s in the account", (id, facts, when, changes) => {
    const identities = when.deployed && facts.identities === undefined ? known("news.harbour.org") : new Map();
    const found = diagnoseAccount(configOf(changes), { ...account, identities, ...facts }, when);
    expect(ids(found)).toEqual([id]);
  });

  test.each([
    [1, 5_000, 1],
    [2, 1_000, 1],
    [4, 20_000, 1],
    [4, 40_000, 0.5],
    [8, 100_000, 1],
  ])("%i senders at %i recipients a second, of which a share of %d is ours, are well", (senders, rate, share) => {
    const found = diagnoseAccount(
      configOf({ delivery: { senders, share } }),
      { ...account, rate },
      { deployed: false },
    );
    expect(found).toEqual([]);
  });

  test("a new account, before the first deployment: Lambda's limit, and CloudFront may refuse", () => {
    const found = diagnoseAccount(configOf(), { ...account, concurrency: 10 }, { deployed: false });
    expect(ids(found)).toEqual(["lambda-concurrency", "cloudfront-unverified"]);
  });

  test.each<[string, Partial<StackFacts>]>([
    ["stack-failed", { status: "UPDATE_ROLLBACK_FAILED" }],
    ["stack-failed", { status: "UPDATE_FAILED" }],
    ["first-deploy-failed", { status: "ROLLBACK_COMPLETE" }],
    ["first-deploy-failed", { status: "DELETE_FAILED" }],
    ["alarms-disarmed", { alarms: [{ name: "broadsheet-no-edition", state: "OK", armed: false }] }],
    ["table-unprotected", { table: { name: "news", recovery: false, forgets: true, protected: true } }],
    ["deploy-rolled-back", { status: "UPDATE_ROLLBACK_COMPLETE" }],
    ["alarm", { alarms: [{ name: "broadsheet-no-edition", state: "ALARM", armed: true }] }],
    ["alarms-unconfirmed", { subscriptions: { confirmed: 0, pending: 1 } }],
    ["alarms-unconfirmed", { subscriptions: { confirmed: 0, pending: 0 } }],
    ["resource-deleted", { drift: [{ resource: "mailToFeedback", type: "AWS::Events::Rule", deleted: true }] }],
    ["resource-changed", { drift: [{ resource: "QueuePolicy", type: "AWS::SQS::QueuePolicy", deleted: false }] }],
  ])("%s in the stack", (id, facts) => {
    expect(ids(diagnoseStack({ ...stack, ...facts }))).toEqual([id]);
  });

  test("not-bootstrapped and what a failed first deployment left", () => {
    expect(ids(diagnoseBootstrap({ bootstrapped: false, leftOver: "ROLLBACK_COMPLETE" }, "broadsheet"))).toEqual([
      "not-bootstrapped",
      "first-deploy-failed",
    ]);
  });

  test("a verified parent domain is enough", () => {
    const identities = known("harbour.org");
    expect(
      diagnoseAccount(configOf({ identities: "existing" }), { ...account, identities }, { deployed: true }),
    ).toEqual([]);
    expect(identitiesOf("a@news.harbour.org")).toEqual(["a@news.harbour.org", "news.harbour.org", "harbour.org"]);
  });

  test.each<[string, Partial<SystemFacts>]>([
    ["config-drift", { unknownNewsletters: ["weekly"] }],
    ["no-sources", { sources: [] }],
    ["source-broken", { sources: [{ ...gazette, failures: 5, lastError: "It answers 404." }] }],
    ["item-unreadable", { health: { ...system.health, unreadable: ["item SENDER # is sender version 2"] } }],
    ["table-restored", { health: { ...system.health, restored: true } }],
    ["keys-foreign", { health: { ...system.health, otherKeys: ["daily"] } }],
    ["sender-stuck", { health: { ...system.health, leaseUntil: "2026-11-30T09:00:00.000Z" } }],
    ["edition-late", { next: [next("going-out", "2026-11-30T07:45:00.000Z")] }],
    ["edition-missed", { next: [next("window-passed", null, true)] }],
    ["edition-waits", { next: [next("needs-approval", "2026-11-30T08:30:00.000Z", true)] }],
    ["quota-small", { health: { ...system.health, quota: 15_000 } }],
    ["quota-small", { health: { ...system.health, quota: 11_000 } }],
    ["dead-letters", { dead: [{ queue: "feedback", dead: 3 }] }],
    ["edition-stopped", { editions: [{ newsletter: "daily", date: "2026-11-30", state: "held", audience: 5 }] }],
    ["keys-shared", { keys: [{ use: "link", isOwn: false, since: null }] }],
    ["keys-old", { keys: [{ use: "link", isOwn: true, since: "2025-10-01T00:00:00.000Z" }] }],
    ["keys-unreadable", { keys: "keys list failed: Secrets Manager can't find the specified secret." }],
  ])("%s in the running system", (id, facts) => {
    expect(ids(diagnoseSystem({ ...system, ...facts }, now))).toEqual([id]);
  });
});

test("each finding says what, why and what to do", () => {
  const config = defineConfig({ newsletters: { daily: { ...newsletter, editors: [], postalAddress: "Example" } } });
  const worst = {
    ...account,
    sending: false,
    sandbox: true,
    concurrency: 10,
    identities: known("news.harbour.org", { verified: false }),
  };
  const found = [...diagnoseConfig(config, isOpen), ...diagnoseAccount(config, worst, { deployed: true })];
  expect(found.length).toBeGreaterThan(6);
  for (const { what, cause, fix } of found) {
    expect(what).toMatch(/^\S.*\.$/);
    expect(cause).toMatch(/\.$/);
    expect(fix.length).toBeGreaterThan(10);
  }
});

test.each([
  ["UPDATE_ROLLBACK_FAILED", "continue-update-rollback"],
  ["UPDATE_FAILED", "rollback-stack"],
  ["DELETE_FAILED", "delete-stack"],
])("the fix of a stack that is %s is what CloudFormation takes then: %s", (status, command) => {
  expect(diagnoseStack({ ...stack, status })[0]?.fix).toContain(`aws cloudformation ${command} `);
});

test.each(["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"])(
  "a stack that is being deployed isn't a fault: %s",
  (status) => {
    expect(diagnoseStack({ ...stack, status })).toEqual([]);
  },
);

test("a table that lost its protection is fixed by one line", () => {
  const [found] = diagnoseStack({
    ...stack,
    table: { name: "news", recovery: false, forgets: false, protected: false },
  });
  expect(found?.what).toBe("The table news lacks point-in-time recovery, time to live, protection against deletion.");
  expect(found?.fix.split(" && ").map((one) => one.split(" ")[2])).toEqual([
    ...["update-continuous-backups", "update-time-to-live", "update-table"],
  ]);
});

test.each([
  [{ status: 503 }, "runbook"],
  [{ code: "ENOTFOUND" }, "broadsheet dns"],
  [{ code: "CERT_HAS_EXPIRED" }, "describe-certificate"],
  [{ code: "ERR_TLS_CERT_ALTNAME_INVALID" }, "describe-certificate"],
])("a website that doesn't answer is fixed by its cause: %o", (answer, fix) => {
  expect(silentWebsite("https://news.harbour.org", answer).fix).toContain(fix);
});

test("events that don't arrive are named", () => {
  expect(lostEvents(["bounce", "complaint"], 90).what).toContain("bounce, complaint");
});
