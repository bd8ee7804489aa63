import { redirect } from '@remix-run/node';
import { apiFor, submit } from '@repo/runtime';
import { PublishForm } from './publish-form.ts';

/** Takes the posted ad form. `nextOf` says where its person goes from there. */
export const publishAd = (request: Request, nextOf: (adId: string) => string) =>
  submit(request, PublishForm, async (form) => {
    const api = await apiFor(request);
    const ad = await api.ads.create(form);
    return redirect(nextOf(ad.id));
  });
