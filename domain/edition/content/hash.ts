import { createHash } from "node:crypto";
import type { RenderedEmail } from "../edition.ts";

/**
 * The hash of an email: SHA-256 in hex of the JSON array of its subject, HTML and text as UTF-8, with SES's
 * placeholders in place. The array separates the three, so text can't move between them unnoticed. Emails with the same
 * hash have the same bytes, so the one that was seen is the one that is sent.
 */
export const emailHash = ({ subject, html, text }: RenderedEmail): string =>
  createHash("sha256")
    .update(JSON.stringify([subject, html, text]))
    .digest("hex");
