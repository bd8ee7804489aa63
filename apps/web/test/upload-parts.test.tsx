import { describe, expect, test } from 'vitest';
import { BrandForm } from '#app/parts/brands/brand-form.tsx';
import { FirstSteps } from '#app/parts/brands/first-steps.tsx';
import { AdForm, type AdFormProps } from '#app/parts/upload/ad-form.tsx';
import { NeedsScripts } from '#app/parts/upload/needs-scripts.tsx';
import { PictureField } from '#app/parts/upload/picture-field.tsx';
import { SignUpFirst } from '#app/parts/upload/sign-up-first.tsx';
import type { PictureState } from '#app/parts/upload/use-picture.ts';
import { Steps } from '#app/routes/welcome/steps.tsx';
import { aModel, aPicture, aQuota, htmlOf, textOf } from './stage.tsx';

const anAdForm = (changes: Partial<AdFormProps> = {}) => (
  <AdForm
    personId="p"
    brands={[{ id: 'b1', name: '<i>Fjellsko</i>' }]}
    models={[aModel()]}
    weather={[]}
    quota={aQuota()}
    balance={{ credits: 96, held: 0, isGuest: false, nextAllowanceAt: null }}
    formKey="a-key-of-the-form"
    rejection={undefined}
    {...changes}
  />
);

/** The control that a label names. */
function controlOf(html: string, label: string): string {
  const id = new RegExp(`<label for="([^"]+)"[^>]*>${label}(<|$)`).exec(html)?.[1];
  return new RegExp(`<(?:input|select|textarea)[^>]* id="${id}"[^>]*>`).exec(html)?.[0] ?? `no control of ${label}`;
}

describe('the ad form', () => {
  const html = htmlOf(anAdForm());

  test.each([
    ['Title', 'name="title"'],
    ['Location or campaign', 'name="location"'],
    ['Brand', 'name="brand"'],
    ['New brand name', 'name="newBrand"'],
    ['What should it show\\?', 'name="prompt"'],
    ['Shape', 'name="aspectRatio"'],
  ])('has a field labelled %s', (label, name) => {
    expect(controlOf(html, label)).toContain(name);
  });

  test('takes a picture in a field labelled Picture, of the kinds that can be used', () => {
    const input = /<input[^>]*type="file"[^>]*>/.exec(html)?.[0];
    expect(input).toContain('aria-label="Picture"');
    expect(input).toContain('accept="image/jpeg,image/png,image/webp,image/avif"');
  });

  test('says what a described picture costs and what there is before anything is pressed', () => {
    expect(textOf(html)).toContain('4 credits · you have 96');
    expect(textOf(html)).toContain('0 / 2,000');
    expect(
      textOf(htmlOf(anAdForm({ balance: { credits: 3, held: 0, isGuest: false, nextAllowanceAt: null } }))),
    ).toContain('Not enough credits');
    expect(textOf(htmlOf(anAdForm({ models: [] })))).not.toContain('Describe one');
  });

  test('starts with a brand of mine, with a new one where there is none, and shows names as text', () => {
    expect(html).toContain('<option value="b1" selected="">&lt;i&gt;Fjellsko&lt;/i&gt;</option>');
    expect(htmlOf(anAdForm({ brands: [] }))).toContain('<option value="new" selected="">');
  });

  test('shows each refusal on its field, with what was typed', () => {
    const rejection = {
      message: null,
      fields: { title: ['Give the ad a title.'], assetId: ['Choose a picture first.'] },
      values: { location: 'Oslo "x"' },
      signIn: null,
      status: 400,
    };
    const refused = htmlOf(anAdForm({ rejection }));
    expect(controlOf(refused, 'Title')).toContain('aria-invalid="true"');
    expect(controlOf(refused, 'Location or campaign')).toContain('value="Oslo &quot;x&quot;"');
    expect(textOf(refused)).toContain('Choose a picture first.');
  });

  test('leads somebody whose session has ended to sign in', () => {
    const rejection = {
      message: 'Sign in first.',
      fields: {},
      values: {},
      signIn: '/sign-in?to=%2Fupload',
      status: 401,
    };
    const refused = htmlOf(anAdForm({ rejection }));
    expect(refused).toContain('href="/sign-in?to=%2Fupload"');
    expect(textOf(refused)).toContain('Sign in first. Picture and text are kept in this tab.');
  });
});

