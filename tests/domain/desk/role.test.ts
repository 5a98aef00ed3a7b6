import { expect, test } from "vitest";
import { roleOf } from "#domain/desk/role.ts";

const someone = (email: string | null, groups: string[] = []) => ({ id: "s1", name: "Ann", email, groups });

test("a role comes from the list of people by address, in any case, before the groups", () => {
  const people = [{ email: "Ann@harbour.example", role: "editor" as const }];
  expect(roleOf(people, someone("ann@HARBOUR.example", ["operator"]))).toBe("editor");
  expect(roleOf(people, someone("bo@harbour.example", ["approver"]))).toBe("approver");
});

test("of several groups the highest role counts, and other groups give none", () => {
  expect(roleOf([], someone(null, ["viewer", "approver", "editor", "staff"]))).toBe("approver");
  expect(roleOf([], someone(null, ["staff"]))).toBeUndefined();
});

test("an address that the provider doesn't vouch for is no one on the list", () => {
  expect(roleOf([{ email: "ann@harbour.example", role: "operator" }], someone(null))).toBeUndefined();
});
