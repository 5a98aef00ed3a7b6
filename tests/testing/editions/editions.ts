import type { EditionContent, Headline } from "#domain/edition/edition.ts";
import { readyTheme } from "#domain/theme/theme.ts";
import type { DigestLook } from "#templates/email/digest.ts";

/** Editions of invented news, for the tests of emails and pages. Nothing and no one in them exists. */

type Given = [title: string, source: string, alsoIn?: string[], developing?: boolean];

const news: Given[] = [
  ["Night ferry to the northern islands returns after nine winters", "Harbour Gazette", ["The Gull"]],
  ["Bakers ask the city to count bread, not loaves", "Inland Post"],
  [
    "Rail union and operator agree on a four-day timetable trial",
    "The Gull",
    ["Harbour Gazette", "Inland Post", "Union Review", "Signal & Track", "Daily Line", "Provincial Wire"],
  ],
  ["A comet seen twice in one week puzzles amateur astronomers across two counties", "Sky Notes"],
  ["Flooded archive dries 40,000 pages with a borrowed freezer", "Inland Post", ["The Gull"], true],
  ["Court orders dam operator to publish its safety reports", "Provincial Wire"],
  ["The last typewriter repairer in Ostmere takes an apprentice", "The Gull"],
  ["School meals to be cooked on site again from the spring term", "Harbour Gazette", ["Inland Post"]],
  ["Cyclists and lorries to share the bridge during eighteen months of repairs", "Signal & Track"],
  ["Wind farm pays first dividend to the villages that own it", "Inland Post"],
  ["Museum gives back a bell that rang in another town for 300 years", "The Gull", ["Harbour Gazette"]],
  ["Doctors publish waiting times themselves after ministry delays", "Provincial Wire", [], true],
  ["Heat records fall, but fewer people fell ill than last year", "Sky Notes"],
  ["A novel written in letters to the tax office wins the Lantern Prize", "Inland Post"],
  ["Fishing quota cut by a third as herring move north", "Harbour Gazette", ["The Gull", "Provincial Wire"]],
  ["Start-up turns old nets into chairs, and lands its first airport order", "Daily Line"],
  ["Ostmere Rovers win on penalties after the longest shoot-out in league history", "The Gull"],
];

const headlines = (given: readonly Given[], site: string): Headline[] =>
  given.map(([title, source, alsoIn = [], developing = false], i) => ({
    storyId: `story-${i}`,
    title,
    url: `https://${site}/2026/11/23/story-${i + 1}?edition=morning&page=${i + 1}`,
    source,
    alsoIn,
    developing,
    reasons: ["three sources tell it"],
  }));

export const look: DigestLook = {
  title: "The Daily Broadsheet",
  language: "en-GB",
  timeZone: "Europe/London",
  postalAddress: "The Daily Broadsheet, 1 Example Street, London, United Kingdom",
  siteUrl: "https://news.example",
  editionUrl: "https://news.example/daily/2026-11-23",
  archiveUrl: "https://news.example/daily",
  contact: "editor@broadsheet.example",
};

/** What the website says about the newsletter to new readers. */
export const about = {
  description: "The lead story of the day and the headlines worth knowing.",
  language: "en-GB",
  cadence: { days: ["mon", "tue", "wed", "thu", "fri"] as const, sendAt: "07:00", timeZone: "Europe/London" },
};

