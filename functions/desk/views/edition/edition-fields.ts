import { type Stretch, textDiff } from "#domain/edition/history/text-diff.ts";
import { type Html, html } from "#templates/text/html.ts";
import { attribute, graphemesOf, linesOf } from "../../parts/words.ts";

/** A text that an editor can rewrite. */
type FieldView = {
  name: "title" | "url" | "paragraphs" | "summary" | "subject" | "preheader";
  /** The story's id; empty for the edition's own. */
  story: string;
  label: string;
  value: string;
  /** The source's text, or the edition's default; null: nothing was rewritten. */
  own: string | null;
  /** Recommended limit of characters, and a note about it. */
  counts?: { most: number; hint: string };
  mayEdit: boolean;
  /** The text's language, a BCP 47 tag, for spelling and hyphenation. */
  language: string;
};

/** A field with the original text and a reset button. The script saves while typing, the form by its button. */
export function fieldView(field: FieldView): Html {
  const { name, story, label, value, own, counts, mayEdit, language } = field;
  const id = `${name}-${story || "edition"}`;
  const about = [counts ? `${id}-count` : null, own === null ? null : `${id}-own`].filter((one) => one !== null);
  const described = about.length > 0 && html` aria-describedby="${about.join(" ")}"`;
  const rows = name === "paragraphs" ? 10 : ["subject", "title", "summary"].includes(name) ? 2 : 1;
  const script =
    name === "url" ? html` dir="ltr" spellcheck="false"` : html` lang="${language}" dir="auto" spellcheck="true"`;
  return html`<div class="field" data-key="${id}">
<div class="field-top"><label for="${id}">${label}</label>${counts && countOf(id, value, counts)}</div>
<input type="hidden" name="was-${name}" value="${attribute(value)}">
<textarea id="${id}" name="${name}" rows="${rows}" data-field="${name}" data-story="${story}" data-saved="${attribute(value)}"${described}${!mayEdit && html` readonly`}${script}>${startOf(value)}</textarea>
<p class="note" role="status" data-note hidden></p>
${own !== null && wayBack(field, id, own)}</div>`;
}

/** A text area ignores the first line end of its text. */
const startOf = (value: string): Html => html`${{ markup: "\n" }}${linesOf(value)}`;

function countOf(id: string, value: string, { most, hint }: { most: number; hint: string }): Html {
  const { length } = graphemesOf(value);
  return html`<p class="count" id="${id}-count" data-count="${most}" data-over="${length > most ? "yes" : "no"}"><b>${length}</b> characters, ${hint}</p>`;
}

/** If little of the source's text is left, it is shown without marks, which would only confuse. */
function marked(own: string, value: string): Stretch[] {
  const diff = textDiff(own, value);
  const same = diff.reduce((sum, { text, is }) => (is === "same" ? sum + text.replaceAll(/\s/g, "").length : sum), 0);
  return same < own.length / 3 ? [{ text: own, is: "same" }] : diff;
}

function wayBack({ name, story, value, mayEdit, language }: FieldView, id: string, own: string): Html {
  const diff = marked(own, value).map(({ text, is }) => {
    if (is === "same") return html`${linesOf(text)}`;
    return is === "out" ? html`<del>${linesOf(text)}</del>` : html`<ins>${linesOf(text)}</ins>`;
  });
  return html`<div class="own" id="${id}-own"><p><span class="tag">${story === "" ? "Default" : "Source"}</span> <span class="diff" lang="${language}" dir="auto">${diff}</span></p>
${mayEdit && html`<button class="small" name="do" value="reset:${name}" data-do="reset" data-fields="${name}" data-story="${story}">Reset</button>`}</div>`;
}
