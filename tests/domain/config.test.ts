import { expect, test } from "vitest";
import { InvalidConfig } from "#domain/config/invalid-config.ts";
import { type ConfigInput, defineConfig } from "#domain/config.ts";

const daily = { title: "Daily", from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" };

const faultsOf = (input: object) => {
  try {
    defineConfig(input as ConfigInput);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    return error.faults.map(({ path, problem }) => `${path}: ${problem}`);
  }
};

test("what is left out has a default", () => {
  const config = defineConfig({ newsletters: { daily } });
  expect(config).toMatchObject({ name: "broadsheet", sources: [], allowOrigins: [] });
  expect(config.newsletters.daily).toMatchObject({ language: "en", timeZone: "UTC", mode: "auto", headlines: 17 });
});

test("with an identity provider of one's own, Cognito's rules for names don't count", () => {
  const desk = { issuer: "https://id.example", clientId: "desk" };
  expect(faultsOf({ newsletters: { daily }, name: "my-aws-news", desk })).toEqual([]);
});

test("executions are kept only for functions that exist, and at least one", () => {
  for (const reserved of [{ sender: 1 }, { send: 0 }]) {
    expect(faultsOf({ newsletters: { daily }, reserved })).toEqual([expect.stringContaining("reserved.send")]);
  }
  expect(faultsOf({ newsletters: { daily }, reserved: { send: 2 } })).toEqual([]);
});

test("every fault is reported with its path", () => {
  const broken = { ...daily, timeZone: "Mars/Olympus", sendAt: "25:00", from: { name: "", address: "ed" }, colour: 1 };
  const faults = faultsOf({ newsletters: { daily: broken }, sources: [{ url: "ftp://example.com" }] });
  for (const path of ["newsletters.daily.timeZone", "newsletters.daily.sendAt", "newsletters.daily.from.address"]) {
    expect(faults).toContainEqual(expect.stringContaining(path));
  }
  expect(faults).toContain("newsletters.daily.colour: no such setting");
  expect(faults).toContainEqual(expect.stringContaining("sources.0.url"));
});

test.each([
  [{}, "newsletters"],
  [{ newsletters: {} }, "at least one newsletter"],
  [{ newsletters: { daily }, formerNewsletters: ["daily"] }, "daily is in newsletters too"],
  [{ newsletters: { "The Daily": daily } }, "newsletters.The Daily: newsletter: lower-case letters"],
  [{ newsletters: { unsubscribe: daily } }, "newsletters.unsubscribe: the website has pages of that name"],
  [{ newsletters: { daily: { ...daily, title: "" } } }, "newsletters.daily.title: must not be empty"],
  [{ newsletters: { daily: { ...daily, title: "A\nB" } } }, "newsletters.daily.title: one line of text"],
  [
    { newsletters: { daily: { ...daily, from: { name: "Ed\r\nBcc: a@example.com", address: "ed@example.com" } } } },
    "newsletters.daily.from.name: one line of text",
  ],
  [{ newsletters: { daily }, newsletter: {} }, "newsletter: no such setting"],
  [{ newsletters: { daily }, name: "1st-news" }, "name: must begin with a letter"],
  [{ newsletters: { daily }, name: "my-aws-news" }, 'name: contains "aws", which Cognito refuses'],
])("%j is refused", (input, fault) => {
  expect(faultsOf(input)).toContainEqual(expect.stringContaining(fault));
});

test.each([
  [{ issuer: "https://id.example" }, "desk.clientId: issuer and clientId are given together"],
  [{ issuer: "http://id.example", clientId: "desk" }, "desk.issuer: not an https address"],
  [{ clientSecret: "arn:aws:secretsmanager:x" }, "desk.clientSecret: only with an issuer"],
  [{ people: [{ email: "ed@example.com", role: "boss" }] }, "desk.people.0.role"],
  [
    {
      people: [
        { email: "ed@example.com", role: "editor" },
        { email: "Ed@Example.com", role: "viewer" },
      ],
    },
    "desk.people: an address is there twice",
  ],
])("desk %j: %s", (desk, fault) => {
  expect(faultsOf({ newsletters: { daily }, desk })).toContainEqual(expect.stringContaining(fault));
});
