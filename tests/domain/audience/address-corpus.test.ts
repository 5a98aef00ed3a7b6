import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { identityOf, judgeAddress } from "#domain/audience/address.ts";

/**
 * A corpus of addresses from elsewhere, if CORPORA names a folder that has one: `email/addresses.json` with a verdict for
 * each. One of its accepted addresses has a top-level domain of one letter, which the root of the DNS does not have.
 */
const folder = process.env.CORPORA ?? "";
const file = join(folder, "email/addresses.json");
const Cases = z.array(
  z.object({ address: z.string(), verdict: z.string(), accept_after_trim_ok: z.boolean().optional() }),
);
const Pairs = z.array(z.object({ a: z.string(), b: z.string(), same_subscriber: z.boolean().nullable() }));
const isThere = folder !== "" && existsSync(file);
const cases = isThere ? Cases.parse(JSON.parse(readFileSync(file, "utf8"))) : [];
const pairs = isThere ? Pairs.parse(JSON.parse(readFileSync(join(folder, "email/same_or_not.json"), "utf8"))) : [];

describe.skipIf(!isThere)("the corpus of addresses (CORPORA)", () => {
  test("what should be accepted is, and nothing else", () => {
    const hasOneLetterTop = (address: string) => /\.[a-z]$/i.test(address);
    const wrong = cases.filter(({ address, verdict, accept_after_trim_ok }) => {
      if (verdict === "policy" || hasOneLetterTop(address)) return false;
      const isAccepted = "address" in judgeAddress(address);
      return isAccepted !== (verdict === "accept") && !(isAccepted && accept_after_trim_ok === true);
    });
    expect(wrong).toEqual([]);
  });

  test("what is one subscriber is stored as one", () => {
    const idOf = (raw: string) => {
      const judged = judgeAddress(raw);
      return "address" in judged ? identityOf(judged.address) : raw;
    };
    for (const { a, b, same_subscriber } of pairs) {
      if (same_subscriber !== null) expect(idOf(a) === idOf(b), `${a} ${b}`).toBe(same_subscriber);
    }
  });
});
