/** Invented readers. example.com, .net and .org belong to no one (RFC 2606). */
const givenNames = ["ada", "bram", "clio", "dov", "esme", "finn", "greta", "hugo", "iris", "jonas"];
const familyNames = ["finch", "marlow", "okafor", "lindqvist", "soto"];
const domains = ["example.com", "example.net", "example.org"];

/** 50 addresses. */
export const sampleReaders: readonly string[] = familyNames.flatMap((family, row) =>
  givenNames.map((given, column) => `${given}.${family}@${domains[(row + column) % domains.length]}`),
);
