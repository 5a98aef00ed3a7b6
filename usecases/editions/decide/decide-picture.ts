import type { ArticleImage } from "#domain/article/article.ts";
import { cleanField } from "#domain/article/text.ts";
import { counted } from "#domain/counted.ts";
import { finderWith } from "#domain/edition/content/from-picks.ts";
import type { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import { editorialStateOf, type NewDecision } from "#domain/edition/decisions/decisions.ts";
import { storyPictures } from "#domain/edition/views/story-detail.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionState } from "../making/change.ts";
import type { Stamp } from "./decide-order.ts";
import { placeOf, storyNamed } from "./find-story.ts";

type Picturing = Extract<DecisionInput, { do: "picture" }>;

/** Longest alt text, in characters; longer ones belong in the story. */
const LONGEST_ALT = 300;

/** Sets a story's picture, the point a crop keeps, and the alt text. */
export function decidePicture(
  input: Picturing,
  now: EditionState,
  stamp: Stamp,
  summaries: number,
): Outcome<NewDecision> {
  const editorial = editorialStateOf(now.log);
  if (editorial.file) return fault("wrong-state", "An edition from a file has no pictures.");
  const { picture, focus } = input;
  const alt = input.alt === undefined ? undefined : cleanField(input.alt);
  if (picture === undefined && focus === undefined && alt === undefined) {
    return fault("bad-request", "Say what to change: the picture, its focus or its text.");
  }
  if (alt !== undefined && alt.length > LONGEST_ALT) {
    return fault(
      "bad-request",
      `The picture's text has ${counted(alt.length, "character")}, and ${LONGEST_ALT} is the most.`,
    );
  }
  const named = storyNamed(input.story, now);
  if (!named.ok) return named;
  const place = placeOf(named.value, now.content);
  if (place !== null && place > summaries) return fault("wrong-state", hasNoPlace(place, summaries));
  const story = finderWith(now.field.scored, editorial)(named.value);
  const image = picture == null || story === undefined ? null : pictureNamed(picture, storyPictures(story.candidate));
  if (image !== null && !image.ok) return image;
  return done({
    do: "picture",
    story: named.value,
    ...(picture === undefined ? {} : { image: image?.value ?? null }),
    ...(focus === undefined ? {} : { focus }),
    ...(alt === undefined ? {} : { alt }),
    ...stamp,
  });
}

const hasNoPlace = (place: number, summaries: number): string =>
  summaries === 0
    ? `Headline ${place} shows no picture: this newsletter has pictures at the lead alone (summaries: 0 in its config).`
    : `Headline ${place} shows no picture: only the lead and the first ${summaries === 1 ? "headline" : `${summaries} headlines`} do. Move it up first.`;

/** By its number from 1, or its address. */
function pictureNamed(name: string, pictures: readonly { image: ArticleImage }[]): Outcome<ArticleImage> {
  const wanted = name.trim();
  const found = /^\d{1,3}$/.test(wanted)
    ? pictures[Number(wanted) - 1]
    : pictures.find(({ image }) => image.url === wanted);
  if (found) return done(found.image);
  const count = pictures.length;
  const there =
    count === 0
      ? "none of its articles has one"
      : count === 1
        ? "it has one, number 1"
        : `its pictures are 1 to ${count}`;
  return fault("bad-request", `The story has no picture “${wanted}”: ${there}.`);
}
