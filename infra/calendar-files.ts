import type { Config } from "./deployment.ts";

/** The config's calendar files, for functions that compute due times. */
export const calendarFiles = ({ newsletters }: Config): string[] => [
  ...new Set(
    Object.values(newsletters).flatMap(({ skip }) =>
      skip.filter((one) => typeof one === "string").filter((one) => one.toLowerCase().endsWith(".ics")),
    ),
  ),
];
