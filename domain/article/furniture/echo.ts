import { titleFingerprint } from "../identity.ts";

/** Finds texts that only repeat the title, possibly with other punctuation, alone or with the outlet's name. */
export function echoOf(title: string, outlet: string | null = null): (text: string) => boolean {
  const [least, most] = [0.6 * title.length, 1.4 * title.length + (outlet?.length ?? 0) + 20];
  let names: Set<string> | undefined;
  return (text) => {
    if (text === title) return true;
    if (text.length < least || text.length > most) return false;
    // A text that continues after the title has new content, unless it is the outlet's name.
    if (text.startsWith(title)) return !/[\p{L}\p{N}]/u.test(text.slice(title.length).replace(outlet ?? "", ""));
    if (text.charAt(0).toLowerCase() !== title.charAt(0).toLowerCase()) return false;
    names ??= new Set([titleFingerprint(title), titleFingerprint(`${title} ${outlet ?? ""}`)]);
    return names.has(titleFingerprint(text));
  };
}
