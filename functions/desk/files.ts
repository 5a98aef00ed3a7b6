import { base } from "./contract.ts";

// A literal import, so that a bundler finds it; caught, so that a checkout without it says what to do.
const compiled = await import("./compiled/assets.js").catch((cause: unknown) => {
  throw new Error("The desk's style and script are missing: run `npm ci`, or `npm run prepare` if that is done.", {
    cause,
  });
});

const { style, script } = compiled;

/** The desk's own files, which anybody may read. Their names change with what is in them. */
export const deskFiles: readonly { name: string; type: string; body: string }[] = [style, script];
export const stylePath = `${base}/assets/${style.name}`;
export const scriptPath = `${base}/assets/${script.name}`;
