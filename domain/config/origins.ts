import * as z from "zod";

/** Origins in one environment variable, with commas between them; an empty one has none. */
export const OriginList = z
  .string()
  .default("")
  .transform((text) => text.split(",").filter((origin) => origin !== ""));
