import type { ArticleImage } from "#domain/article/article.ts";
import { showStory } from "#usecases/editions/workbench/show-story.ts";
import { article, articles, hoursBefore } from "./edition-fixtures.ts";
import { system, value } from "./editions-system.ts";

export const image = (name: string): ArticleImage => ({
  url: `https://pictures.example/${name}.jpg`,
  alt: `The ${name}`,
  width: 1200,
  height: 800,
});

const sentence = "The harbour opened again on Monday after ten long years of work.";

/** Three sources have the same story, two of them with a picture; all other articles are stories of their own. */
const same = { title: "Mayors welcome harbour bridge after ten years of work", summary: sentence };

export const told = [
  article(201, { ...same, sourceId: "gazette", image: image("bridge"), seenAt: hoursBefore(3) }),
  article(202, { ...same, sourceId: "herald", image: image("mayor"), seenAt: hoursBefore(2) }),
  article(203, { ...same, sourceId: "courier", seenAt: hoursBefore(1) }),
];

const bridgeNews = [
  ...told,
  ...articles(40, (n) => ({
    sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette",
    summary: `What happened in matter ${n} was seen by very many people.`,
  })),
];

/** A system with a drafted edition, and the position and id of the story of three sources. */
export async function draftBridge() {
  const desk = system(bridgeNews);
  const before = value(await desk.build());
  const items = [before.lead, ...before.headlines];
  const at = items.findIndex(({ title }) => title === same.title);
  const story = async (name: string) => value(await showStory(desk.ports, { newsletter: "daily", story: name })).story;
  return { ...desk, before, at: String(at), id: items[at]?.storyId ?? "", story };
}
