export interface DemoPerson {
  slug: string;
  name: string;
  email: string;
}

/** The invented creators whose remixes fill the first feed. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { slug: 'ines', name: 'Inês Quintal', email: 'ines@remixify.example' },
  { slug: 'tobias', name: 'Tobias Rehn', email: 'tobias@remixify.example' },
  { slug: 'amara', name: 'Amara Oyelade', email: 'amara@remixify.example' },
  { slug: 'kenji', name: 'Kenji Morita', email: 'kenji@remixify.example' },
  { slug: 'saoirse', name: 'Saoirse Duignan', email: 'saoirse@remixify.example' },
  { slug: 'meera', name: 'Meera Sundaram', email: 'meera@remixify.example' },
];