describe('the place of the picture', () => {
  const file = new File([new Uint8Array(2_000_000)], 'lift <off>.jpg', { type: 'image/jpeg' });
  const none = () => {};
  const at = (state: PictureState) =>
    htmlOf(<PictureField slot={{ state, choose: none, shrink: none, cancel: none, retry: none, take: none }} />);

  test('tells bytes and percent as they were sent', () => {
    const html = at({ at: 'sending', file, sentBytes: 1_260_000 });
    expect(textOf(html)).toContain('63% · 1.3 MB of 2 MB');
    expect(html).toContain('aria-valuenow="63"');
    expect(textOf(html)).toContain('Cancel');
    expect(textOf(html)).toContain('lift <off>.jpg');
  });

  test('offers to go on where the connection broke, and to sign in where the session ended', () => {
    const stopped = (needsAccount: boolean) =>
      at({ at: 'stopped', file, assetId: null, trouble: { sentence: 'The connection was lost.', needsAccount } });
    expect(textOf(stopped(false))).toContain('The connection was lost. Retry');
    expect(stopped(true)).toContain('href="/sign-in"');
  });

  test('shows the words of the server for a file it refused', () => {
    expect(textOf(at({ at: 'none', problem: 'This picture is damaged.' }))).toContain('This picture is damaged.');
  });

  test('says that it is checked, and what to do when that takes long', () => {
    const checking = { at: 'checking', file, assetId: 'a', trouble: null } as const;
    expect(textOf(at({ ...checking, isSlow: false }))).not.toContain('longer than usual');
    expect(textOf(at({ ...checking, isSlow: true }))).toContain('Checking takes longer than usual.');
    expect(textOf(at({ ...checking, file: null, isSlow: false }))).toContain(
      'Checking the picture you uploaded before',
    );
  });

  test('shows the checked picture, and lets another one be chosen', () => {
    const html = at({ at: 'ready', assetId: 'a', picture: aPicture() });
    expect(html).toContain('alt="The picture of your ad"');
    expect(textOf(html)).toContain('800 × 600 pixels');
    expect(textOf(html)).toContain('Choose another');
  });
});

test('people without an account are invited, and come back', () => {
  const html = htmlOf(<SignUpFirst to="/upload" isGuest hasLapsed={false} />);
  expect(html).toContain('href="/sign-up?to=%2Fupload"');
  expect(html).toContain('href="/sign-in?to=%2Fupload"');
  expect(textOf(html)).toContain('The remixes you made as a guest come along.');
  expect(textOf(htmlOf(<SignUpFirst to="/upload" isGuest={false} hasLapsed />))).toContain('Your session has ended');
});

test('a browser without scripts is told that uploading needs them', () => {
  expect(htmlOf(<NeedsScripts />)).toMatch(/<noscript>.*Uploading needs JavaScript.*<\/noscript>/);
});

test('an empty installation leads to its first ad', () => {
  expect(htmlOf(<FirstSteps isSignedIn />)).toContain('href="/welcome"');
  expect(htmlOf(<FirstSteps isSignedIn={false} />)).toContain('href="/sign-up?to=%2Fwelcome"');
});

test('the steps say where one is and what is done', () => {
  const html = htmlOf(<Steps current={2} />);
  expect(textOf(html)).toBe('Brand , done 2 First ad 3 Remix it');
  expect(/<li[^>]*aria-current="step"[^>]*>.*?First ad/.test(html)).toBe(true);
});

test('a brand is named in a plain form', () => {
  const html = htmlOf(<BrandForm action="/welcome?step=brand" rejection={undefined} />);
  expect(html).toContain('action="/welcome?step=brand"');
  expect(controlOf(html, 'Brand name')).toContain('name="name"');
});
