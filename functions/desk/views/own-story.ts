import type { PageFacts } from "#domain/article/page-facts.ts";
import { type Html, html } from "#templates/text/html.ts";
import { tokenField } from "../parts/token.ts";

type OwnStory = {
  page: PageFacts;
  /** Why the page couldn't be read; the editor then fills in the fields. */
  problem: string | null;
  path: string;
  token: string;
  /** The newsletter's language, a BCP 47 tag. */
  language: string;
};

/** A page that no source has: its metadata, to correct before it is added. */
export function ownStoryView({ page, problem, path, token, language }: OwnStory): Html {
  const { url, title, source, summary, image } = page;
  return html`<p class="sheet-of"><a href="${url}" target="_blank" rel="noopener noreferrer">${url}</a></p>
<p class="note" role="alert" data-sheet-note${problem === null && html` hidden`}>${problem ?? ""}</p>
<form method="post" action="${path}" data-decides="add">${tokenField(token)}<input type="hidden" name="story" value="${url}">
<p class="field"><label for="own-title">Headline</label> <input id="own-title" name="title" lang="${language}" dir="auto" maxlength="300" required value="${title}"></p>
<p class="field"><label for="own-source">Source</label> <input id="own-source" name="source" dir="auto" maxlength="100" value="${source}"></p>
<p class="field"><label for="own-summary">Summary</label> <textarea id="own-summary" name="summary" lang="${language}" dir="auto" rows="3" maxlength="1000">${summary}</textarea></p>
${
  image !== null &&
  html`<div class="with-image"><img src="${image.url}" alt="" width="132" height="88" referrerpolicy="no-referrer"><div>
<label class="check"><input type="checkbox" name="with-image" value="yes" checked> Use its picture</label><input type="hidden" name="image" value="${image.url}">
<p class="field"><label for="own-alt">What it shows</label> <input id="own-alt" name="alt" lang="${language}" dir="auto" maxlength="300" value="${image.alt}"></p></div></div>`
}
<p class="buttons"><button name="do" value="add">Add story</button> <a class="button quiet" href="${path}" data-sheet-close>Cancel</a></p></form>`;
}
