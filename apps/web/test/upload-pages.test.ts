import { readAd } from '@repo/domain/ads/read-ads';
import { completeUpload } from '@repo/domain/assets/complete-upload';
import { requestSlot } from '@repo/domain/assets/request-slot';
import { createBrand } from '@repo/domain/brands/create-brand';
import { readMyBrands } from '@repo/domain/brands/read-brands';
import { readGeneration } from '@repo/domain/generation/read-generations';
import { requestGeneration } from '@repo/domain/generation/request-generation';
import { paintTestPhoto } from '@repo/media/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as upload from '#app/routes/upload/route.tsx';
import * as welcome from '#app/routes/welcome/route.tsx';
import { aPagesHouse, leadsTo, type PagesHouse, type Somebody, thrownBy } from './pages-house.ts';

let house: PagesHouse;
beforeAll(async () => {
  house = await aPagesHouse();
});
afterAll(() => house.close());

const formOf = (assetId: string, changes: Record<string, string> = {}) => ({
  assetId,
  title: 'Winter is near',
  location: 'Oslo · Launch',
  brand: 'new',
  newBrand: 'Fjellsko',
  idempotencyKey: crypto.randomUUID(),
  ...changes,
});
const show = (who: Somebody | null) => upload.loader(house.get('/upload', {}, who));
const send = (fields: Record<string, string>, who: Somebody | null) =>
  upload.action(house.post('/upload', fields, {}, who));

async function aPersonWithPicture() {
  const who = await house.aPersonWithAccount();
  const context = house.contextOf(who.userId);
  return { who, context, assetId: await house.anAsset(context) };
}

describe('the upload page', () => {
  test('invites visitors and guests to sign up, and makes nobody a guest', async () => {
    expect(await show(null)).toEqual({ isGuest: false, hasLapsed: false, form: null });
    expect(await show(await house.aGuestWithCookie())).toMatchObject({ isGuest: true, form: null });
  });

  test('tells somebody whose session has ended just that', async () => {
    const who = await house.aPersonWithAccount();
    await house.endSessionsOf(who);
    expect(await show(who)).toMatchObject({ hasLapsed: true, form: null });
  });

  test('offers the brands one may publish for, what a described picture costs, and what there is', async () => {
    const who = await house.aPersonWithAccount();
    const mine = await createBrand(house.contextOf(who.userId), { name: 'Mine' });
    const theirs = await house.anAd();
    await house.db
      .$client`insert into membership (brand_id, user_id, role) values (${theirs.brand.id}, ${who.userId}, 'analyst')`;
    const { form } = await show(who);
    expect(form).toMatchObject({
      personId: who.userId,
      balance: { credits: 100 },
      models: [{ label: 'Fake model' }],
      quota: { subject: { id: who.userId } },
    });
    expect(form?.brands).toEqual([{ id: mine.id, name: 'Mine' }]);
  });
});