/** One lead and 17 headlines, as on most days. */
export const usual: EditionContent = {
  newsletter: "daily",
  date: "2026-11-23",
  subject: "Harbour council votes to reopen the old tide mill",
  preheader: "Plus: Night ferry to the northern islands returns after nine winters; bakers ask to count bread",
  lead: {
    storyId: "lead",
    title: "Harbour council votes to reopen the old tide mill as a power station",
    url: "https://gazette.example/2026/11/tide-mill-power-station",
    source: "Harbour Gazette",
    image: null,
    reasons: ["four sources tell it"],
    paragraphs: [
      "Ostmere’s tide mill, idle since 1951, will turn again. After a seven-hour sitting the harbour council voted nine to six on Sunday night to lease the building to a cooperative of 340 households, who plan to make electricity with it from next autumn.",
      "The cooperative expects the two restored wheels and one modern turbine to give 1.8 gigawatt hours a year, enough for about 600 homes. It has raised £2.1 million of the £3.4 million it needs; the rest is to come from a loan that the council has now agreed to guarantee.",
      "“We have been letting the sea go in and out for free for seventy-five years,” said Marit Ebbesen, who chairs the cooperative. “All we ask is to stand in the doorway.”",
      "Opponents had warned that the sluices would disturb the eelgrass in the upper basin, where seahorses were found in 2019. The lease now obliges the cooperative to keep the gates open for two hours at every turn of the tide, and to pay for a yearly count.",
      "Councillor Piet Hallam, who voted against, called the guarantee “a bet with other people’s money”. The council’s own auditors put the risk of a loss at one in twelve.",
      "Work on the foundations begins in March. The mill’s bell, which used to call the millers when the tide was right, is to be hung again on the quay side. It will be rung by hand.",
      "Residents of the lower quay will be asked about lighting and noise at two evening meetings in January. The cooperative says that its turbine can be heard for about forty metres.",
      "If the work keeps to its plan, the first electricity flows on 1 October 2027, the 400th anniversary of the first mention of the mill in the town’s rolls.",
    ],
  },
  headlines: headlines(news, "gull.example"),
};

/** From a plain-text digest: no lead title, no sources, no links. */
export const plain: EditionContent = {
  ...usual,
  subject: "Night ferry to the northern islands returns after nine winters",
  preheader: "Plus: Bakers ask the city to count bread, not loaves; Court orders dam operator to publish its reports",
  lead: { ...usual.lead, storyId: null, title: null, url: null, source: null },
  headlines: usual.headlines.map((headline) => ({
    ...headline,
    storyId: null,
    url: null,
    source: null,
    alsoIn: [],
    developing: false,
  })),
};

const summaries = [
  "The first boat since 2017 leaves on Friday with 140 berths; fares are frozen until the spring.",
  "They say that a loaf of a kilo and a loaf of a pound should not pay the same duty, as they have since 1884.",
  "Drivers keep their pay for eight months. Passengers lose eleven early trains, and get nine late ones.",
];

/** With a picture of known size, and a summary for each of the first three headlines. */
export const pictured: EditionContent = {
  ...usual,
  headlines: usual.headlines.map((headline, i) => {
    const [summary, name] = [summaries[i], ["ferry", undefined, "rail"][i]];
    if (summary === undefined) return headline;
    const url = `https://gazette.example/pictures/small-${name}.jpg`;
    return { ...headline, summary, ...(name ? { image: { url, alt: "", width: 240, height: 160 } } : {}) };
  }),
  lead: {
    ...usual.lead,
    image: {
      url: "https://gazette.example/pictures/mill.jpg",
      alt: "The tide mill at dusk, seen from the lower quay",
      width: 1200,
      height: 675,
      caption: "The mill’s two wheels last turned in 1951. The roof was mended by volunteers in 2019.",
      credit: "Ines Holm",
    },
  },
};

/** Nine kinds of dangerous text that every field must show literally. */
export const trouble =
  "{{x}} {{unsubscribe}} {{{y}}} \\{{z}} <script>alert(1)</script> </h1> & &amp; \"double\" 'single' `tick` a\r\nBcc: b@example.org \u202Eevil\u2066 it\u0092s \u0000\u0007 %%name%% #{x} 👩‍🚒 نص עברית 中文";

const hostileHeadline = (title: string, url: string | null, summary?: string): Headline => ({
  ...(summary === undefined ? {} : { summary }),
  storyId: trouble,
  title,
  url,
  source: `Source ${trouble}`,
  alsoIn: [`Other ${trouble}`, "\u202Ereversed"],
  developing: true,
  reasons: [trouble],
});

