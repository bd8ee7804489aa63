const ENCODER = new TextEncoder();

/**
 * An answer that the browser keeps as a file, sent piece by piece. The first piece is awaited, so that a refusal is still
 * a page of its own; a failure after it breaks the download off, and no half file looks like a whole one.
 */
export async function streamFile(
  pieces: AsyncIterable<string>,
  { fileName, type }: { fileName: string; type: string },
): Promise<Response> {
  const source = pieces[Symbol.asyncIterator]();
  let next: IteratorResult<string> | null = await source.next();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = next ?? (await source.next());
      next = null;
      if (piece.done) controller.close();
      else controller.enqueue(ENCODER.encode(piece.value));
    },
    cancel: async () => void (await source.return?.()),
  });
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${asciiOf(fileName)}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      // What somebody's account holds is kept by nobody on the way.
      'cache-control': 'private, no-store',
    },
  });
}

/** For readers that know nothing but plain letters. */
const asciiOf = (name: string): string => name.replace(/[^\w.-]+/g, '-');
