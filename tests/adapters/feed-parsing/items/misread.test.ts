import { describe, expect, test } from "vitest";
import { read, rss } from "../../../testing/articles/feed-reading.ts";

const misread = (text: string, as = "windows-1252") => new TextDecoder(as).decode(Buffer.from(text));
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const feedOf = (titles: readonly string[], channel = "<title>T</title>") =>
  rss(titles.map((title) => `<item><title>${escaped(title)}</title></item>`).join(""), channel);
const titles = (given: readonly string[]) => read(feedOf(given)).articles.map(({ title }) => title);

describe("UTF-8 that was taken for another encoding and encoded again is read right", () => {
  test.each([
    [["Über die Grüße der Fähre", "Zwölf Boote", "Boats"], "windows-1252"],
    [["Voilà l’été à la plage", "L’hôtel « Côté mer » ouvre"], "windows-1252"],
    [["A dike’s end – “at last”", "It costs £31 million"], "windows-1252"],
    [["Não é amanhã", "Ação já"], "windows-1252"],
    [["Мост открыт", "Новая гавань"], "windows-1252"],
    [["Мост открыт", "Новая гавань"], "windows-1251"],
    [["Żółty ząb", "Nowy most łączy"], "windows-1250"],
    [["אניה חדשה בנמל", "جسر جديد في الميناء", "東京の港", "🌊 Wave"], "windows-1252"],
  ])("%j as %s", (right, as) => {
    expect(titles(right.map((one) => misread(one, as)))).toEqual(right);
  });

  test("twice, and in the feed's name, authors and texts", () => {
    const twice = (text: string) => misread(misread(text));
    const one = `<item><title>${twice("Die Fähre fährt")}</title><author>${twice("Jürgen Groß")}</author><description>&lt;p>${twice("Zwölf Bärte.")}&lt;/p></description></item>`;
    const { feed, articles } = read(rss(one, `<title>${twice("Höfer Bötchen")}</title>`));
    expect(feed.title).toBe("Höfer Bötchen");
    expect(articles).toMatchObject([{ title: "Die Fähre fährt", author: "Jürgen Groß", paragraphs: ["Zwölf Bärte."] }]);
  });

  test("given by references", () => {
    expect(titles(["F&Atilde;&frac14;r alle & jeden", "Die F&#195;&#164;hre"])).toEqual([
      "Für alle & jeden",
      "Die Fähre",
    ]);
  });

  test("beside characters given by references, and beside texts that are right", () => {
    const given = [`It${misread("’")}s late`, "A “new” dike", "A “new” boat", `A boat${misread("’")}s end`, "A – B"];
    expect(titles(given)).toEqual(["It’s late", "A “new” dike", "A “new” boat", "A boat’s end", "A – B"]);
    const mixed = ["ä", "ö", "ü", "ß", "é"].map((letter) => `Die ${misread(`F${letter}hre`)} – heute`);
    expect(
      titles([
        ...mixed,
        misread("Zwölf Bärte"),
        misread("Die Küste"),
        misread("Das Öl, für Hörer"),
        misread("Fäden, fünf"),
      ])[0],
    ).toBe("Die Fähre – heute");
  });

  test("after its no-break spaces became spaces", () => {
    expect(titles([misread("Comunità romana è qui").replaceAll("\u00a0", " "), misread("Già così")])).toEqual([
      "Comunità romana è qui",
      "Già così",
    ]);
  });
});

describe("right texts stay", () => {
  test.each([
    [["AMANHÃ… EM SÃO PAULO", "A IRMÃ” DE JOÃO", "NÃO É ASSIM", "«MAÇû"]],
    [["ROMÂNIA", "ÎN ROMÂNIA", "Â"]],
    [["Why you see Ã¼ instead of ü", "What “Ã©” means"]],
    [["The signs Ã¤, Ã¶, Ã¼ and â€™"]],
    [["How to fix â€™ in old posts", "The dreaded Â"]],
    [["Read donâ€™t as don’t and itâ€™s as it’s"]],
    [["Une forêt…", "« À Pâques »", "L’été à Nîmes"]],
    [["Новый мост", "В чём дело: РќРѕ"]],
  ])("%j", (right) => {
    expect(titles(right)).toEqual(right);
  });
});
