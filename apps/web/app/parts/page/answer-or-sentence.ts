import { isRouteErrorResponse } from '@remix-run/react';
import type { Rejection } from '@repo/runtime';
import { forgetPress } from '#app/parts/remixes/press-memory.ts';

const NO_ANSWER =
  'No answer came back. Check your connection and press again: if this did get through, it is not done or charged twice.';
const BROKEN =
  'Something broke on our side, and it has been written down. Press again in a moment: nothing is done or charged twice.';

/**
 * For a route's `clientAction`: posts the form, and where no answer comes (the network is gone, the server is down)
 * turns that into a rejection its form can show, instead of a page that takes the form's place. A form whose text is
 * kept names it in a field `draft`; it is forgotten once the form was taken.
 */
export async function answerOrSentence(request: Request, post: () => Promise<unknown>): Promise<unknown> {
  const posted = [...(await request.clone().formData())];
  const values = Object.fromEntries(posted.map(([name, value]) => [name, String(value)]));
  try {
    return await post();
  } catch (answer) {
    if (answer instanceof Response) {
      const isTaken = answer.status >= 300 && answer.status < 400;
      if (isTaken && values['draft']) forgetPress(values['draft']);
      throw answer;
    }
    const isPage = isRouteErrorResponse(answer) && answer.status < 500;
    if (isPage || request.signal.aborted) throw answer;
    // A browser that got no answer throws a TypeError; everything else is an answer that made no sense.
    const message = answer instanceof TypeError ? NO_ANSWER : BROKEN;
    const rejection: Rejection = { message, fields: {}, values, signIn: null, status: 503 };
    // As a Response with its status: then the page is not read anew, which would fail as well and replace it.
    return Response.json(rejection, { status: 503 });
  }
}
