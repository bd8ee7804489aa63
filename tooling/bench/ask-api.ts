/** The API over HTTP, as a browser's island calls it. */
export type AskApi = {
  query<Answer>(path: string, input?: unknown): Promise<Answer>;
  mutate<Answer>(path: string, input: unknown): Promise<Answer>;
};

export function askApi(origin: string, cookie: string): AskApi {
  const read = async (response: Response) => {
    const body = (await response.json()) as {
      result?: { data: { json: unknown } };
      error?: { json: { message: string } };
    };
    if (!body.result) throw new Error(`${response.status} ${body.error?.json.message}`);
    return body.result.data.json;
  };
  return {
    query: async <Answer>(path: string, input: unknown = null) =>
      (await read(await fetch(`${origin}/api/trpc/${path}?input=${wireOf(input)}`, { headers: { cookie } }))) as Answer,
    mutate: async <Answer>(path: string, input: unknown) =>
      (await read(
        await fetch(`${origin}/api/trpc/${path}`, {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/json' },
          body: JSON.stringify({ json: input }),
        }),
      )) as Answer,
  };
}

/** An input as it stands in an address. */
export const wireOf = (input: unknown): string => encodeURIComponent(JSON.stringify({ json: input }));
