import type { Config } from "./deployment.ts";

/** The calendar files that the config names: what computes due times reads them. */
export const calendarFiles = ({ newsletters }: Config): string[] => [
  ...new Set(
    Object.values(newsletters).flatMap(({ skip }) =>
      skip.filter((one) => typeof one === "string").filter((one) => one.toLowerCase().endsWith(".ics")),
    ),
  ),
];
