import { every } from "./page.ts";

/** Shows times in the person's own zone next to the newsletter's, or says that both are the same. */
export function showOwnZone(within: ParentNode): void {
  for (const place of every(within, "time [data-own-zone]")) {
    const at = new Date(place.closest("time")?.getAttribute("datetime") ?? "");
    const own = clock(at, undefined);
    const isSame = own === clock(at, place.dataset.ownZone);
    const text = isSame ? "your time" : `${own} ${zoneName(at)}`;
    if (place.textContent !== text) place.textContent = text;
  }
}

const clock = (at: Date, timeZone: string | undefined): string =>
  at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });

const zoneName = (at: Date): string =>
  new Intl.DateTimeFormat(undefined, { timeZoneName: "short" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value ?? "";