/** Dangerous text in every field. */
export const hostile: EditionContent = {
  newsletter: "daily",
  date: "2026-11-23",
  subject: `Subject ${trouble}`,
  preheader: `Preheader ${trouble}`,
  lead: {
    storyId: trouble,
    title: `Lead ${trouble}`,
    url: "https://evil.example/{{x}}?a=1&b=\"><script>'",
    paragraphs: [`First ${trouble}`, `Second ${trouble}`, `A word of forty letters: ${"w".repeat(40)}`],
    source: `Source ${trouble}`,
    image: {
      url: 'https://evil.example/a.png" onerror="alert(1)',
      alt: `Alt ${trouble}`,
      width: 640,
      height: null,
      caption: `Caption ${trouble}`,
      credit: `Credit ${trouble}`,
    },
    reasons: [trouble],
  },
  headlines: [
    hostileHeadline(`Headline ${trouble}`, "https://evil.example/?q={{x}}", `Summary ${trouble}`),
    hostileHeadline("A link that is a script", "javascript:alert(1)"),
    hostileHeadline("A link that is data", "data:text/html,<script>alert(1)</script>"),
    hostileHeadline(`A long address https://evil.example/${"path/".repeat(18)}`, "https://evil.example/long"),
    hostileHeadline("}}{{#each x}}{{/each}}{{!-- comment --}}{{> part}}", null),
  ],
};
export const hostileLook: DigestLook = {
  ...look,
  title: `Title ${trouble}`,
  postalAddress: `Street ${trouble}`,
  reason: `Reason ${trouble}`,
};

export const arabic: EditionContent = {
  ...usual,
  subject: "مجلس الميناء يصوّت لإعادة تشغيل طاحونة المد",
  preheader: "وأيضًا: عودة العبّارة الليلية إلى الجزر الشمالية بعد تسعة شتاءات؛ الخبازون يطلبون إحصاء الخبز",
  lead: {
    ...usual.lead,
    title: "مجلس الميناء يصوّت لإعادة تشغيل طاحونة المد القديمة محطةً للكهرباء",
    paragraphs: [
      "ستدور طاحونة المد في أوستمير من جديد بعد توقف دام منذ عام 1951. فبعد جلسة استمرت سبع ساعات صوّت مجلس الميناء مساء الأحد بتسعة أصوات مقابل ستة لصالح تأجير المبنى لتعاونية تضم 340 أسرة.",
      "تتوقع التعاونية أن تنتج العجلتان المرممتان والتوربين الحديث 1.8 غيغاواط ساعة في السنة، وهو ما يكفي نحو 600 منزل، بحسب تقرير نشرته The Gull هذا الأسبوع.",
      "Marit Ebbesen: “All we ask is to stand in the doorway.”",
      "«تركنا البحر يدخل ويخرج مجانًا خمسة وسبعين عامًا»، قالت ماريت إيبسن رئيسة التعاونية. «كل ما نطلبه أن نقف عند الباب».",
    ],
  },
  headlines: headlines(
    [
      ["عودة العبّارة الليلية إلى الجزر الشمالية بعد تسعة شتاءات", "Harbour Gazette", ["The Gull"]],
      ["Bakers ask the city: count “bread”, not loaves!", "Inland Post"],
      [
        "اتفاق بين نقابة السكك الحديدية والمشغّل على تجربة جدول من أربعة أيام",
        "The Gull",
        ["صحيفة الداخل", "Union Review"],
      ],
      ["مذنّب يُرى مرتين في أسبوع واحد يحيّر هواة الفلك في محافظتين", "Sky Notes"],
      ["أرشيف غمرته المياه يجفف 40 ألف صفحة في مجمّد مستعار", "صحيفة الداخل", ["The Gull"], true],
    ],
    "dakhil.example",
  ).map((headline, i) => ({
    ...headline,
    ...[
      {
        summary: "تغادر أول عبّارة منذ عام 2017 يوم الجمعة وعلى متنها 140 سريرًا.",
        image: { url: "https://gazette.example/pictures/small-ferry.jpg", alt: "", width: 240, height: 160 },
      },
      { summary: "They say that a loaf of a kilo and a loaf of a pound should not pay the same duty." },
      {},
    ][Math.min(i, 2)],
  })),
};
export const arabicLook: DigestLook = {
  ...look,
  title: "النشرة اليومية",
  language: "ar",
  timeZone: "Asia/Amman",
  postalAddress: "النشرة اليومية، شارع المثال 1، عمّان، الأردن",
};

