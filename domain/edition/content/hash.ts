import { createHash } from "node:crypto";
import type { RenderedEmail } from "../edition.ts";

/**
 * The hash of an email: SHA-256 in hex of the JSON array of its subject, HTML and text as UTF-8, with SES's
 * placeholders in place. The array keeps the three apart, so no word can move from one to the next unseen. Two
 * emails with the same hash are the same bytes; what an editor saw is what is sent.
 */
export const emailHash = ({ subject, html, text }: RenderedEmail): string =>
  createHash("sha256")
    .update(JSON.stringify([subject, html, text]))
    .digest("hex");
