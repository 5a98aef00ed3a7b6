import type { EditionContent } from "#domain/edition/edition.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import { type DigestLook, type DigestView, type HeadlineView, type ViewPiece, viewOf } from "../email/digest-view.ts";
import type { SummaryView } from "../email/list-view.ts";
import { readerWordsFor } from "../reader-words.ts";
import { type Html, html, jsonLd } from "../text/html.ts";
import { literal } from "../text/literal.ts";
import { ownDirection } from "../text/text-direction.ts";
import { direction, fullDate, sentence } from "../words.ts";
import { feedLinks } from "./feeds.ts";
import { page } from "./page.ts";

/** The previous and next editions, if any. */
type Neighbours = { previousUrl?: string | undefined; nextUrl?: string | undefined };

/** An edition page's input besides the edition. */
type EditionPlace = Neighbours & {
  /** Link to subscribe. */
  subscribeUrl?: string | undefined;
  feedUrl?: string | undefined;
  /** For links to an edition without a picture. */
  sharePictureUrl?: string | undefined;
  /** The origin of our own pictures; others are left out, because they would be requests to third parties. */
  pictureOrigin?: string | undefined;
  /** Editors' notes after sending, with their local dates. */
  notes?: readonly Note[] | undefined;
};

type Note = { readonly date: LocalDate; readonly text: string };

/** An edition on the web: everything that was sent, without personal parts. */
export function editionPage(content: EditionContent, look: DigestLook, place: EditionPlace = {}): string {
  const everything = { headlines: content.headlines.length, paragraphs: content.lead.paragraphs.length };
  const view = viewOf(content, look, { ...everything, show: literal });
  const { notes = [] } = place;
  const picture = own(view.image, place.pictureOrigin);
  return page({
    title: view.titled ? `${view.lead} · ${view.label}` : view.label,
    language: look.language,
    theme: look.theme,
    masthead: view.titled ? { title: look.title, url: look.archiveUrl } : undefined,
    canonical: look.editionUrl,
    description: content.preheader,
    head: html`${feedLinks(look.title, place.feedUrl)}${shareTags(view, look, picture?.url ?? place.sharePictureUrl)}${jsonLd(linkedData(content, view, look, notes))}`,
    body: html`${notes.map((note) => noteView(note, view, look.language))}<article>${heading(view, content.date)}${picture && figure(picture)}${leadBody(view)}</article>
${headlineList(view, place.pictureOrigin)}${neighbourNavigation(place, view)}`,
    foot: html`<p><a href="${look.archiveUrl}">${view.words.archive}</a>${subscribeLink(place.subscribeUrl, look.language)}</p><p><bdi>${look.postalAddress}</bdi></p>`,
  });
}

/** Notes are at the top, so they can't be missed; below is the edition as it was sent. */
function noteView({ date, text }: Note, { words }: DigestView, language: string): Html {
  const dir = ownDirection(text, direction(language));
  return html`<div class="remark" role="note"><p><time datetime="${date}">${pieces(sentence(words.note, { day: fullDate(language, date) }))}</time></p><p${dir && html` dir="${dir}"`}>${text}</p></div>\n`;
}

const subscribeLink = (url: string | undefined, language: string): Html =>
  html`${url && html`<a href="${url}">${readerWordsFor(language).subscribe}</a>`}`;

/** A picture, if we have our own copy. */
const own = <P extends { url: string }>(image: P | null, origin: string | undefined): P | undefined =>
  image !== null && origin !== undefined && URL.parse(image.url)?.origin === origin ? image : undefined;

type Picture = NonNullable<DigestView["image"]>;

const figure = ({ url, alt, width, height, below }: Picture): Html =>
  html`<figure class="lead-image"><img src="${url}" alt="${alt}" width="${width}"${height !== null && html` height="${height}"`}>${
    below.length > 0 && html`<figcaption>${pieces(below)}</figcaption>`
  }</figure>
`;

/** Metadata for link previews (ogp.me). */
const shareTags = (view: DigestView, look: DigestLook, pictureUrl: string | undefined): Html =>
  html`<meta property="og:type" content="article"><meta property="og:title" content="${view.titled ? view.lead : view.label}"><meta property="og:site_name" content="${look.title}"><meta property="og:url" content="${look.editionUrl}">${
    pictureUrl &&
    html`<meta property="og:image" content="${pictureUrl}"><meta name="twitter:card" content="summary_large_image">`
  }`;

const date = (view: DigestView, day: string): Html =>
  html`<p class="date"><time datetime="${day}">${view.date}</time></p>`;

