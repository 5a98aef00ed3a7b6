type Made = { readonly jpeg: Uint8Array; readonly width: number; readonly height: number };

/** Pictures in memory, as a bucket keeps them. */
export function memoryPictures(servedAt: string) {
  const kept = new Map<string, Made>();
  return {
    addressOf: (name: string) => new URL(`pictures/${name}`, servedAt).href,
    shelf: {
      async find(name: string) {
        const made = kept.get(name);
        return made && { bytes: made.jpeg.byteLength, width: made.width, height: made.height };
      },
      async put(name: string, made: Made): Promise<void> {
        kept.set(name, made);
      },
    },
  };
}
