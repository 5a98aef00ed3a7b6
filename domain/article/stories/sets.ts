/** Disjoint sets of the numbers from 0 to `count`, with path compression. */
export function disjointSets(count: number) {
  const parents = Int32Array.from({ length: count }, (_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    for (let at = index; at !== root; ) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  const join = (a: number, b: number): void => {
    parents[find(b)] = find(a);
  };
  return { find, join };
}

export type DisjointSets = ReturnType<typeof disjointSets>;
