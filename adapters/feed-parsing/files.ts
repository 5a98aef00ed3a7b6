/** A feed in a file, for trying things out without a server. */
export type FeedFile = { readonly name: string; readonly bytes: Uint8Array };

/** A file as a fetched feed; its name stands in for an address, and it has no validators. */
export type FileAnswer =
  | {
      readonly kind: "fetched";
      readonly bytes: Uint8Array;
      readonly contentType: null;
      readonly etag: null;
      readonly lastModified: null;
      readonly url: null;
      readonly movedTo: null;
    }
  | { readonly kind: "refused"; readonly message: string };

/**
 * Files in place of the network: the sources they stand for, and a fetch that answers from them. Relative links in
 * them are resolved by what the feed says of itself.
 */
export function feedFiles(files: readonly FeedFile[]): {
  seeds: { url: string; weight: number }[];
  fetchFeed: (request: { url: string }) => Promise<FileAnswer>;
} {
  const byUrl = new Map(files.map((file) => [urlOf(file.name), file]));
  return {
    seeds: [...byUrl.keys()].map((url) => ({ url, weight: 1 })),
    fetchFeed: async ({ url }) => {
      const file = byUrl.get(url);
      if (file === undefined) return { kind: "refused", message: `There is no file ${url}. Check its name.` };
      const none = { contentType: null, etag: null, lastModified: null, url: null, movedTo: null };
      return { kind: "fetched", bytes: file.bytes, ...none };
    },
  };
}

const urlOf = (name: string) => `file:${encodeURI(name)}`;
