import type { Article } from "#domain/article/article.ts";
import { id } from "./edition-fixtures.ts";

/** Ten invented sources over three days: scoops, wire copy, repeats, updates, comment, and what shouldn't be a lead. */
export const outlets: Record<string, string> = {
  argus: "The Saltmarsh Argus",
  beacon: "Beacon",
  courant: "Hill Courant",
  dispatch: "Northern Dispatch",
  examiner: "The Examiner",
  fieldnote: "Fieldnote",
  goalpost: "Goalpost",
  ledger: "Ledger & Loom",
  meridian: "Meridian Agency",
  nachtblatt: "Nachtblatt",
};

const players = "Abel Birk Cato Dunn Esker Fenn Gorse Hale Iver Joss".split(" ");
const moves = [
  "leaves Albion for the islands",
  "scores twice against his brother",
  "breaks a toe on the team bus",
  "retires to run a bakery",
  "refuses to wear the new shirt",
  "wins the hill race barefoot",
  "is fined for a song about the referee",
  "keeps goal with one glove",
  "buys the stand that was named after him",
  "misses training for an exam in Latin",
];

type Row = [outlet: string, hour: number, title: string, more?: Partial<Article> & { wire?: string }];

const wire = {
  dam: "Engineers lowered the Hollin dam by two metres on Saturday after cracks were found in its spillway.",
  rates: "The central bank kept its rate at three per cent on Sunday and hinted at a cut in spring.",
};

