/**
 * What a word does in lines that platforms add, by role. A line is judged by the roles that meet in it, so a wording
 * needs no entry of its own: "Hop on our mailing list" has one that asks, one of ours and one of a channel.
 */
export const ROLES = [
  /** What readers are asked to do, and rarely anyone else. */
  "asks",
  /** The same where others are asked for it too. */
  "mayAsk",
  /** Ways that a publication reaches its readers. */
  "channel",
  /** What readers use for it, and for other things. */
  "device",
  /** What was written, spoken or filmed. */
  "piece",
  /** The publication and its people. */
  "house",
  /** Readers, and what they leave. */
  "readers",
  /** What it costs, and who pays. */
  "money",
  /** Rights, corrections and cookies. */
  "rules",
  /** What a reader has to consent to. */
  "cookies",
  /** Who made it, and what they made. */
  "maker",
  /** Where it was before. */
  "origin",
  /** What else there is to read. */
  "more",
  /** Sound and summaries made by machines. */
  "machine",
  /** States of software: closed, unavailable. */
  "state",
  /** Advertisements. */
  "ad",
  /** Minutes and words of reading. */
  "length",
  "us",
  "you",
  "this",
  "not",
  /** Days and how often. */
  "time",
  "be",
  "was",
  /** Third persons and their verbs: a sentence that tells something. */
  "tells",
  /** What joins words. */
  "small",
] as const;
export type Role = (typeof ROLES)[number];

/** Words separated by spaces; "abonn*" is the beginning of words. */
export type RoleWords = Readonly<Record<Role, string>>;
