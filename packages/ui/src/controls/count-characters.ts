/** Characters as the server counts them: Unicode code points, so an emoji is one where `.length` says two. */
export function countCharacters(text: string): number {
  return [...text].length;
}
