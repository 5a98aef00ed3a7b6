import type { RenderedEmail } from "../../edition/edition.ts";

/** One call to SES: one email for many readers. */
export type BulkCall = {
  /** In the form of a From header: `"Name" <address>`. */
  readonly from: string;
  readonly replyTo: string;
  /** With SES's `{{placeholders}}`. */
  readonly email: RenderedEmail;
  /** The same for every reader. */
  readonly headers: readonly Header[];
  readonly entries: readonly BulkEntry[];
};

export type Header = { readonly name: string; readonly value: string };

export type BulkEntry = {
  readonly to: string;
  /** Values of the placeholders. */
  readonly values: Readonly<Record<string, string>>;
  /** Headers of this reader. */
  readonly headers: readonly Header[];
  readonly tags: readonly Header[];
};

/**
 * Checked after signing, the last code before the socket. "go" counts the call as departed. "wait": the pace's window
 * is full; sign again later. "late": too long after the claim or the lease's renewal.
 */
export type Gate = () => "go" | "wait" | "late";
