/** Areas that still have such words, by the beginnings of their paths. A line leaves when its area is rewritten. */
export const pending: Readonly<Record<"texts" | "documents" | "comments" | "names", readonly string[]>> = {
  texts: [],
  documents: [],
  comments: [],
  names: [],
};
