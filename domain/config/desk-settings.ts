import * as z from "zod";
import { Role } from "../desk/role.ts";

/** Who may sit at the desk, and who says that they are who they are (docs/guides/desk.md). */
export const DeskSettings = z
  .strictObject({
    /** An OpenID Connect provider of yours. Default: a user pool that the stack makes. */
    issuer: z.url({ protocol: /^https$/, error: "not an https address" }).optional(),
    /** What the provider calls the desk. */
    clientId: z.string().min(1).optional(),
    /** The ARN of a secret that holds the client's secret and nothing else, where the provider asks for one. */
    clientSecret: z.string().startsWith("arn:", "not the ARN of a secret").optional(),
    scopes: z.array(z.string().min(1)).default(["openid", "email", "profile"]),
    /** The claim with a person's groups; the group `editor` makes an editor. */
    groupsClaim: z.string().min(1).default("groups"),
    /** Roles by address, before those by group. The provider must say that the address is verified. */
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
