import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** The account as an operator of SES sees it. Changed by the control API, never by sends. */
export const Account = z.strictObject({
  /** Recipients a second. */
  rate: z.number().positive(),
  /** Recipients in any 24 hours; below 0: unlimited. */
  quota: z.number(),
  /** Seconds of the rate allowed in one burst. SES doesn't publish a number. */
  burstSeconds: z.number().positive(),
  /** The pricing plan. Accounts new since July 2026 have Essentials. */
  plan: z.enum(["NONE", "ESSENTIALS", "PRO", "ENTERPRISE"]),
  sandbox: z.boolean(),
  /** False: SES has paused the account's sending, or its owner has. */
  sending: z.boolean(),
  enforcement: z.enum(["HEALTHY", "PROBATION", "SHUTDOWN"]),
  /** True: every sender counts as verified and every configuration set exists, as a local trial wants it. */
  verifyAll: z.boolean(),
  region: z.string(),
  id: z.string().regex(/^\d{12}$/),
});
export type Account = z.infer<typeof Account>;

export const SuppressionReason = z.enum(["BOUNCE", "COMPLAINT"]);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

const Lists = z.strictObject({
  v: z.literal(1),
  /** Identity (address or domain) → verified. */
  identities: z.record(z.string(), z.boolean()),
  configurationSets: z.array(z.string()),
  suppressed: z.record(z.string(), z.strictObject({ reason: SuppressionReason, at: z.number() })),
});
type Lists = z.infer<typeof Lists>;

/** Identities, configuration sets and the suppression list; kept in one small file when there is a folder. */
export function openLists(folder: string | undefined) {
  const file = folder === undefined ? undefined : join(folder, "account.json");
  const lists: Lists =
    file !== undefined && existsSync(file)
      ? Lists.parse(JSON.parse(readFileSync(file, "utf8")))
      : { v: 1, identities: {}, configurationSets: [], suppressed: {} };
  return {
    read: (): Readonly<Lists> => lists,
    change(make: (lists: Lists) => void) {
      make(lists);
      if (file === undefined) return;
      writeFileSync(`${file}.new`, JSON.stringify(lists));
      renameSync(`${file}.new`, file);
    },
  };
}

export type AccountLists = ReturnType<typeof openLists>;

/** True when this address, its domain or a parent domain is a verified identity. */
export function isVerified(identities: Readonly<Record<string, boolean>>, address: string): boolean {
  const wanted = address.toLowerCase();
  const labels = wanted.slice(wanted.lastIndexOf("@") + 1).split(".");
  const domains = labels.map((_, at) => labels.slice(at).join("."));
  return [wanted, ...domains].some((name) => Object.hasOwn(identities, name) && identities[name] === true);
}
