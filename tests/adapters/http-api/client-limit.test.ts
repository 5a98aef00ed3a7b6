import { describe, expect, test } from "vitest";
import { clientOf, limitClients } from "#adapters/http-api/client-limit.ts";

const times = (n: number, run: () => boolean) => Array.from({ length: n }, run).filter(Boolean).length;

describe("limitClients", () => {
  test("lets a burst through, then as many as come back each second, and never saves up more than a burst", () => {
    let now = 0;
    const allow = limitClients({ perSecond: 2, burst: 5 }, () => now);
    expect(times(9, () => allow("192.0.2.1"))).toBe(5);
    now += 1000;
    expect(times(9, () => allow("192.0.2.1"))).toBe(2);
    now += 3_600_000;
    expect(times(9, () => allow("192.0.2.1"))).toBe(5);
  });

  test("one client's requests never count against another's", () => {
    const allow = limitClients({ perSecond: 1, burst: 3 }, () => 0);
    times(100, () => allow("192.0.2.1"));
    expect(times(9, () => allow("192.0.2.2"))).toBe(3);
  });

  test("addresses of one IPv6 /64 share a limit", () => {
    const allow = limitClients({ perSecond: 1, burst: 3 }, () => 0);
    const used = Array.from({ length: 20 }, (_, n) => allow(`2001:db8:0:1::${(n + 1).toString(16)}`)).filter(Boolean);
    expect(used).toHaveLength(3);
    expect(allow("2001:db8:0:2::1")).toBe(true);
  });

  test("a flood from many addresses takes bounded memory and forgets the oldest first", () => {
    const allow = limitClients({ perSecond: 0, burst: 1 }, () => 0);
    for (let n = 0; n < 20_001; n += 1) allow(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
    expect(allow("10.0.0.0")).toBe(true);
    expect(allow("10.0.78.32")).toBe(false);
  });
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:0DB8:0000:0000:1:2:3:4", "2001:db8:0:0::/64"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["not an address", "not an address"],
])("the client of %s is %s", (address, client) => {
  expect(clientOf(address)).toBe(client);
});
