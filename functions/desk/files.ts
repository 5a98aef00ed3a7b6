import { base } from "./contract.ts";

// A literal import, so the bundler finds it; caught, so a checkout without it gives instructions.
const compiled = await import("./compiled/assets.js").catch((cause: unknown) => {
  throw new Error("The desk's style and script are missing: run `npm ci`, or `npm run prepare` if that is done.", {
    cause,
  });
});

const { style, script, headingFont, textFont, textFontBold, built } = compiled;
const pathOf = ({ name }: { name: string }) => `${base}/assets/${name}`;

/** A file of the desk's own pages. */
type DeskFile = { name: string; type: string; body: string | Uint8Array<ArrayBuffer> };

const bytesOf = ({ name, type, base64 }: { name: string; type: string; base64: string }): DeskFile => ({
  name,
  type,
  body: Uint8Array.from(Buffer.from(base64, "base64")),
});

/** The desk's own files, which are public. Their names change with their content. */
export const deskFiles: readonly DeskFile[] = [style, script, ...[headingFont, textFont, textFontBold].map(bytesOf)];
export const stylePath = pathOf(style);
export const scriptPath = pathOf(script);
export const headingFontPath = pathOf(headingFont);
export const textFontPath = pathOf(textFont);

/** Changes with everything a page is made of, so an open page notices that the desk was deployed again. */
export const version = built;
