import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaRequest } from '../src/port.ts';
import { startVeoWire, type VeoBehaviour, type VeoBehaviourName, type VeoWire } from '../src/testing/veo-wire.ts';
import { mayBearToken } from '../src/veo/fetch-video.ts';
import { createVeoModel, type VeoOptions } from '../src/veo/index.server.ts';
import { aRequest, failureOf, followToEnd } from './contract.ts';
import { aFilm } from './veo-film.ts';

const FILM = aFilm(5000);
const MODEL = 'veo-3.1-generate-preview';

let wire: VeoWire;
beforeEach(async () => {
  wire = await startVeoWire({ film: FILM });
});
afterEach(() => wire.close());

const veo = (options: Partial<VeoOptions> = {}) => {
  const { project, location, baseUrl, storageBaseUrl, accessToken } = wire;
  return createVeoModel({
    project,
    location,
    baseUrl,
    storageBaseUrl,
    modelId: MODEL,
    credentials: { accessToken },
    ...options,
  });
};

type FilmRequest = Extract<MediaRequest, { kind: 'video.create' }>;
const aFilmRequest = async (wishes: Partial<FilmRequest> = {}): Promise<FilmRequest> => ({
  ...((await aRequest('video.create')) as FilmRequest),
  ...wishes,
});

/** The handle of an operation whose next poll meets a behaviour. */
const begin = async (next: VeoBehaviour | VeoBehaviourName, options: Partial<VeoOptions> = {}) => {
  const model = veo(options);
  const begun = await model.start(await aFilmRequest());
  if (begun.state !== 'pending') throw new Error('nothing to poll');
  wire.polls.next(next);
  return { model, ref: begun.ref };
};
const failureOfPoll = async (next: VeoBehaviour | VeoBehaviourName, options: Partial<VeoOptions> = {}) => {
  const { model, ref } = await begin(next, options);
  return failureOf(model.poll(ref));
};
const done = (response: object): VeoBehaviour => ({ is: 'answer', body: { done: true, response } });

describe('what is asked of Veo', () => {
  it('is one film with the very words, frames and wishes of the request', async () => {
    const frame = async (background: string) => ({
      bytes: await sharp({ create: { width: 64, height: 36, channels: 3, background } })
        .jpeg()
        .toBuffer(),
      mimeType: 'image/jpeg',
    });
    const [firstFrame, lastFrame] = [await frame('red'), await frame('blue')];
    await veo().start(
      await aFilmRequest({ firstFrame, lastFrame, seconds: 6, resolution: '1080p', aspectRatio: '9:16', seed: 11 }),
    );

    const image = ({ bytes, mimeType }: { bytes: Uint8Array; mimeType: string }) => ({
      bytesBase64Encoded: Buffer.from(bytes).toString('base64'),
      mimeType,
    });
    expect(wire.taken).toEqual([
      {
        instances: [{ prompt: 'snow begins to fall', image: image(firstFrame), lastFrame: image(lastFrame) }],
        parameters: {
          sampleCount: 1,
          durationSeconds: 6,
          resolution: '1080p',
          aspectRatio: '9:16',
          generateAudio: false,
          seed: 11,
        },
      },
    ]);
    expect(wire.submits.requests[0]).toMatchObject({
      token: wire.accessToken,
      path: `/v1beta1/projects/test-project/locations/us-central1/publishers/google/models/${MODEL}:predictLongRunning`,
    });
  });

  it('has sound only where it is wished for, and any seed, though the wire takes 32 bits', async () => {
    for (const seed of [2 ** 40 + 5, -3, 1.5]) await veo().start(await aFilmRequest({ seed, audio: true }));
    expect(wire.taken.map(({ parameters }) => [parameters.seed, parameters.generateAudio])).toEqual([
      [5, true],
      [3, true],
      [1, true],
    ]);
  });

  it('is words alone when there is no frame', async () => {
    await veo().start(await aFilmRequest({ firstFrame: undefined }));
    expect(wire.taken[0]?.instances).toEqual([{ prompt: 'snow begins to fall' }]);
  });

  it('has frames of a size and type that the wire takes', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const bytes = await sharp({ create: { width: 3200, height: 800, channels: 3, background: 'red', noise } })
      .png({ compressionLevel: 0 })
      .toBuffer();
    await veo().start(await aFilmRequest({ firstFrame: { bytes, mimeType: 'image/png' } }));
    const sent = wire.taken[0]!.instances[0]!.image!;
    expect(sent.mimeType).toBe('image/webp');
    expect((await sharp(Buffer.from(sent.bytesBase64Encoded, 'base64')).metadata()).width).toBe(3072);
  });

  it.each([
    ['a frame that cannot be read', { firstFrame: { bytes: Buffer.from('no'), mimeType: 'image/avif' } }],
    ['a last frame without a first', { firstFrame: undefined, lastFrame: { bytes: FILM, mimeType: 'image/png' } }],
  ])('is never asked with %s', async (_, wishes) => {
    const error = await failureOf(veo().start(await aFilmRequest(wishes)));
    expect(error).toMatchObject({ reason: 'invalid', maybeTaken: false });
    expect(wire.submits.requests).toEqual([]);
  });

  it('goes to the API version of the address that is configured', async () => {
    await veo({ baseUrl: `${wire.baseUrl}/v1/` }).start(await aFilmRequest());
    expect(wire.submits.requests[0]?.path).toMatch(/^\/v1\/projects\//);
  });

  it('is refused at once for words that break the rules, and says so plainly', async () => {
    wire.submits.next('sensitive words');
    expect(await failureOf(veo().start(await aFilmRequest()))).toMatchObject({
      reason: 'refused',
      said: expect.stringContaining('sensitive words'),
      maybeTaken: false,
    });
  });

  it.each(['empty object', 'JSON null', 'JSON of another kind'] as const)(
    'may have been taken when the answer (%s) holds no handle',
    async (behaviour) => {
      wire.submits.next(behaviour);
      expect(await failureOf(veo().start(await aFilmRequest()))).toMatchObject({
        reason: 'unavailable',
        maybeTaken: true,
        isRetryable: false,
      });
      expect(wire.submits.requests).toHaveLength(1);
    },
  );

  it('is not carried to another host by a redirect', async () => {
    wire.submits.next('redirect');
    expect(await failureOf(veo().start(await aFilmRequest()))).toMatchObject({ reason: 'misconfigured' });
  });

  it('is not sent to an address that is none', async () => {
    const error = await failureOf(veo({ baseUrl: 'not an address' }).start(await aFilmRequest()));
    expect(error).toMatchObject({ reason: 'misconfigured', maybeTaken: false });
  });
});

