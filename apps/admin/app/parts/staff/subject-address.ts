/** The address of somebody's page of credits or quotas. */
export const subjectAddress = (page: 'credits' | 'quotas', kind: 'user' | 'brand', id: string): string =>
  `/${page}/${kind === 'user' ? 'people' : 'brands'}/${id}`;
