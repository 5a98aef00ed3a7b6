import { describe, expect, test } from "vitest";
import { type Config, type ConfigInput, defineConfig } from "#domain/config.ts";
import {
  type AccountFacts,
  type Diagnosis,
  diagnoseAccount,
  diagnoseConfig,
  diagnoseSystem,
  identitiesOf,
} from "#domain/doctor/diagnosis.ts";

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
};
const system = {
  sources: [{ id: "gazette", failures: 0, lastError: null }],
  dead: [{ queue: "kicks", dead: 0 }],
  editions: [{ newsletter: "daily", date: "2026-11-30", state: "finished" }],
  keys: [{ use: "link", isOwn: true }],
  unknownNewsletters: [],
};

test("nothing is found where nothing is wrong", () => {
  expect(diagnoseConfig(configOf())).toEqual([]);
  expect(diagnoseAccount(configOf(), account, { deployed: false })).toEqual([]);
  expect(diagnoseSystem(system)).toEqual([]);
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
    ["lambda-concurrency", { concurrency: 10 }, { deployed: false }, {}],
    ["identity-exists", { identities: new Map([["news.harbour.org", true]]) }, { deployed: false }, {}],
    ["sender-unverified", {}, { deployed: false }, { identities: "existing" }],
    ["sender-unverified", { identities: new Map([["news.harbour.org", false]]) }, { deployed: true }, {}],
  ])("%s in the account", (id, facts, when, changes) => {
    const identities =
      when.deployed && facts.identities === undefined ? new Map([["news.harbour.org", true]]) : new Map();
    const found = diagnoseAccount(configOf(changes), { ...account, identities, ...facts }, when);
    expect(ids(found)).toEqual([id]);
  });

  test("a verified parent domain is enough", () => {
    const identities = new Map([["harbour.org", true]]);
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
    ["keys-shared", { keys: [{ use: "link", isOwn: false }] }],
  ])("%s in the running system", (id, facts) => {
    expect(ids(diagnoseSystem({ ...system, ...facts }))).toEqual([id]);
  });
});

test("each finding says what, why and what to do", () => {
  const config = defineConfig({ newsletters: { daily: { ...newsletter, editors: [], postalAddress: "Example" } } });
  const worst = {
    ...account,
    sending: false,
    sandbox: true,
    concurrency: 10,
    identities: new Map([["news.harbour.org", false]]),
  };
  const found = [...diagnoseConfig(config), ...diagnoseAccount(config, worst, { deployed: true })];
  expect(found.length).toBeGreaterThan(6);
  for (const { what, cause, fix } of found) {
    expect(what).toMatch(/^\S.*\.$/);
    expect(cause).toMatch(/\.$/);
    expect(fix.length).toBeGreaterThan(10);
  }
});
