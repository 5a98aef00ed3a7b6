/** A part of a text: kept, removed, or added. */
export type Stretch = { text: string; is: "same" | "out" | "in" };

/** Longer texts are shown one after the other, because comparing them would take too long. */
const MOST = 1500;

/** The difference between two texts, word by word. */
export function textDiff(before: string, after: string): Stretch[] {
  if (before === after) return before === "" ? [] : [{ text: before, is: "same" }];
  const [a, b] = [pieces(before), pieces(after)];
  if (a.length > MOST || b.length > MOST) return joined([out(before), put(after)]);
  const common = longestCommon(a, b);
  const diff: Stretch[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...common, [a.length, b.length] as const]) {
    diff.push(...a.slice(i, x).map(out), ...b.slice(j, y).map(put));
    if (x < a.length) diff.push({ text: a[x] ?? "", is: "same" });
    [i, j] = [x + 1, y + 1];
  }
  return joined(diff);
}

const out = (text: string): Stretch => ({ text, is: "out" });
const put = (text: string): Stretch => ({ text, is: "in" });

const pieces = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}’']+|[^\s\p{L}\p{N}]/gu) ?? [];

/** Pairs of positions of a longest common subsequence. */
function longestCommon(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return pairs;
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const whole: Stretch[] = [];
  for (const { text, is } of stretches) {
    const last = whole.at(-1);
    if (text === "") continue;
    if (last?.is === is) last.text += text;
    else whole.push({ text, is });
  }
  return whole;
}
