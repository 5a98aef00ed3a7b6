import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { NamedStory, Page } from "#domain/edition/freshness.ts";
import type { Notice } from "../../ports/services.ts";
import { command, paragraphs } from "./notices.ts";

/** What the freshness gate found but didn't change. */
type GateFindings = {
  /** `more than a third` of its pages are gone; without them `too few` stories would be left; or it is `approved`. */
  why: "more than a third" | "too few" | "approved";
  gone: readonly Page[];
  corrected?: readonly NamedStory[];
  /** The newer report that would lead. */
  newer?: { title: string } | null;
};

const reasons = {
  "more than a third":
    "More than a third of the edition's pages answer that they are gone, which may be a fault of the network or of one site. Nothing was dropped.",
  "too few": "Without these stories too little would be left for an edition, so they were not dropped.",
  approved: "A person has approved it, so nothing was changed.",
};

/** Mails the editors what they may want to change before the edition is due. */
export function gateNotice(key: EditionKey, config: NewsletterConfig, findings: GateFindings): Notice {
  const { why, gone, corrected = [], newer = null } = findings;
  const edit = `${command("show", key)}\n  ${command("check", key)}`;
  const how =
    why === "approved"
      ? `To change it, take the approval back first:\n\n  ${command("withdraw", key)}\n  ${edit}`
      : `To look at it and take a story out:\n\n  ${edit}\n  ${command("remove", key, "NUMBER")}`;
  return {
    newsletter: key.newsletter,
    subject: `Worth a look before it goes out: ${config.title}, ${key.date}`,
    text: paragraphs(
      `The edition of ${config.title} for ${key.date} goes out in a few minutes. ${reasons[why]}`,
      ...listOf("Pages that are gone:", gone, ({ title, url }) => `${title}\n    ${url.slice(0, 500)}`),
      ...listOf("Stories that their sources have corrected or rewritten:", corrected, ({ title }) => title),
      ...(newer === null ? [] : [`A newer report of the leading story says more:\n\n  - ${newer.title}`]),
      how,
    ),
  };
}

const listOf = <T>(title: string, items: readonly T[], line: (item: T) => string): string[] =>
  items.length === 0 ? [] : [`${title}\n\n${items.map((item) => `  - ${line(item)}`).join("\n")}`];