describe('publishing', () => {
  test('with a new brand leads to the ad, which everybody can see', async () => {
    const { who, assetId } = await aPersonWithPicture();
    const path = leadsTo(await send(formOf(assetId), who));
    const ad = await readAd(house.visitor, path.replace('/ads/', ''));
    expect(ad).toMatchObject({ title: 'Winter is near', location: 'Oslo · Launch', brand: { name: 'Fjellsko' } });
  });

  test('twice with one press, even at the same moment, is one ad and one brand', async () => {
    const { who, context, assetId } = await aPersonWithPicture();
    const form = formOf(assetId);
    const [one, two] = await Promise.all([send(form, who), send(form, who)]);
    expect(leadsTo(two)).toBe(leadsTo(one));
    expect(leadsTo(await send(form, who))).toBe(leadsTo(one));
    expect(await readMyBrands(context)).toHaveLength(1);
  });

  test('again under the name of a brand of mine takes that brand', async () => {
    const { who, context, assetId } = await aPersonWithPicture();
    leadsTo(await send(formOf(assetId), who));
    leadsTo(await send(formOf(await house.anAsset(context)), who));
    expect((await readMyBrands(context)).map(({ name }) => name)).toEqual(['Fjellsko']);
  });

  test('without picture, title and brand name says all three, and keeps what was typed', async () => {
    const who = await house.aPersonWithAccount();
    expect(await send(formOf('', { title: ' ', newBrand: '', location: '<b>Oslo</b>' }), who)).toMatchObject({
      init: { status: 400 },
      data: {
        fields: {
          assetId: ['Choose a picture first.'],
          title: ['Give the ad a title.'],
          newBrand: ['Give the brand a name.'],
        },
        values: { location: '<b>Oslo</b>' },
      },
    });
  });

  test('before the picture is checked says to wait', async () => {
    const who = await house.aPersonWithAccount();
    const context = house.contextOf(who.userId);
    const photo = await paintTestPhoto({ width: 60, height: 40 });
    const slot = await requestSlot(context, { mimeType: 'image/jpeg', bytes: photo.byteLength });
    await fetch(slot.url, { method: slot.method, headers: slot.headers, body: new Uint8Array(photo) });
    await completeUpload(context, slot.assetId);
    expect(await send(formOf(slot.assetId), who)).toMatchObject({
      init: { status: 409 },
      data: { message: 'The picture is still being checked. Try again in a moment.' },
    });
  });

  test("with somebody else's picture, or for their brand, finds neither", async () => {
    const [theirs, mine] = [await aPersonWithPicture(), await aPersonWithPicture()];
    const brand = await createBrand(theirs.context, { name: 'Theirs' });
    expect(await send(formOf(theirs.assetId), mine.who)).toMatchObject({ init: { status: 404 } });
    expect(await send(formOf(mine.assetId, { brand: brand.id }), mine.who)).toMatchObject({
      init: { status: 404 },
      data: { message: 'There is no such brand.' },
    });
  });

  test('as a guest or a visitor asks to sign up or in, with the way back, and loses nothing', async () => {
    const form = formOf(crypto.randomUUID());
    expect(await send(form, await house.aGuestWithCookie())).toMatchObject({
      data: { signIn: '/sign-up?to=%2Fupload', values: { title: 'Winter is near' } },
    });
    expect(await send(form, null)).toMatchObject({
      init: { status: 401 },
      data: { signIn: '/sign-in?to=%2Fupload', values: { title: 'Winter is near' } },
    });
  });

  test('a described picture is a picture like any other', async () => {
    const who = await house.aPersonWithAccount();
    const context = house.contextOf(who.userId);
    const { id } = await requestGeneration(context, {
      kind: 'image.create',
      prompt: 'a lake',
      aspectRatio: '3:2',
      model: 'auto',
      idempotencyKey: crypto.randomUUID(),
    });
    await house.advance(id);
    const { picture } = await readGeneration(context, id);
    const path = leadsTo(await send(formOf(picture!.id), who));
    const ad = await readAd(house.visitor, path.replace('/ads/', ''));
    expect((await fetch(ad.picture.urls['1600'])).status).toBe(200);
  });
});

describe('the first steps', () => {
  const look = (who: Somebody | null) => welcome.loader(house.get('/welcome', {}, who));
  const post = (path: string, fields: Record<string, string>, who: Somebody) =>
    welcome.action(house.post(path, fields, {}, who));

  test('lead a visitor to sign up, and back', async () => {
    expect((await thrownBy(look(null))).headers.get('location')).toBe('/sign-up?to=%2Fwelcome');
    expect((await thrownBy(look(await house.aGuestWithCookie()))).headers.get('location')).toBe(
      '/sign-up?to=%2Fwelcome',
    );
  });

  test('go from a brand over its first ad to that ad', async () => {
    const who = await house.aPersonWithAccount();
    expect(await look(who)).toMatchObject({ name: 'Ann', ad: null, form: { brands: [] } });

    expect(await post('/welcome?step=brand', { name: ' ' }, who)).toMatchObject({
      data: { fields: { name: ['Give the brand a name.'] } },
    });
    expect(leadsTo(await post('/welcome?step=brand', { name: 'Fjellsko' }, who))).toBe('/welcome');
    expect(leadsTo(await post('/welcome?step=brand', { name: 'Fjellsko' }, who))).toBe('/welcome');
    const { form, ad } = await look(who);
    expect([ad, form.brands]).toEqual([null, [{ id: expect.any(String), name: 'Fjellsko' }]]);

    const assetId = await house.anAsset(house.contextOf(who.userId));
    const fields = formOf(assetId, { brand: form.brands[0]!.id, title: 'The first' });
    expect(leadsTo(await post('/welcome', fields, who))).toBe('/welcome');
    expect((await look(who)).ad).toMatchObject({ title: 'The first', brand: { name: 'Fjellsko' } });
  });
});
