import { pictureUrl } from "#domain/article/address.ts";
import type { ArticleImage, Medium } from "#domain/article/article.ts";
import { cleanLine, cutLine } from "#domain/article/text.ts";
import type { FoundImage } from "./html-text.ts";
import type { RawImage, RawItem } from "./map.ts";
import { titleText } from "./title.ts";

/** Addresses of tracking pixels, avatars and decoration. */
const NO_PICTURE =
  /(feedburner|doubleclick|\/pixel|pixel\.|\/beacon|gravatar|avatars\.githubusercontent|\/avatars?\/|\/emoji|\/smil(?:ies|eys)\/|feedsportal|stats\.wordpress|\/_\/stat|share-buttons|\/wf\/open|\/open\.(?:php|aspx)|tracking|\/track\/|\/count(?:er)?\.(?:gif|png|php)|spacer\.(?:gif|png)|(?:blank|transparent|b|1x1|1px)\.(?:gif|png)$)/i;

/** The first real picture: from the item's own fields, then from its text. */
export function imageOf(item: RawItem, inText: readonly FoundImage[], base: string | undefined): ArticleImage | null {
  const found: RawImage[] = [...item.images, ...inText.map(({ src, ...rest }) => ({ url: src, ...rest }))];
  for (const one of found) {
    const url = pictureUrl(one.url, base);
    if (url === null || NO_PICTURE.test(url) || isTiny(one)) continue;
    return {
      url,
      alt: withoutFileName(line(one.alt)),
      width: one.width || null,
      height: one.height || null,
      ...named("caption", one.caption),
      ...named("credit", one.credit),
    };
  }
  return null;
}

const line = (raw: string) => cutLine(cleanLine(titleText(raw, "unsaid")), 200);

/** `IMG_2034.JPG` describes nothing. */
const withoutFileName = (alt: string) => (FILE_NAME.test(alt) ? "" : alt);
const FILE_NAME =
  /^[^\s]+\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp)$|^(?:img|dscn?f?|pxl|image|screenshot|photo)[-_ ]?\d[\d_-]*$/i;

const named = (name: "caption" | "credit", raw: string | undefined) => {
  const text = line(raw ?? "");
  return text === "" ? {} : { [name]: text };
};

/** Smaller pictures are thumbnails or logos. Pixels. */
const isTiny = ({ width, height }: { width: number | null; height: number | null }) =>
  (width !== null && width < 120) || (height !== null && height < 80);

/** With more text than this, a recording is the article read aloud, and a video illustrates it. Characters. */
const ENOUGH_TO_READ = { besideRecording: 800, besideFilm: 120 };

/** The form of an item: text, video, audio, gallery and so on. */
export function mediumOf(item: RawItem, paragraphs: readonly string[], image: ArticleImage | null): Medium | undefined {
  const length = paragraphs.reduce((sum, { length: of }) => sum + of, 0);
  const file = item.files?.[0];
  const enough = file?.isEnclosure ? ENOUGH_TO_READ.besideRecording : ENOUGH_TO_READ.besideFilm;
  if (file !== undefined && (length < enough || item.shortTitle !== undefined)) {
    return file.type.startsWith("audio/") ? "audio" : "video";
  }
  return length === 0 && image !== null && item.title === undefined ? "picture" : undefined;
}
