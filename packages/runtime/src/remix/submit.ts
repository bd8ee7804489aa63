import { data } from '@remix-run/node';
import { z } from 'zod';
import { entranceWithWayBack, refusalOf } from './page-answer.ts';
import { readForm } from './read-form.ts';

/** Why a form was not taken, and what it held: enough to show it again just as it was. */
export type Rejection = {
  /** A sentence about the whole form; null when the fields say it all. */
  message: string | null;
  fields: Record<string, string[] | undefined>;
  /** What was typed, without passwords and codes. For forms that are sent before scripts arrive. */
  values: Record<string, string>;
  /** Set when its person has to sign in or up first: a link to open in another tab, with the way back. */
  signIn: string | null;
  status: number;
};

const submitting = new WeakSet<Request>();

/** True while `submit` works on a request: refusals then belong into its form, not onto a page of their own. */
export const isSubmitting = (request: Request): boolean => submitting.has(request);

/**
 * Parses a posted form and runs `accept`. Bad fields and refusals come back as one shape a form can show; a lost
 * session and an absent database too, so that nothing typed is lost. Bugs fly on.
 */
export async function submit<Schema extends z.ZodType, Result>(
  request: Request,
  schema: Schema,
  accept: (input: z.output<Schema>) => Promise<Result>,
) {
  const posted = Object.fromEntries(await readForm(request));
  const values = typedValues(posted);
  const reject = (rejection: Omit<Rejection, 'values'>) => data({ ...rejection, values }, { status: rejection.status });

  const form = schema.safeParse(posted);
  if (!form.success) {
    const { fieldErrors, formErrors } = z.flattenError(form.error);
    const fields = fieldErrors as Rejection['fields'];
    return reject({ message: formErrors[0] ?? null, fields, signIn: null, status: 400 });
  }
  submitting.add(request);
  try {
    return await accept(form.data);
  } catch (error) {
    const refusal = error instanceof Response ? null : refusalOf(error);
    if (!refusal) throw error;
    const { status, message, field, entrance } = refusal;
    const signIn = entrance ? entranceWithWayBack(entrance, request) : null;
    const own = field ? { [field]: [message] } : refusal.fields;
    const isTold = Object.keys(own).length > 0;
    return reject({ message: isTold ? null : message, fields: own, signIn, status });
  } finally {
    submitting.delete(request);
  }
}

const SECRET = /pass(word|phrase)?|secret|token|^code$/i;

const typedValues = (posted: Record<string, FormDataEntryValue>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(posted).filter((entry): entry is [string, string] => {
      const [name, value] = entry;
      return typeof value === 'string' && !SECRET.test(name);
    }),
  );