/** With sections, and its own theme with a logo. German has long words and its own quotation marks. */
export const german: EditionContent = {
  ...usual,
  newsletter: "morgenblatt",
  subject: "Hafenrat beschließt: Die alte Gezeitenmühle soll wieder laufen",
  preheader: "Außerdem: Die Nachtfähre zu den nördlichen Inseln kehrt zurück; Bäcker wollen Brot zählen lassen",
  lead: {
    ...usual.lead,
    title: "Hafenrat beschließt: Die alte Gezeitenmühle wird zum Wasserkraftwerk",
    section: "Wirtschaft",
    source: "Hafenzeitung",
    image: { url: "https://gazette.example/pictures/mill.jpg", alt: "", width: 1200, height: 675, credit: "Ines Holm" },
    paragraphs: [
      "„Wir lassen das Meer seit fünfundsiebzig Jahren umsonst ein und aus“, sagte Marit Ebbesen, die Vorsitzende der Genossenschaft, nach der siebenstündigen Sitzung. Mit neun zu sechs Stimmen hat der Hafenrat von Ostmere am Sonntagabend beschlossen, die Mühle an 340 Haushalte zu verpachten.",
      "Zwei restaurierte Räder und eine neue Turbine sollen 1,8 Gigawattstunden im Jahr liefern, genug für etwa 600 Wohnungen. Von den nötigen 3,4 Millionen Euro sind 2,1 Millionen beisammen; für den Rest bürgt nun der Rat.",
      "Gegner fürchten um das Seegras im oberen Becken. Der Pachtvertrag verlangt deshalb, dass die Schleusentore bei jedem Wechsel der Tide zwei Stunden lang offen stehen, und dass die Genossenschaft die jährliche Naturschutzverträglichkeitsuntersuchung bezahlt.",
    ],
  },
  headlines: headlines(
    [
      ["Bahngewerkschaft und Betreiber einigen sich auf einen Versuchsfahrplan", "Die Möwe", ["Hafenzeitung"]],
      ["Gericht: Staudammbetreiber muss Sicherheitsberichte veröffentlichen", "Landbote", [], true],
      ["Windpark zahlt den Dörfern, denen er gehört, die erste Dividende", "Landbote", ["Die Möwe", "Hafenzeitung"]],
      ["Fangquote um ein Drittel gekürzt: Die Heringe ziehen nach Norden", "Hafenzeitung"],
      ["Ein Komet, zweimal in einer Woche gesehen, gibt Amateurastronomen Rätsel auf", "Himmelskunde"],
      ["„Briefe an das Finanzamt“ gewinnt den Laternenpreis", "Landbote", ["Die Möwe"]],
    ],
    "moewe.example",
  ).map((headline, i) => ({
    ...headline,
    ...[{ section: "Politik" }, { section: "Wirtschaft" }, {}][Math.floor(i / 2)],
  })),
};
export const germanLook: DigestLook = {
  ...look,
  title: "Ostmerer Morgenblatt",
  language: "de",
  timeZone: "Europe/Berlin",
  postalAddress: "Ostmerer Morgenblatt, Beispielstraße 1, 20095 Hamburg, Deutschland",
  contact: "redaktion@morgenblatt.example",
  theme: {
    ...readyTheme("gazette"),
    logo: { url: "https://morgenblatt.example/logo.png", width: 360, height: 60 },
  },
};

