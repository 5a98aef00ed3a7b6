import { expect, test } from "vitest";
import { endSessionParameters } from "#adapters/oidc/provider.ts";

const signedOutUri = "https://news.example.org/desk/signed-out";

test("Cognito gets the page to come back to under its own name, without which it ends no session", () => {
  const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf";
  expect(endSessionParameters({ issuer, signedOutUri })).toEqual({ logout_uri: signedOutUri });
});

test("other providers get nothing that they would refuse as unregistered", () => {
  expect(endSessionParameters({ issuer: "https://id.example.org/realms/news", signedOutUri })).toEqual({});
  expect(endSessionParameters({ issuer: "https://example.org/cognito-idp.fake", signedOutUri })).toEqual({});
});
