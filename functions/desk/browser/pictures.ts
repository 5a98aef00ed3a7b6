import { every } from "./page.ts";

/** A small picture that its publisher doesn't give leaves no broken image beside the headline. */
export function hideMissingPictures(desk: HTMLElement): void {
  const hide = (image: EventTarget | null) => {
    if (image instanceof HTMLImageElement && image.matches(".thumb")) image.hidden = true;
  };
  desk.addEventListener("error", ({ target }) => hide(target), true);
  for (const image of every(desk, "img.thumb")) {
    if (image instanceof HTMLImageElement && image.complete && image.naturalWidth === 0) hide(image);
  }
}
