import * as z from "zod";

/**
 * The mailto address for mail programs that can't unsubscribe by one click (RFC 2369 §3.2). The subject contains the
 * token of the reader's link, because the local part has no room for it (RFC 5321 §4.5.3.1.1: 64 octets).
 */
export const leaveMailUrl = (address: string, token: string): string =>
  `mailto:${address}?subject=unsubscribe%20${token}`;

const TOKEN = /[a-z0-9]{1,8}\.[a-z0-9][a-z0-9-]{0,39}\.[0-9a-f]{24}\.[0-9a-f]{32}/i;
/** Characters of a subject that are searched; a token has at most 107. */
const LONGEST_SUBJECT = 400;

/** The part of SES's notification of a received mail that is read. */
export const LeaveMail = z.object({
  notificationType: z.literal("Received"),
  mail: z.object({ messageId: z.string(), commonHeaders: z.object({ subject: z.string().optional() }) }),
});
export type LeaveMail = z.infer<typeof LeaveMail>;

/** The token in a mail's subject, with anything around it. Undefined: there is none. */
export const tokenIn = ({ mail }: LeaveMail): string | undefined =>
  TOKEN.exec((mail.commonHeaders.subject ?? "").slice(0, LONGEST_SUBJECT))?.[0];
