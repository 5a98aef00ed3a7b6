import * as z from "zod";
import { Role } from "../desk/role.ts";

/** Who may use the desk, and the identity provider (docs/guides/desk.md). */
export const DeskSettings = z
  .strictObject({
    /** Your own OpenID Connect provider. Default: a user pool made by the stack. */
    issuer: z.url({ protocol: /^https$/, error: "not an https address" }).optional(),
    /** The desk's client id at the provider. */
    clientId: z.string().min(1).optional(),
    /** The ARN of a secret that contains only the client secret, if the provider requires one. */
    clientSecret: z.string().startsWith("arn:", "not the ARN of a secret").optional(),
    scopes: z.array(z.string().min(1)).default(["openid", "email", "profile"]),
    /** The claim with a person's groups; the group `editor` makes an editor. */
    groupsClaim: z.string().min(1).default("groups"),
    /** Roles by address, which override those by group. The provider must have verified the address. */
    people: z.array(z.strictObject({ email: z.email(), role: Role })).default([]),
  })
  .refine(({ issuer, clientId }) => (issuer === undefined) === (clientId === undefined), {
    path: ["clientId"],
    error: "issuer and clientId are given together, or neither: then the stack makes a user pool",
  })
  .refine(({ issuer, clientSecret }) => issuer !== undefined || clientSecret === undefined, {
    path: ["clientSecret"],
    error: "only with an issuer: the stack's own user pool needs none",
  })
  .refine(({ people }) => new Set(people.map(({ email }) => email.toLowerCase())).size === people.length, {
    path: ["people"],
    error: "an address is there twice",
  });
