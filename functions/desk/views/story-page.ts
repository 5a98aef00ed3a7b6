import { counted } from "#domain/counted.ts";
import type { StoryDetail, StoryPicture } from "#domain/edition/views/story-detail.ts";
import { type Html, html } from "#templates/text/html.ts";
import { typographic } from "#templates/text/typography.ts";
import { tokenField } from "../parts/token.ts";
import { ageOf, commandLine, placeName } from "../parts/words.ts";
import { headlineLink } from "./edition/edition-rows.ts";

/** A story's page: its picture and its articles. */
type StoryPageModel = {
  story: StoryDetail;
  newsletter: string;
  date: string;
  /** The newsletter's language, a BCP 47 tag. */
  language: string;
  token: string;
  /** Its edition's path. */
  path: string;
  mayEdit: boolean;
  now: string;
};

/** The same content in a dialog of the edition's page and, without the script, as a page. */
export function storyView(model: StoryPageModel): Html {
  const { story, newsletter, date } = model;
  const where = story.place === null ? "Not in the edition" : place(story.place);
  return html`<p class="sheet-of"><span dir="auto">${typographic(story.title, model.language)}</span> <span class="meta">${where}</span></p>
<p class="note" role="alert" data-sheet-note hidden></p>
<section aria-labelledby="picture-h"><h3 id="picture-h" class="label">Picture</h3>${pictureView(model)}</section>
<section aria-labelledby="articles-h"><h3 id="articles-h" class="label">${counted(story.articles.length, "article")}</h3>${articlesView(model)}</section>
${model.mayEdit && html`<section aria-labelledby="join-h"><h3 id="join-h" class="label">Join with another story</h3>${joinView(model)}</section>`}
${commandLine(`edition story ${newsletter} ${story.storyId} --date ${date}`)}`;
}

const place = (at: number): string => (at === 0 ? "Lead" : `Headline ${placeName(at)}`);

function pictureView(model: StoryPageModel): Html {
  const { story, path, token, mayEdit } = model;
  const { pictures, image } = story;
  if (!story.showsPicture) {
    return html`<p class="empty">Only the lead and the first headlines show a picture. Move this story up to give it one.</p>`;
  }
  if (pictures.length === 0) return html`<p class="empty">None of its articles has a picture.</p>`;
  const shown = image?.url ?? "";
  return html`<form method="post" action="${path}" class="picture" data-decides="picture">${tokenField(token)}<input type="hidden" name="story" value="${story.storyId}">
<input type="hidden" name="was-picture" value="${shown}">
<fieldset class="choices"${!mayEdit && html` disabled`}><legend class="unseen">Which picture it shows</legend>
${pictures.map((one, n) => choice(one, n, one.image.url === shown))}
<label class="choice none"><input type="radio" name="picture" value=""${shown === "" && html` checked`}> <span>No picture</span></label></fieldset>
${image !== null && cropView(model, image)}
${mayEdit && html`<p class="buttons"><button name="do" value="picture">Save picture</button>${story.isChosen && html` <button class="quiet" name="do" value="reset:picture" data-resets="picture">Reset</button>`} <a class="button quiet" href="${path}" data-sheet-close>Cancel</a></p>`}</form>`;
}

const choice = ({ image, source }: StoryPicture, n: number, isShown: boolean): Html =>
  html`<label class="choice"><input type="radio" name="picture" value="${image.url}"${isShown && html` checked`}> <img src="${image.url}" alt="${image.alt || `Picture ${n + 1}`}" width="132" height="88" loading="lazy" referrerpolicy="no-referrer"><span><bdi>${source}</bdi></span></label>`;

/** The point to keep when cropping, and the alt text. */
function cropView({ story, mayEdit, language }: StoryPageModel, image: NonNullable<StoryDetail["image"]>): Html {
  const { focus, alt } = image;
  const isSmall = story.place !== 0;
  return html`<div class="crop" data-crop><div class="original"><p class="meta">Original</p><div class="whole"><img src="${image.url}" alt="" data-crop-at referrerpolicy="no-referrer"><span class="aim" data-aim hidden></span></div></div>
<div class="cut"><p class="meta">In the email</p><img class="${isSmall ? "small" : "wide"}" src="${image.url}" alt="" data-crop-cut referrerpolicy="no-referrer"></div></div>
<input type="hidden" name="was-focus" value="${focus ? `${focus.x},${focus.y}` : ""}">
<fieldset class="focus"${!mayEdit && html` disabled`}><legend class="unseen">Point to keep when cropping</legend>
<label class="check"><input type="checkbox" name="automatic" value="yes"${focus === undefined && html` checked`}> Crop automatically</label>
<label>Across <input type="range" name="x" min="0" max="100" step="1" value="${focus?.x ?? 50}"></label>
<label>Down <input type="range" name="y" min="0" max="100" step="1" value="${focus?.y ?? 50}"></label></fieldset>
<input type="hidden" name="was-alt" value="${alt}">
<p class="field"><label for="picture-alt">What it shows</label> <input id="picture-alt" name="alt" lang="${language}" dir="auto" maxlength="300" value="${alt}"${!mayEdit && html` readonly`} aria-describedby="picture-alt-hint"><span class="hint" id="picture-alt-hint">Read out to readers who don't see it. Leave it empty if it adds nothing to the headline.</span></p>`;
}

function articlesView({ story, path, token, mayEdit, now, language }: StoryPageModel): Html {
  const { articles, storyId } = story;
  const canSplit = mayEdit && articles.length > 1;
  return html`<ul class="others">${articles.map(
    (
      one,
    ) => html`<li class="other"><div class="say"><h4 dir="auto">${headlineLink(typographic(one.title, language), one.url)}</h4>
<p class="meta"><bdi>${one.source}</bdi> · ${ageOf(one.at, now)}${one.isShown && html` <span class="badge">Shown</span>`}</p></div>
${canSplit && html`<form method="post" action="${path}" data-decides="split">${tokenField(token)}<input type="hidden" name="story" value="${storyId}"><input type="hidden" name="article" value="${one.id}"><button class="small" name="do" value="split" aria-label="Split off “${typographic(one.title, language)}” from ${one.source}">Split off</button></form>`}</li>`,
  )}</ul>`;
}

function joinView({ story, path, token, language }: StoryPageModel): Html {
  const inside = story.others.filter((one) => one.place !== null);
  const outside = story.others.filter((one) => one.place === null);
  const option = (one: StoryDetail["others"][number]) =>
    html`<option value="${one.storyId}">${one.place === null ? "" : one.place === 0 ? "Lead: " : `${one.place}: `}${short(typographic(one.title, language))} (${one.source})</option>`;
  return html`<form method="post" action="${path}" class="one-line" data-decides="join">${tokenField(token)}<input type="hidden" name="story" value="${story.storyId}">
<label class="unseen" for="join-other">The other story</label><select id="join-other" name="other" required><option value="">Choose a story</option>
<optgroup label="In this edition">${inside.map(option)}</optgroup>${outside.length > 0 && html`<optgroup label="Not in the edition">${outside.map(option)}</optgroup>`}</select> <button class="small" name="do" value="join">Join</button></form>
<p class="hint">This story keeps its headline; the other's articles come under it.</p>`;
}

/** Longest headline in a list of choices, in characters. */
const OPTION = 80;
const short = (title: string): string => (title.length > OPTION ? `${title.slice(0, OPTION)}…`.toWellFormed() : title);
