import { z } from 'zod';

/** Who is meant by an address such as `/credits/people/0198…`. */
export const SubjectParams = z.object({ kind: z.enum(['people', 'brands']), id: z.uuid() });
export type SubjectParams = z.infer<typeof SubjectParams>;

export const subjectOf = ({ kind, id }: SubjectParams) => (kind === 'people' ? { userId: id } : { brandId: id });