describe('an operation of Veo', () => {
  it('is pending until it is done, with a pause between, and its name is all that is kept', async () => {
    const model = veo({ askAgainInMs: 12_000 });
    const begun = await model.start(await aFilmRequest());
    expect(begun).toEqual({
      state: 'pending',
      ref: expect.stringMatching(/^projects\/test-project\/.*\/operations\/[\w-]+$/),
      askAgainInMs: 12_000,
    });
    if (begun.state !== 'pending') throw new Error('it is done');
    expect(await model.poll(begun.ref)).toEqual(begun);
    const end = await model.poll(begun.ref);
    expect(end).toMatchObject({ state: 'done', outputs: [{ mimeType: 'video/mp4' }], notes: [] });
    expect(wire.polls.requests.map(({ body }) => body)).toEqual(Array(2).fill({ operationName: begun.ref }));
    expect(wire.submits.requests).toHaveLength(1);
  });

  it('gives the very bytes, however often it is asked', async () => {
    const { model, ref } = await begin('well');
    for (const _ of [1, 2]) {
      const end = await model.poll(ref);
      if (end.state === 'done') expect(Buffer.from(end.outputs[0]!.bytes).equals(FILM)).toBe(true);
    }
    expect((await model.poll(ref)).state).toBe('done');
  });

  it('is followed by another process that knows only the ref', async () => {
    const { ref } = await begin('well');
    expect((await veo().poll(ref)).state).toBe('pending');
  });

  it.each([
    [{ videos: [{}, { bytesBase64Encoded: FILM.toString('base64') }] }],
    [{ generatedSamples: [{ video: { encodedVideo: FILM.toString('base64') } }] }],
    [{ generateVideoResponse: { generatedSamples: [{ video: { bytesBase64Encoded: FILM.toString('base64') } }] } }],
  ])('gives its film in whichever shape it comes: %#', async (response) => {
    const { model, ref } = await begin(done(response));
    const end = await model.poll(ref);
    expect(end.state === 'done' && Buffer.from(end.outputs[0]!.bytes).equals(FILM)).toBe(true);
  });

  it('tells what was held back beside a film', async () => {
    const { model, ref } = await begin(
      done({
        videos: [{ bytesBase64Encoded: FILM.toString('base64') }],
        raiMediaFilteredCount: 1,
        raiMediaFilteredReasons: ['One video was filtered out. Support codes: 61493863'],
      }),
    );
    expect(await model.poll(ref)).toMatchObject({
      state: 'done',
      notes: ['One video was filtered out. The filter names: violence.'],
    });
  });

  const PLAIN = `Veo could not generate videos because the input image violates Vertex AI's usage guidelines. The filter names: a well-known person.`;
  it.each([
    ['filtered', { reason: 'refused', said: PLAIN }],
    ['filtered, nested', { reason: 'refused', said: PLAIN }],
    ['filtered, no videos', { reason: 'refused', said: undefined }],
    ['filtered, bare code', { reason: 'refused', said: 'The filter names: a child.' }],
    ['policy error', { reason: 'refused', said: `The prompt could not be submitted. ${PLAIN}` }],
    ['argument error', { reason: 'invalid', said: undefined }],
    ['exhausted error', { reason: 'rate_limited', isRetryable: true }],
    ['internal error', { reason: 'unavailable', isRetryable: true }],
    ['overload error', { reason: 'unavailable', isRetryable: true }],
    ['deadline error', { reason: 'timed_out' }],
    ['permission error', { reason: 'misconfigured' }],
    ['done without anything', { reason: 'empty' }],
    ['no videos', { reason: 'empty' }],
    ['a video of nothing', { reason: 'empty' }],
  ] as const)('that ends without a film (%s) is over, in our words', async (behaviour, wanted) => {
    const error = await failureOfPoll(behaviour);
    expect(error).toMatchObject({ isOver: true, isLost: false, maybeTaken: false, ...wanted });
  });

  it('whose film is other bytes may have been billed and is over', async () => {
    expect(await failureOfPoll('bytes that are no film')).toMatchObject({
      reason: 'unavailable',
      maybeTaken: true,
      isOver: true,
    });
  });

  it.each(['server error', 'rate limit', 'reset mid-body', 'truncated', 'web page', 'JSON null', 'redirect'] as const)(
    'is not over because a poll failed (%s)',
    async (behaviour) => {
      expect(await failureOfPoll(behaviour)).toMatchObject({ isOver: false, isLost: false, maybeTaken: false });
    },
  );

  it('is not the person’s to mend when Google does not understand the question after it', async () => {
    expect(await failureOfPoll('bad request')).toMatchObject({
      reason: 'unavailable',
      isOver: false,
      isRetryable: true,
    });
  });

  it('is lost when Google does not know it, but not when a gateway shows its own page', async () => {
    expect(await failureOfPoll('not found page')).toMatchObject({ reason: 'unavailable', isLost: false });
    const unknown = `projects/${wire.project}/locations/${wire.location}/publishers/google/models/${MODEL}/operations/none`;
    expect(await failureOf(veo().poll(unknown))).toMatchObject({ isLost: true, isRetryable: false });
  });

  it.each([
    'nonsense',
    'projects/test-project',
    'projects/other/locations/us-central1/publishers/google/models/veo-3.1-generate-preview/operations/1',
    'projects/test-project/locations/europe-west4/publishers/google/models/veo-3.1-generate-preview/operations/1',
    'projects/test-project/locations/us-central1/publishers/google/models/veo-2/operations/1',
    'projects/test-project/locations/us-central1/publishers/google/models/veo-3.1-generate-preview/operations/1/../2',
  ])('of somebody else is not asked for: %s', async (ref) => {
    expect(await failureOf(veo().poll(ref))).toMatchObject({ reason: 'misconfigured', isLost: true });
    expect(wire.polls.requests).toEqual([]);
  });

  it('may name the project by its number', async () => {
    const { model, ref } = await begin('running');
    expect((await model.poll(ref.replace('test-project', '123456789'))).state).toBe('pending');
  });

  it('with an answer beyond the limit is cut off, not held in memory', async () => {
    const { model, ref } = await begin('huge body', { maxBytes: 1024 * 1024 });
    expect(await failureOf(model.poll(ref))).toMatchObject({ reason: 'unavailable', isOver: false });
    expect(await wire.polls.requests.at(-1)?.leftEarly).toBe(true);
  });
});

