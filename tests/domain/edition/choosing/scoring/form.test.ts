import { describe, expect, it } from "vitest";
import { formOf } from "#domain/edition/choosing/scoring/form.ts";

describe("the form of a piece", () => {
  const form = (title: string, url: string | null = null, section: string | null = null) =>
    formOf({ title, url, section });
  it.each([
    ["Rovers v Town: cup final – live!", "live"],
    ["Rovers 2-1 Town: cup final – as it happened", "live"],
    ["Wahlabend im Liveticker", "news"],
    ["Wahlabend: Liveticker", "live"],
    ["Lanterns on the river - in pictures", "gallery"],
    ["Carnival day: Wednesday's top photos", "gallery"],
    ["Mayor sings in the rain – video", "video"],
    ["The harbour hour – podcast", "audio"],
    ["The weekly crossword", "puzzle"],
    ["We built the bridge and now we must cross it | Ada Lovelock", "opinion"],
    ["Opinion: leave the old station alone", "opinion"],
    ["Sponsored: ten ways to a better oven", "promotion"],
    ["Kreuzworträtsel vom Samstag", "puzzle"],
    ["Horóscopo de hoje: o que dizem os astros", "puzzle"],
    ["חידת תשבץ לסוף השבוע", "puzzle"],
    ["EuroMillions results: tonight's winning numbers", "puzzle"],
    ["Lottozahlen vom Samstag", "puzzle"],
    ["Lottery winner gives her millions to the harbour", "news"],
    ["Anzeige: Neue Küchen", "promotion"],
    ["Anzeige gegen den Hafenmeister", "news"],
    ["Publirreportaje: un verano en el puerto", "promotion"],
    ["[Sponsor] A lamp that never flickers", "promotion"],
    ["We’re hiring: a night editor", "promotion"],
    ["Wir suchen: Nachtredakteur", "promotion"],
    ["We are hiring fewer sailors, says ferry line", "news"],
    ["Sponsor leaves the harbour regatta", "news"],
    ["Tribune : rouvrir le vieux pont", "opinion"],
    ["Opinião: a ponte é de todos", "opinion"],
    ["Who will mend the old bridge?", "background"],
    ["How the ferry came to Saltmarsh", "background"],
    ["Review: a play for two chairs", "background"],
    ["The King of the Pier – review", "background"],
    ["5 things to know about the new ferry", "background"],
    ["Ada Pike: Five Reasons She Left", "background"],
    ["Hafenfest: 7 Gründe, die Fähre zu nehmen", "background"],
    ["10 claves del nuevo puente", "background"],
    ["Court hears three reasons for the delay", "news"],
    ["5 ferries sink in one night", "news"],
    ["Review of harbour rules begins", "news"],
    ["Live music returns to the pier", "news"],
    ["Police release video of the break-in", "news"],
    ["Two towns | one railway", "news"],
    ["Harbour opens after nine years", "news"],
  ])("%s: %s", (title, expected) => {
    expect(form(title)).toBe(expected);
  });

  it("also follows from the address and the section", () => {
    expect(form("Bridge", "https://x.example/world/live/2026/bridge")).toBe("live");
    expect(form("Bridge", "https://x.example/opinion/bridge")).toBe("opinion");
    expect(form("Bridge", null, "Kommentar")).toBe("opinion");
    expect(form("Bridge", "https://video.example/news/bridge")).toBe("news");
    expect(form("Bridge", "https://www.youtube.com/live/bridge")).toBe("video");
    expect(form("Bridge", "https://gazette.example/iplayer/bridge")).toBe("video");
    expect(form("Bridge: crossword", "https://harbour.bandcamp.com/track/bridge")).toBe("audio");
  });
});
