/**
 * Prints the worst contrast of the email on standard input in each mode, as JSON: `{"light600": 7.3, …}`. A program of
 * its own, since what runs in a page is compiled with a browser's names.
 */
import { text } from "node:stream/consumers";
import { contrasts, worst } from "./email-contrast.ts";
import { pictureOf } from "./email-picture.ts";
import { modeNames, modes, openStage } from "./email-stage.ts";

const html = await text(process.stdin);
const stage = await openStage();
const figures: Record<string, number> = {};
for (const name of modeNames) {
  const page = await stage.show(html, modes[name]);
  figures[name] = worst(await contrasts(page, await pictureOf(page)));
}
await stage.close();
console.log(JSON.stringify(figures));
