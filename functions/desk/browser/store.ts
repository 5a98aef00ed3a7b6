/** What this browser stores about one edition for one person. A browser without storage still works. */
export type Store = ReturnType<typeof openStore>;

export function openStore(name: string) {
  const prefix = `desk ${name} `;
  const nameOf = (key: string) => prefix + key;
  return {
    /** The value kept under a key, if it is one that `isValid` accepts. */
    read<T>(key: string, isValid: (value: unknown) => value is T, otherwise: T): T {
      try {
        const value: unknown = JSON.parse(localStorage.getItem(nameOf(key)) ?? "null");
        return isValid(value) ? value : otherwise;
      } catch {
        return otherwise;
      }
    },
    write(key: string, value: unknown): void {
      try {
        localStorage.setItem(nameOf(key), JSON.stringify(value));
      } catch {
        // A private window may refuse storage; then values last as long as the page.
      }
    },
    remove(key: string): void {
      try {
        localStorage.removeItem(nameOf(key));
      } catch {
        // As above.
      }
    },
    /** The keys with this prefix, in order. Each item has its own key, so two tabs never overwrite each other. */
    keys(start: string): string[] {
      try {
        return Object.keys(localStorage)
          .filter((one) => one.startsWith(nameOf(start)))
          .map((one) => one.slice(prefix.length))
          .sort();
      } catch {
        return [];
      }
    },
  };
}

export const isText = (value: unknown): value is string => typeof value === "string";
export const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
export const isCount = (value: unknown): value is number => typeof value === "number";
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
