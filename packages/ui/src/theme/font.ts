import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';

/** Address of the Latin face, for `<link rel="preload" as="font" type="font/woff2" crossOrigin="anonymous">`. */
export const fontUrl: string = latin;
