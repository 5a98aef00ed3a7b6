import type { DigestView } from "./digest-view.ts";
import { withPlaceholders } from "./placeholders.ts";

// A literal import, so that a bundler finds it; caught, so that a checkout without it says what to do.
const compiled = await import("./compiled/digest.js").catch((cause: unknown) => {
  throw new Error("The email's compiled template is missing: run `npm ci`, or `npm run prepare` if that is done.", {
    cause,
  });
});

export const renderHtml = (view: DigestView): string => withPlaceholders(compiled.render(view));
