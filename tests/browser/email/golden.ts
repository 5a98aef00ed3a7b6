/**
 * `npm run golden`: renders every golden edition in every mode and writes a page with what changed, before and after
 * side by side. `npm run golden -- --accept` keeps what is rendered now, as files and pictures, for the tests to
 * compare with.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { goldenEmails, goldenFolder, picturedEmails } from "../../golden/emails.ts";
import { contrasts, worst } from "./email-contrast.ts";
import { decoded, difference, encoded, kept, type Picture, pictureOf, reduced, tolerance } from "./email-picture.ts";
import { type ModeName, modeNames, modes, openStage, type Stage } from "./email-stage.ts";
import { type FirefoxMode, findFirefox, firefoxModes, firefoxPicture } from "./firefox.ts";

const pictureFolder = new URL("../../golden/pictures/", import.meta.url);
const reviewFolder = new URL("../../../.golden/", import.meta.url);

/** The stored picture of an edition in a mode. */
export const goldenPicture = (edition: string, mode: string): URL => new URL(`${edition}-${mode}.png`, pictureFolder);

type Shown = { edition: string; mode: string; share: number; contrast: number };

const textOf = (file: URL): Promise<string> => (existsSync(file) ? readFile(file, "utf8") : Promise.resolve(""));

/** Renders one edition in one mode; what changed is written to the review folder as three pictures. */
async function compare(stage: Stage, edition: string, name: ModeName): Promise<Shown> {
  const how = modes[name];
  const html = goldenEmails.find((email) => email.name === edition)?.html ?? "";
  const page = await stage.show(html, how);
  const now = await pictureOf(page);
  const contrast = worst(await contrasts(page, now));
  const file = goldenPicture(edition, name);
  const before = existsSync(file) ? await decoded(await readFile(file)) : null;
  const share = before === null ? 1 : difference(before, await reduced(now)).share;
  const put = async (what: string, picture: Picture) =>
    writeFile(new URL(`${edition}-${name}-${what}.png`, reviewFolder), await encoded(picture));
  await put("now", now);
  if (share > tolerance && before !== null) {
    // If the email has changed, its old version is rendered at full size; if only the browser has, the stored small
    // picture is all there is.
    const old = await textOf(new URL(`${edition}.html`, goldenFolder));
    const then = old === html || old === "" ? before : await pictureOf(await stage.show(old, how));
    await put("before", then);
    await put("difference", difference(then, old === html ? await reduced(now) : now).map);
  }
  return { edition, mode: name, share, contrast };
}

async function accept(stage: Stage): Promise<void> {
  await rm(pictureFolder, { recursive: true, force: true });
  await mkdir(pictureFolder, { recursive: true });
  await mkdir(goldenFolder, { recursive: true });
  for (const { name, html, text } of goldenEmails) {
    await writeFile(new URL(`${name}.html`, goldenFolder), html);
    await writeFile(new URL(`${name}.txt`, goldenFolder), text);
    if (!picturedEmails.includes(name)) continue;
    for (const mode of modeNames) {
      const picture = await pictureOf(await stage.show(html, modes[mode]));
      await writeFile(goldenPicture(name, mode), await kept(await reduced(picture)));
    }
  }
}

/** The editions that Firefox renders too; each takes seconds. */
const inFirefox = ["pictured", "arabic", "french"];

async function paintInFirefox(): Promise<void> {
  const firefox = findFirefox();
  if (firefox === undefined) {
    console.log("Firefox: skipped, because it is not installed here. Install it, or set FIREFOX to its path.");
    return;
  }
  for (const { name, html } of goldenEmails.filter((email) => inFirefox.includes(email.name))) {
    for (const mode of Object.keys(firefoxModes).filter(isFirefoxMode)) {
      await writeFile(new URL(`${name}-${mode}-firefox.png`, reviewFolder), await firefoxPicture(firefox, html, mode));
    }
  }
  console.log(`Firefox: ${inFirefox.length} editions in ${Object.keys(firefoxModes).length} modes, to be looked at.`);
}

const isFirefoxMode = (name: string): name is FirefoxMode => name in firefoxModes;

const figure = (file: string, caption: string): string =>
  `<figure><figcaption>${caption}</figcaption><img src="${file}" alt="" loading="lazy"></figure>`;

function review(shown: readonly Shown[]): string {
  const rows = shown
    .toSorted((a, b) => b.share - a.share)
    .map(({ edition, mode, share, contrast }) => {
      const file = (what: string) => `${edition}-${mode}-${what}.png`;
      const isChanged = share > tolerance;
      const has = existsSync(new URL(file("before"), reviewFolder));
      const before = has ? figure(file("before"), "before") : "";
      const changed = has ? figure(file("difference"), "difference") : "";
      const firefox = existsSync(new URL(file("firefox"), reviewFolder)) ? figure(file("firefox"), "Firefox") : "";
      const state = isChanged ? (has ? `${(share * 100).toFixed(2)}% changed` : "new") : "as before";
      return `<details${isChanged ? " open" : ""}><summary><b>${edition}</b>, ${mode}: ${state}, worst contrast ${contrast.toFixed(1)}</summary><div>${before}${figure(file("now"), "now")}${firefox}${changed}</div></details>`;
    });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Golden emails</title>
<style>body{font:16px/1.5 sans-serif;margin:24px;background:#ddd;color:#111}summary{padding:8px 0;cursor:pointer}div{display:flex;gap:16px;align-items:flex-start}figure{margin:0 0 24px}img{display:block;max-width:480px;background:#fff}figcaption{font-size:14px}</style>
<h1>Golden emails</h1>\n${rows.join("\n")}\n</html>\n`;
}

async function main(isAccepting: boolean): Promise<void> {
  const stage = await openStage();
  try {
    if (isAccepting) {
      await accept(stage);
      console.log("Kept: tests/golden/files and tests/golden/pictures are what is rendered now.");
      return;
    }
    await rm(reviewFolder, { recursive: true, force: true });
    await mkdir(reviewFolder, { recursive: true });
    const shown: Shown[] = [];
    for (const edition of picturedEmails) {
      for (const mode of modeNames) shown.push(await compare(stage, edition, mode));
    }
    await paintInFirefox();
    const page = new URL("index.html", reviewFolder);
    await writeFile(page, review(shown));
    const changed = shown.filter(({ share }) => share > tolerance);
    console.log(`${changed.length} of ${shown.length} pictures changed. Look at ${fileURLToPath(page)}`);
    if (changed.length > 0) console.log("If that is as you meant it: npm run golden -- --accept");
  } finally {
    await stage.close();
  }
}

const isMain = process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === import.meta.url;
if (isMain) await main(process.argv.includes("--accept"));
