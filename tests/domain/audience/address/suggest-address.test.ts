import { describe, expect, test } from "vitest";
import { suggestAddress } from "#domain/audience/address/suggest-address.ts";

describe("an address with a slip in a common domain", () => {
  test.each([
    ["two letters swapped", "ann@gmial.com", "ann@gmail.com"],
    ["a letter left out", "ann@gmal.com", "ann@gmail.com"],
    ["a letter doubled", "ann@gmaill.com", "ann@gmail.com"],
    ["a letter changed", "ann@hotmajl.com", "ann@hotmail.com"],
    ["the end swapped", "ann@outlook.cmo", "ann@outlook.com"],
    ["capital letters", "Ann@GMIAL.com", "Ann@gmail.com"],
  ])("%s: %s becomes %s", (_, address, suggested) => {
    expect(suggestAddress(address)).toBe(suggested);
  });

  test.each([
    ["right already", "ann@gmail.com"],
    ["right already, in capitals", "ann@GMAIL.COM"],
    ["two slips away", "ann@gmiall.com"],
    ["someone else's short domain", "ann@qmx.com"],
    ["a domain of its own", "ann@harbour.example"],
  ])("%s: nothing is suggested for %s", (_, address) => {
    expect(suggestAddress(address)).toBeUndefined();
  });
});