/** As in real feeds: a headline of three lines, a standfirst, straight quotes, and a credit with its own label. */
const french: EditionContent = {
  ...usual,
  newsletter: "matin",
  subject: "Le conseil du port vote la remise en marche du vieux moulin à marée",
  preheader: "Aussi\u00a0: le ferry de nuit vers les îles du Nord revient après neuf hivers ; un gel des tarifs",
  lead: {
    ...usual.lead,
    title:
      "Le conseil du port vote, après sept heures de débat, la remise en marche du vieux moulin à marée, qu'une coopérative de 340 foyers exploitera comme centrale électrique malgré l'opposition des naturalistes",
    source: "Gazette du port",
    image: {
      url: "https://gazette.example/pictures/mill.jpg",
      alt: "Le moulin à marée au crépuscule",
      width: 420,
      height: 236,
      credit: "Photographie : Ines Holm",
    },
    paragraphs: [
      "Neuf voix contre six pour un bail de trente ans – les écluses resteront ouvertes deux heures à chaque marée",
      "L'Ostmere va de nouveau faire tourner ses roues. Dimanche soir, au terme d'une séance de sept heures, le conseil a loué le bâtiment à une coopérative de 340 foyers, qui compte en tirer de l'électricité dès l'automne prochain.",
      'La coopérative attend 1,8 gigawattheure par an, de quoi alimenter quelque 600 logements. "Nous laissons entrer et sortir la mer gratuitement depuis soixante-quinze ans", a dit sa présidente, Marit Ebbesen.',
    ],
  },
  headlines: headlines(
    [
      ["Le ferry de nuit vers les îles du Nord revient après neuf hivers", "La Mouette", ["Gazette du port"]],
      ['Les boulangers veulent compter "le pain, pas les miches"', "La Mouette"],
      ["Le parc éolien verse ses premiers dividendes aux villages qui le possèdent", "Poste de l'intérieur", [], true],
      ["Anticonstitutionnellement dissoute, l'intercommunalité fait appel", "Gazette du port"],
    ],
    "mouette.example",
  ).map((headline, i) =>
    i > 0
      ? headline
      : {
          ...headline,
          summary: "Le premier bateau depuis 2017 part vendredi, et les tarifs sont gelés jusqu'au printemps.",
        },
  ),
};
const frenchLook: DigestLook = {
  ...look,
  title: "Le Courrier du matin d'Ostmere",
  language: "fr",
  timeZone: "Europe/Paris",
  postalAddress: "Le Courrier du matin d'Ostmere, 1 rue de l'Exemple, 75001 Paris, France",
  theme: readyTheme("bulletin"),
};

/** Made from the week's sent editions: each story has the day of its daily edition. */
const weekly: EditionContent = {
  ...usual,
  newsletter: "weekly",
  date: "2026-11-28",
  lead: { ...usual.lead, day: "2026-11-23" },
  headlines: usual.headlines.map((headline, at) => ({ ...headline, day: `2026-11-${21 + (at % 7)}` })),
};
const weeklyLook: DigestLook = {
  ...look,
  title: "The Weekly Broadsheet",
  postalAddress: "The Weekly Broadsheet, 1 Example Street, London, United Kingdom",
  editionUrl: "https://news.example/weekly/2026-11-28",
  archiveUrl: "https://news.example/weekly",
};

/** Every edition with the look it is sent in. */
export const editions: Readonly<Record<string, { content: EditionContent; look: DigestLook }>> = {
  usual: { content: usual, look },
  plain: { content: plain, look },
  pictured: { content: pictured, look },
  hostile: { content: hostile, look: hostileLook },
  arabic: { content: arabic, look: arabicLook },
  german: { content: german, look: germanLook },
  french: { content: french, look: frenchLook },
  weekly: { content: weekly, look: weeklyLook },
};
