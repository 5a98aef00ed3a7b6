import { expect, test } from "vitest";
import { clientOf, networkOf, viewerAddress } from "#domain/audience/limits/client-address.ts";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  [" 192.0.2.7 ", "192.0.2.7"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:DB8:0:0:1:2:3:4", "2001:db8:0:0::/64"],
  ["2001:db8:a:b:c:d:e:f", "2001:db8:a:b::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("%s counts as %s", (address, client) => {
  expect(clientOf(address)).toBe(client);
});

test.each(["", "192.0.2.256", "example.com", "2001:db8", "]:80/", "1:2:3:4:5:6:7:8:9", ":".repeat(100)])(
  "%s isn't an address",
  (address) => {
    expect(clientOf(address)).toBeUndefined();
    expect(networkOf(address)).toBeNull();
  },
);

test("the evidence that is kept identifies a network, not a person", () => {
  expect(networkOf("192.0.2.7")).toBe("192.0.2.0/24");
  expect(networkOf("2001:db8:a:b::1")).toBe("2001:db8:a::/48");
});

test("CloudFront writes the port after the address, also after an IPv6 address without brackets", () => {
  expect(viewerAddress("198.51.100.10:46532")).toBe("198.51.100.10");
  expect(viewerAddress("2001:db8:0:50::16a:41720")).toBe("2001:db8:0:50::16a");
  expect(viewerAddress("[2001:db8::1]:41720")).toBe("2001:db8::1");
});
