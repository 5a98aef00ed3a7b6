import { expect, test } from "vitest";
import { sourceName } from "#domain/source/source-name.ts";

test.each([
  ["HRBNews.ca - Top Stories - Public RSS", "HRB News"],
  ["HRBtoday.com - Top Stories", "HRBtoday"],
  ["Harbour Daily (subscription)", "Harbour Daily"],
  ["Harbour Post (Leith)", "Harbour Post (Leith)"],
  ["H1 > Tecnologia", "H1"],
  ["Le Port - Santé", "Le Port"],
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
  ["Harbour Gazette | Latest", "Harbour Gazette"],
  ["Le Port - Toutes les actualités", "Le Port"],
  ["Diário do Porto - Página inicial", "Diário do Porto"],
  ["Harbour Gazette (Business)", "Harbour Gazette"],
  ["Harbour Gazette (Islay)", "Harbour Gazette (Islay)"],
  ["OpenHarbour Blogbeiträge", "OpenHarbour"],
  ["OpenHarbour blog posts", "OpenHarbour"],
  ["Wasserstände - www.hafen.example", "Wasserstände - hafen.example"],
  ["Harbour — All Posts RSS", "Harbour"],
  ["Harbour | Top Stories News", "Harbour"],
  ["Porto - Mundo - Principal", "Porto"],
  ["Blog – Harbour", "Harbour"],
  ["Recent posts on Harbour", "Harbour"],
  ["Newest questions - Harbour Help", "Harbour Help"],
  ["TechHarbour.com", "TechHarbour"],
  ["haRbour.org", "haRbour.org"],
  ["World", "World"],
  ["Latest news", "Latest news"],
  ['"harbour bridge" - Harbour Search', "Harbour Search"],
  ["Notes: on tides and salt", "Notes: on tides and salt"],
  ["Stories by Ada Pike on Harbour", "Ada Pike on Harbour"],
])("%s is %s", (title, name) => {
  expect(sourceName(title)).toBe(name);
});

const rights = "Copyright 2026  The Harbour Gazette Company";
test.each([
  ["small, and written large elsewhere", "harbour - World news", ["Group Harbour 2026"], null, "Harbour"],
  ["small wherever it is written", "harbour", ["A harbour of rights", "HARBOUR"], null, "harbour"],
  ["small, and part of a longer name", "harbour", ["Harbours", "Harbour.example"], null, "harbour"],
  [
    "initials that the address spells",
    "HG > Home Page",
    [rights],
    "https://www.hgazette.example/",
    "The Harbour Gazette",
  ],
  ["initials of other words", "HB", [rights], "https://www.hgazette.example/", "HB"],
  ["initials that the site goes by", "HG", [rights], "https://hg.example/", "HG"],
  ["initials of a company that the address doesn't spell", "HG", [rights], "https://ports.example/", "HG"],
  [
    "initials and a line in another language",
    "HZ",
    ["© 2001-2026 Hafen Zeitung GmbH & Co. KG. Alle Rechte vorbehalten."],
    "https://hafenzeitung.example",
    "Hafen Zeitung",
  ],
  ["a name that needs nothing", "Harbour", ["Harbour Gazette Ltd"], "https://harbour.example", "Harbour"],
])("a name that is %s", (_what, title, texts, site, name) => {
  expect(sourceName(title, { texts, site })).toBe(name);
});
