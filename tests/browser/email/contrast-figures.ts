/**
 * Prints the worst contrast of the email on standard input in each mode, of text and of rules, as
 * JSON: `{"light600": {"text": 7.3, "rules": 3.2}, …}`. A program of
 * its own, since what runs in a page is compiled with a browser's names.
 */
import { text } from "node:stream/consumers";
import { contrasts, ruleContrasts, worst } from "./email-contrast.ts";
import { pictureOf } from "./email-picture.ts";
import { modeNames, modes, openStage } from "./email-stage.ts";

const html = await text(process.stdin);
const stage = await openStage();
const figures: Record<string, { text: number; rules: number }> = {};
for (const name of modeNames) {
  const page = await stage.show(html, modes[name]);
  const picture = await pictureOf(page);
  figures[name] = { text: worst(await contrasts(page, picture)), rules: worst(await ruleContrasts(page, picture)) };
}
await stage.close();
console.log(JSON.stringify(figures));
