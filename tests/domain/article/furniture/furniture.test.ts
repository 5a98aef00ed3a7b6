import { describe, expect, test } from "vitest";
import { readable } from "#domain/article/furniture/furniture.ts";

const title = "The bridge opens";

describe("what software puts under a text is no paragraph of it", () => {
  test.each([
    "The post The bridge opens first appeared on Gazette.",
    "Der Beitrag Die Brücke öffnet erschien zuerst auf Anzeiger.",
    "L’article Le pont ouvre est apparu en premier sur La Gazette.",
    "La entrada Se abre el puente aparece primero en La Gaceta.",
    "O post A ponte abre apareceu primeiro em Gazeta.",
    "ظهرت المقالة الجسر يفتح أولاً على الجريدة.",
    "הפוסט הגשר נפתח הופיע לראשונה ב-העיתון.",
    "The bridge opens was originally published in Harbour Weekly on Medium, where people go on talking about it.",
    "This essay originally appeared in Harbour Weekly.",
    "Dieser Artikel erschien zuerst in der Hafenzeitung.",
    "Cet article a été initialement publié dans La Gazette.",
    "Este artículo fue publicado originalmente en La Gaceta.",
    "Este texto foi publicado originalmente na Gazeta.",
    "Read the rest of the story »",
    "Weiterlesen →",
    "Lire l’article complet",
    "Seguir leyendo…",
    "Continuar a ler",
    "اقرأ المزيد",
    "להמשך קריאה",
    "Lesen Sie auch: Die Fähre, die nie kam",
    "À lire aussi : Le bac",
    "Lea también: El ferri",
    "Leia também: A balsa",
    "اقرأ أيضا: العبارة",
    "קראו גם: המעבורת",
    "Listen to this article",
    "Artikel anhören",
    "Skip to content",
    "Flag as inappropriate",
    "Click to share on Mastodon (Opens in new window)",
    "Get 15% off forever",
    "Comments (12)",
    "Kommentare (0)",
    "Reading time: 6 minutes",
    "Lesezeit: ca. 4 Min.",
    "Temps de lecture : 3 min",
    "זמן קריאה: 5 דקות",
    "Filed under: Harbour, Bridges",
    "Schlagwörter: Hafen, Brücke",
    "Étiquettes : port, pont",
    "الوسوم: الميناء، الجسر",
    "Advertisement - story continues below",
    "Nach der Anzeige weiterlesen",
    "La suite après cette publicité",
    "This article is more than 3 years old",
    "Originally posted at https://harbour.example/bridge",
    "First published on harbour.example",
    "Share",
    "Leave a comment",
    "Subscribe now",
    "Jetzt abonnieren",
    "S’abonner",
    "Suscríbete",
    "Compartilhar",
    "اشترك الآن",
    "שתפו",
    "Anzeige",
    "Publicidad",
    "SPONSORED",
    "Thanks for reading Harbour Notes! Subscribe for free to receive new posts.",
    "Harbour Notes is a reader-supported publication. To receive new posts, consider becoming a subscriber.",
    "This post is for paid subscribers",
    "Points: 312",
    "# Comments: 7",
    "Article URL: https://harbour.example/bridge",
    "Comments URL: https://talk.example/1",
    "4 posts - 2 participants",
    "3 Beiträge - 2 Teilnehmer",
    "Read full topic",
    "12 commentaires",
    "submitted by /u/harbour [link] [12 comments]",
    "View this email in your browser",
    "Diese E-Mail im Browser ansehen",
    "Afficher cet e-mail dans votre navigateur",
    "Ver este correo en su navegador",
    "Unsubscribe",
    "Copyright © 2026 Harbour Notes, All rights reserved.",
    "Our mailing address is:",
    "Full Changelog: v1.2.0...v1.3.0",
    "No content.",
    "PMID:12345678 | DOI:10.1000/x",
    "Harbour Stud. 2026 Nov 27. doi: 10.1000/x. Online ahead of print.",
    "Hosted on Acast. See acast.com/privacy for more information.",
    "Learn more about your ad choices. Visit megaphone.fm/adchoices",
    "Support us: pay.example/harbour",
    "#harbour #bridges",
    "https://harbour.example/bridge",
    "Photo: Ada Pike",
    "صورة: أدا",
    "The bridge opens",
  ])("%s", (paragraph) => {
    expect(readable([paragraph, "Thousands came."], title)).toEqual(["Thousands came."]);
  });
});

describe("news that begins like furniture stays", () => {
  test.each([
    "Share prices fell by a tenth after the bridge was closed for repairs.",
    "Support for the mayor rose to 40 percent.",
    "Subscribers to the ferry's newsletter were the first to know.",
    "The study was originally published in 2019 and has been corrected since.",
    "Follow-up inspections are due in March.",
    "Comments by the mayor caused anger in the harbour.",
    "12 points were enough for the harbour team to win.",
    "Donations paid for the lamps on the bridge.",
    "Anzeigen gegen den Betreiber gab es bisher nicht.",
    "Compartir el puente con los ciclistas será obligatorio.",
    "Photographs of the opening show a crowd of thousands.",
    "Read more books, said the mayor, and look up from your telephone.",
    "Advertisement spending doubled in a year.",
    "First published in 1851, the novel has never been out of print.",
    "Reading time: children spend a third less on books than in 2019, a study says.",
    "Categories of damage were agreed on: light, heavy and total.",
    "Listen to this article of the constitution, said the judge.",
    "Get 20% of the vote and you are in parliament.",
    "שתפו פעולה עם הרשויות, אמר ראש העיר.",
  ])("%s", (paragraph) => {
    expect(readable([paragraph], title)).toEqual([paragraph]);
  });
});

test("a tail goes and its paragraph stays", () => {
  const tails = [
    "Thousands came. Read more",
    "Thousands came. Continue reading The bridge opens →",
    "Thousands came. Continue reading on Harbour Weekly »",
    "Thousands came. [&hellip;]".replace("&hellip;", "…"),
    "Thousands came. Weiterlesen …",
    "Thousands came. Leer más",
    "arXiv:2611.00001v2 Announce Type: replace Abstract: Thousands came.",
  ];
  for (const tail of tails) expect(readable([tail], title)).toEqual(["Thousands came."]);
});

test("a text that repeats the title with its outlet says nothing", () => {
  expect(readable(["The Bridge opens  Harbour Weekly", "Thousands came."], title, "Harbour Weekly")).toEqual([
    "Thousands came.",
  ]);
});
