/** Numbers from 0 to `count` - 1 that look random and are the same for one seed. */
export function randomPick(seed: number): (count: number) => number {
  let state = seed >>> 0;
  return (count) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % count;
  };
}