describe('a film that lies in a store', () => {
  const inStore = { storageUri: 'gs://test-films/ads/' };
  /** The handle of an operation that is done, its film in the store. */
  const beginStored = async (options: Partial<VeoOptions> = {}) => {
    const { model, ref } = await begin('running', { ...inStore, ...options });
    await model.poll(ref);
    await model.poll(ref);
    return { model, ref };
  };

  it('is put there on request and fetched from there with the token', async () => {
    const end = await followToEnd(veo(inStore), await aFilmRequest());
    expect(Buffer.from(end.outputs[0]!.bytes).equals(FILM)).toBe(true);
    expect(wire.taken[0]?.parameters.storageUri).toBe('gs://test-films/ads/');
    expect(wire.store.requests).toMatchObject([
      { path: '/storage/test-films/ads/1234567890/sample%200.mp4', token: wire.accessToken },
    ]);
  });

  it.each([
    'forbidden',
    'model retired',
    'server error',
    'overloaded',
    'rate limit',
    'redirect',
    'web page',
    'truncated',
    'reset before headers',
    'reset mid-body',
    'stall before headers',
    'stall mid-body',
    'huge body',
  ] as const)('is asked for again, and never lost, after a failure to fetch it: %s', async (behaviour) => {
    const limits = { timeouts: { firstByteMs: 200, stallMs: 200 }, maxBytes: 1024 * 1024 };
    const { model, ref } = await beginStored(limits);
    const film = behaviour === 'truncated' ? ({ is: 'raw', body: '' } as const) : behaviour;
    wire.store.next(film);
    expect(await failureOf(model.poll(ref))).toMatchObject({
      reason: 'unavailable',
      isRetryable: true,
      isOver: false,
      isLost: false,
    });
    expect((await model.poll(ref)).state).toBe('done');
    expect(wire.submits.requests).toHaveLength(1);
  });

  it('is asked for later when the store says when', async () => {
    const { model, ref } = await beginStored();
    wire.store.next('rate limit with retry-after');
    expect(await failureOf(model.poll(ref))).toMatchObject({ retryAfterMs: 7000, isRetryable: true });
  });

  it('is not looked for by plain http on a host that nobody configured, and the token is not shown to it', async () => {
    const stranger = await startVeoWire({ film: FILM });
    const error = await failureOfPoll(done({ videos: [{ uri: `${stranger.origin}/storage/x/y.mp4` }] }));
    expect(error).toMatchObject({ reason: 'unavailable', isRetryable: true });
    expect(stranger.store.requests).toEqual([]);
    await stranger.close();
  });

  it.each([
    ['https://127.0.0.1/film.mp4', 'This address is not on the public internet.'],
    ['https://169.254.169.254/computeMetadata/v1/', 'This address is not on the public internet.'],
    ['https://[::ffff:10.0.0.5]/film.mp4', 'This address is not on the public internet.'],
    ['https://database.internal/film.mp4', 'This host is not on the public internet.'],
    ['https://films.example:5432/film.mp4', 'Port 5432 cannot be asked. Use 80, 443, 8080, 8443.'],
  ])('at %s is not asked for: %s', async (uri, sentence) => {
    const error = await failureOfPoll(done({ videos: [{ uri }] }));
    expect(error).toMatchObject({ reason: 'unavailable', detail: `the finished film: ${sentence}` });
  });

  it('on another host is asked for by the guarded way out', async () => {
    const asked: string[] = [];
    const outside = Object.assign(
      async (url: string, { headers = {} }: { headers?: Record<string, string> }) => {
        asked.push(`${url} ${headers['authorization'] ?? 'unsigned'}`);
        return { status: 200, headers: new Headers(), bytes: FILM, isCut: false, url };
      },
      { judge: () => {} },
    );
    for (const uri of ['https://films.example/film.mp4', 'https://content.googleapis.com/film.mp4']) {
      const { model, ref } = await begin(done({ videos: [{ uri }] }), { outside });
      expect(await model.poll(ref)).toMatchObject({ state: 'done', outputs: [{ mimeType: 'video/mp4' }] });
    }
    expect(asked).toEqual([
      'https://films.example/film.mp4 unsigned',
      `https://content.googleapis.com/film.mp4 Bearer ${wire.accessToken}`,
    ]);
  });

  it.each([
    ['https://storage.googleapis.com/bucket/film.mp4', true],
    ['https://us-central1-aiplatform.googleapis.com/film', true],
    ['https://films.example.com/film.mp4', false],
    ['https://storage.googleapis.com.example.com/film.mp4', false],
    ['https://evilgoogleapis.com/film.mp4', false],
    ['https://storage.googleapis.com:8443/film.mp4', false],
    ['http://storage.googleapis.com/film.mp4', false],
    ['http://127.0.0.1:4000/film.mp4', true],
    ['http://127.0.0.1:4001/film.mp4', false],
  ])('at %s may see the token: %s', (link, wanted) => {
    expect(mayBearToken(new URL(link), ['http://127.0.0.1:4000/storage'])).toBe(wanted);
  });
});