function heading(view: DigestView, day: string): Html {
  if (!view.titled) return html`<div class="masthead"><h1><bdi>${view.title}</bdi></h1></div>${date(view, day)}`;
  const title = view.url === null ? html`${view.lead}` : html`<a href="${view.url}">${view.lead}</a>`;
  return html`${date(view, day)}${view.kicker.length > 0 && html`<p class="kicker">${pieces(view.kicker)}</p>`}
<h1>${title}</h1>`;
}

function leadBody(view: DigestView): Html {
  const paragraphs = view.paragraphs.map(
    ({ text, dir, isOpening, class: style }) =>
      html`<p${isOpening && html` class="first${style === "o f" ? " initial" : ""}"`}${dir && html` dir="${dir}"`}>${text}</p>\n`,
  );
  return html`${paragraphs}${view.url && html`<p class="more"><a href="${view.url}">${pieces(view.read)}</a></p>`}`;
}

function headlineList(view: DigestView, origin: string | undefined): Html {
  const also = (view.also ?? []).map((one) => entry({ ...one, image: own(one.image, origin) }));
  const lists = (view.groups ?? []).map(
    ({ heading, start, headlines }) =>
      html`${heading && html`<h3>${heading}</h3>\n`}<ol${start > 1 && html` start="${start}"`}>\n${headlines.map((one) => entry(one))}</ol>\n`,
  );
  return html`${also.length > 0 && html`<h2>${view.words.alsoToday}</h2>\n<ol class="also" role="list">\n${also}</ol>\n`}${
    lists.length > 0 && html`<h2>${view.more}</h2>\n${lists}`
  }`;
}

type Entry = HeadlineView & Partial<Pick<SummaryView, "summary">> & { image?: SummaryView["image"] | undefined };

function entry({ title, dir, url, meta, summary, image }: Entry): Html {
  const [language, said] = [dir && html` dir="${dir}"`, summary?.dir && html` dir="${summary.dir}"`];
  const headline =
    url === null ? html`<span${language}>${title}</span>` : html`<a href="${url}"${language}>${title}</a>`;
  return html`<li>${image && html`<img src="${image.url}" alt="${image.alt}" width="${image.width}" height="${image.height}">`}${headline}${summary && html`<p${said}>${summary.text}</p>`}${meta.length > 0 && html` <span class="meta">${pieces(meta)}</span>`}</li>\n`;
}

const pieces = (sentence: readonly ViewPiece[]): Html[] =>
  sentence.map(({ text, isolated, strong, href }) =>
    href !== undefined
      ? html`<a href="${href}">${text}</a>`
      : strong
        ? html`<b>${text}</b>`
        : isolated
          ? html`<bdi>${text}</bdi>`
          : html`${text}`,
  );

/** `rel` is on these links only: Firefox would load the target of a `link` element, which the policy refuses. */
function neighbourNavigation({ previousUrl, nextUrl }: Neighbours, { words }: DigestView): Html {
  if (!previousUrl && !nextUrl) return html``;
  return html`<nav aria-label="${words.editions}">${previousUrl && html`<a rel="prev" href="${previousUrl}">${words.previous}</a>`}
${nextUrl && html`<a rel="next" href="${nextUrl}">${words.next}</a>`}</nav>`;
}

/** schema.org: the lead as a NewsArticle based on its source, the list as an ItemList. */
function linkedData(content: EditionContent, view: DigestView, look: DigestLook, notes: readonly Note[]): object {
  const publisher = { "@type": "Organization", name: view.title, url: look.siteUrl };
  const article = {
    "@type": "NewsArticle",
    headline: view.titled ? view.lead : view.label,
    url: look.editionUrl,
    mainEntityOfPage: look.editionUrl,
    datePublished: content.date,
    ...(notes.length === 0 ? {} : { dateModified: notes.at(-1)?.date, correction: notes.map(({ text }) => text) }),
    inLanguage: look.language,
    publisher,
    ...(view.url === null ? {} : { isBasedOn: view.url }),
  };
  const headlines = [...(view.also ?? []), ...(view.groups ?? []).flatMap((group) => group.headlines)];
  const items = headlines.map(({ title, url }, i) => ({
    "@type": "ListItem",
    position: i + 1,
    name: title,
    ...(url === null ? {} : { url }),
  }));
  const list = { "@type": "ItemList", name: view.more, numberOfItems: items.length, itemListElement: items };
  return { "@context": "https://schema.org", "@graph": [article, list] };
}
