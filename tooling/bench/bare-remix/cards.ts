export const CARDS = 24;

/** As many cards as a page of the feed has, each with as much to say. They never change. */
export const cards = Array.from({ length: CARDS }, (_, n) => {
  const id = `0193a0c0-0000-7000-8000-${String(n).padStart(12, '0')}`;
  return {
    id,
    title: `A summer on the lake, number ${n}`,
    location: 'Lisbon',
    status: 'published',
    brand: { id, name: `Brand ${n}`, slug: `brand-${n}`, accentColor: '#3366cc' },
    author: { id, name: `Creator ${n}`, isGuest: false },
    picture: {
      id,
      width: 1600,
      height: 1067,
      thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw+j3A',
      color: '#5b7a3c',
      urls: {
        '480': `http://localhost/files/public/${id}/480`,
        '1600': `http://localhost/files/public/${id}/1600`,
        full: `http://localhost/files/public/${id}/full`,
      },
    },
    remixCount: n,
    createdAt: new Date(1_700_000_000_000),
    mayRemove: false,
  };
});
