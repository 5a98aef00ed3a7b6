import { describe, expect, test } from "vitest";
import { type Config, type ConfigInput, defineConfig } from "#domain/config.ts";
import {
  type AccountFacts,
  diagnoseAccount,
  type IdentityFacts,
  identitiesOf,
} from "#domain/doctor/diagnose-account.ts";
import { diagnoseConfig } from "#domain/doctor/diagnose-config.ts";
import { diagnoseBootstrap, diagnoseStack, type StackFacts } from "#domain/doctor/diagnose-stack.ts";
import { diagnoseSystem } from "#domain/doctor/diagnose-system.ts";
import type { Diagnosis } from "#domain/doctor/diagnosis.ts";

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
  alarms: [{ name: "broadsheet-no-edition", state: "OK", actions: 1 }],
  subscriptions: { confirmed: 1, pending: 0 },
  drift: [],
};
const now = Date.parse("2026-11-30T08:00:00Z");
const system = {
  sources: [{ id: "gazette", failures: 0, lastError: null }],
  dead: [{ queue: "kicks", dead: 0 }],
  editions: [{ newsletter: "daily", date: "2026-11-30", state: "finished" }],
  keys: [{ use: "link", isOwn: true, since: "2026-11-01T00:00:00.000Z" }],
  unknownNewsletters: [],
};

test("finds nothing if nothing is wrong", () => {
  expect(diagnoseConfig(configOf())).toEqual([]);
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
  ])("%s in the config", (id, changes) => {
    expect(ids(diagnoseConfig(configOf(changes)))).toEqual([id]);
  });

  test.each<[string, Partial<AccountFacts>, { deployed: boolean }, Partial<ConfigInput>]>([
    ["ses-stopped", { sending: false }, { deployed: false }, {}],
    ["ses-stopped", { enforcement: "SHUTDOWN" }, { deployed: true }, { identities: "create" }],
    ["ses-review", { enforcement: "PROBATION" }, { deployed: false }, {}],
    ["ses-sandbox", { sandbox: true, quota: 200, rate: 1 }, { deployed: false }, {}],
    ["lambda-concurrency", { concurrency: 10 }, { deployed: true }, {}],
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

  test("a new account, before the first deployment: Lambda's limit, and CloudFront may refuse", () => {
    const found = diagnoseAccount(configOf(), { ...account, concurrency: 10 }, { deployed: false });
    expect(ids(found)).toEqual(["lambda-concurrency", "cloudfront-unverified"]);
  });

  test.each<[string, Partial<StackFacts>]>([
    ["stack-failed", { status: "UPDATE_ROLLBACK_FAILED" }],
    ["deploy-rolled-back", { status: "UPDATE_ROLLBACK_COMPLETE" }],
    ["alarm", { alarms: [{ name: "broadsheet-no-edition", state: "ALARM", actions: 1 }] }],
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

  test.each([
    ["config-drift", { unknownNewsletters: ["weekly"] }],
    ["no-sources", { sources: [] }],
    ["source-broken", { sources: [{ id: "gazette", failures: 5, lastError: "It answers 404." }] }],
    ["dead-letters", { dead: [{ queue: "feedback", dead: 3 }] }],
    ["edition-stopped", { editions: [{ newsletter: "daily", date: "2026-11-30", state: "held" }] }],
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
  const found = [...diagnoseConfig(config), ...diagnoseAccount(config, worst, { deployed: true })];
  expect(found.length).toBeGreaterThan(6);
  for (const { what, cause, fix } of found) {
    expect(what).toMatch(/^\S.*\.$/);
    expect(cause).toMatch(/\.$/);
    expect(fix.length).toBeGreaterThan(10);
  }
});
