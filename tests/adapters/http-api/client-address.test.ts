import { describe, expect, test } from "vitest";
import { clientAddress } from "#adapters/http-api/client-address.ts";
import { event } from "../../testing/open-pages.ts";

describe("the client's address", () => {
  const asked = (headers: Record<string, string>) => ({ ...event("GET", "/"), headers });
  const viewer = { "cloudfront-viewer-address": "2001:db8::7:50123" };
  const secret = "a secret that only the distribution knows";

  test("is the viewer's only where the distribution's secret proves who says so", () => {
    expect(clientAddress(asked({ ...viewer, "x-origin-secret": secret }), secret)).toBe("2001:db8::7");
    expect(clientAddress(asked({ ...viewer, "x-origin-secret": "forged" }), secret)).toBe("192.0.2.1");
    expect(clientAddress(asked(viewer), secret)).toBe("192.0.2.1");
    expect(clientAddress(asked({ ...viewer, "x-origin-secret": "" }), undefined)).toBe("192.0.2.1");
    expect(clientAddress(asked(viewer), undefined)).toBe("192.0.2.1");
    expect(clientAddress(asked({ "x-origin-secret": secret }), secret)).toBe("192.0.2.1");
  });
});
