import { expect, test } from "vitest";
import { sourceName } from "#domain/source/source-name.ts";

test.each([
  ["HRBNews.ca - Top Stories - Public RSS", "HRB News"],
  ["Harbour > Home Page", "Harbour"],
  ["World News Articles | Harbour Online", "Harbour Online"],
  ["Aktuell - HAFEN.NET", "HAFEN.NET"],
  ["World – The Harbour Express", "The Harbour Express"],
  ["Harbour Times latest articles", "Harbour Times"],
  ["harbour - World news", "harbour"],
  ["Hafen neueste Meldungen", "Hafen"],
  ["Le Port : A la Une", "Le Port"],
  ["Jornal do Porto - Últimas Notícias", "Jornal do Porto"],
  ["Harbour Radio Topics: News", "Harbour Radio"],
  ["Latest news from The Harbour", "The Harbour"],
  ["Harbour Technica - All content", "Harbour Technica"],
  ["hafenschau.de - alles was heute im Hafen geschieht", "hafenschau.de"],
  ["Le Port - Toute la vie du port en continu", "Le Port"],
  ["Harbour News", "Harbour News"],
  ["HarbourToday", "HarbourToday"],
  ["Hafen.de", "Hafen.de"],
  ["World", "World"],
  ["Latest news", "Latest news"],
  ['"harbour bridge" - Harbour Search', "Harbour Search"],
  ["Notes: on tides and salt", "Notes: on tides and salt"],
  ["Stories by Ada Pike on Harbour", "Ada Pike on Harbour"],
])("%s is %s", (title, name) => {
  expect(sourceName(title)).toBe(name);
});
