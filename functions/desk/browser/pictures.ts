import { every } from "./page.ts";

/** A small picture that its publisher doesn't give takes no room beside the headline. */
export function hideMissingPictures(desk: HTMLElement): void {
  const mark = (image: EventTarget | null, isMissing: boolean) => {
    if (image instanceof HTMLImageElement && image.matches(".thumb")) image.toggleAttribute("data-missing", isMissing);
  };
  desk.addEventListener("error", ({ target }) => mark(target, true), true);
  desk.addEventListener("load", ({ target }) => mark(target, false), true);
  for (const image of every(desk, "img.thumb")) {
    if (image instanceof HTMLImageElement && image.complete && image.naturalWidth === 0) mark(image, true);
  }
}
