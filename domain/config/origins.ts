import * as z from "zod";

/** Comma-separated origins in an environment variable; empty: none. */
export const OriginList = z
  .string()
  .default("")
  .transform((text) => text.split(",").filter((origin) => origin !== ""));
