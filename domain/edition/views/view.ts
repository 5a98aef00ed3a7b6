import { emailHash } from "../content/hash.ts";
import type { Counts, Edition, EditionContent, EditionView, RenderedEmail } from "../edition.ts";

/** Content of an edition without a revision, which was skipped before it was drafted. */
export const noContent = ({ newsletter, date }: Pick<Edition, "newsletter" | "date">): EditionContent => ({
  newsletter,
  date,
  subject: "",
  preheader: "",
  lead: { storyId: null, title: null, url: null, paragraphs: [], source: null, image: null, reasons: [] },
  headlines: [],
});

/** An edition's form in `edition show --json` and edition.json. `bytes`: of the email as SES sends it. */
export function editionView(
  edition: Edition,
  content: EditionContent,
  counts: Counts,
  made: { email: RenderedEmail; bytes: EditionView["bytes"] } | null,
): EditionView {
  const { newsletter, date, state, reason, rev, notes = [] } = edition;
  const { subject, preheader, lead, headlines } = content;
  const bytes = made?.bytes ?? { html: 0, text: 0 };
  const hash = made && emailHash(made.email);
  const view = { newsletter, date, state, reason, rev, subject, preheader, lead, headlines, counts, bytes, hash };
  return notes.length === 0 ? view : { ...view, notes };
}