/** Hours count from 07:00 UTC on 20 November 2026: the first edition closes at 24, the second at 48, the third at 72. */
const rows: Row[] = [
  // Day one: the dam is the main story, in five sources, two of them with the agency's text.
  ["meridian", 5, "Cracks in Hollin dam spillway force evacuation of three villages", { wire: wire.dam }],
  ["argus", 6, "Three villages evacuated as cracks open in Hollin dam spillway"],
  ["courant", 7, "Hollin dam: villages evacuated after cracks found in spillway"],
  ["dispatch", 7.5, "Cracks in Hollin dam spillway force evacuation of three villages", { wire: wire.dam }],
  ["examiner", 9, "Hollin dam cracks: thousands leave villages below the spillway"],
  ["examiner", 10, "Who let the Hollin dam grow old? | Maud Ferris", { section: "Opinion" }],
  ["beacon", 10.5, "Hollin dam evacuation – in pictures"],
  ["goalpost", 23, "Cup draw and team news from every ground – live!"],
  ["goalpost", 22, "Harriers reach the final with a header in stoppage time"],
  ["ledger", 8, "Weavers' cooperative buys the mill that dismissed it"],
  ["ledger", 12, "Cheap wool imports close another spinning shed in Calder"],
  ["fieldnote", 13, "Otters return to a river that was declared dead in 1971"],
  ["fieldnote", 14, "A fungus that eats diesel thrives beneath a petrol station"],
  ["argus", 15, "Ferry fares rise by a fifth from January"],
  ["argus", 16, "Saltmarsh school to teach in the open air all winter"],
  ["courant", 17, "Shepherd finds bronze age hoard under a gatepost"],
  ["dispatch", 18, "Night trains return to the northern line after thirty years"],
  ["dispatch", 19, "Signal failure strands commuters at Blackwater junction"],
  ["beacon", 20, "Novelist Ida Crane wins the Lantern prize"],
  ["beacon", 21, "Review: a King Lear for people who cannot sit still"],
  ["beacon", 11.5, "Museum of bells reopens with one bell"],
  ["ledger", 13.5, "Co-operative bank lends on handshakes again"],
  ["examiner", 14.5, "Inquest opens into drowning at the weir"],
  ["examiner", 11, "Minister for water says budget for dams was cut twice"],
  ["examiner", 20.5, "Court throws out case against the harbour protesters"],
  ["meridian", 21.5, "Two fishermen rescued after night on upturned boat"],
  ["courant", 22.5, "Village shop run by volunteers turns fifty"],
  ["nachtblatt", 9, "Risse im Staudamm von Hollin: Dörfer geräumt", { language: "de" }],

  // Day two: the bank, in four sources; the dam is only repeated; one source publishes far too much.
  ["dispatch", 26, "Hollin dam spillway cracks force evacuation of three villages", { wire: wire.dam }],
  ["meridian", 30, "Central bank holds rate at three per cent and hints at spring cut", { wire: wire.rates }],
  ["ledger", 30.5, "Central bank holds rate at three per cent, hints at a cut in spring", { wire: wire.rates }],
  ["examiner", 32, "Bank holds rate at three per cent but opens the door to a spring cut"],
  ["argus", 33, "Rate held at three per cent: central bank hints at spring cut"],
  ...players.map((player, n): Row => ["goalpost", 34 + n / 4, `${player} ${moves[n % moves.length]}`]),
  ["fieldnote", 36, "Swifts stayed a month longer than in any year on record"],
  ["fieldnote", 37, "How moss remembers the rain"],
  ["courant", 38, "Hill farms may sell water they hold back in floods"],
  ["courant", 39, "Quarry to become a theatre with six hundred stone seats"],
  ["beacon", 40, "Film about lighthouse keepers opens the winter festival"],
  ["beacon", 41, "Ida Crane gives her prize money to prison libraries"],
  ["argus", 42, "Storm takes forty metres of the Saltmarsh promenade"],
  ["dispatch", 43, "Blackwater junction signals were last renewed in 1988"],
  ["dispatch", 44, "Coal town votes to heat its homes from the flooded pits"],
  ["ledger", 45, "Loom makers sell more spare parts than looms"],
  ["examiner", 46, "Prison officers end strike after pay offer"],
  ["examiner", 47, "Archive of the river police found in a sealed cellar"],
  ["meridian", 47.5, "Avalanche warning raised to four for the eastern hills"],

  // Day three: there is something new about the dam, in two sources.
  ["meridian", 55, "Hollin dam spillway bursts: evacuated villages flooded, nobody missing"],
  ["argus", 56, "Evacuated villages under water as Hollin dam spillway bursts"],
  ["courant", 57, "Hollin dam spillway bursts and floods the evacuated villages"],
  ["examiner", 58, "Water minister resigns hours after the dam"],
  ["beacon", 59, "Festival gives its takings to flooded villages"],
  ["fieldnote", 60, "Flood carried rare orchid seeds forty miles downstream"],
  ["ledger", 61, "Insurers count the cost of Hollin at ninety millions"],
  ["goalpost", 62, "Harriers give their stand to families from the valley"],
  ["dispatch", 63, "Army pumps arrive by night train"],
  ["dispatch", 64, "Bakers of Calder send four thousand loaves"],
  ["argus", 65, "Promenade to be rebuilt behind a beach of shingle"],
  ["courant", 66, "Hoard from the gatepost is older than thought"],
];

const start = Date.parse("2026-11-20T07:00:00Z");
export const closes = (day: number): string => new Date(start + day * 24 * 3_600_000).toISOString();

/** The articles seen by the end of a day, 1 to 3. */
export const seenBy = (day: number): Article[] =>
  rows.flatMap(([outlet, hour, title, { wire: text, ...over } = {}], index) => {
    if (hour > day * 24) return [];
    const seenAt = new Date(start + hour * 3_600_000).toISOString();
    const article: Article = {
      id: id(index + 1),
      sourceId: outlet,
      sourceTitle: outlets[outlet] ?? outlet,
      title,
      url: `https://${outlet}.example/${outlet === "goalpost" ? "sport" : "news"}/${index}`,
      guid: null,
      published: seenAt,
      doubts: [],
      seenAt,
      changedAt: seenAt,
      summary: text ?? `${title}.`,
      paragraphs: text
        ? [text, "The agency reports more within the hour.", "Residents were told to stay away."]
        : [`${title}, as our reporter saw.`, "Those who were there say more.", "It is not over."],
      author: null,
      section: null,
      language: "en",
      image: null,
      archive: false,
      ...over,
    };
    return [article];
  });
