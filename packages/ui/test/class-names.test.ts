import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folders = ['packages/ui/src', 'apps/web/app', 'apps/admin/app'].filter((folder) => existsSync(root + folder));
const files = folders.flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => `${folder}/${file}`),
);

const STOCK =
  /[\s"'`:](?:bg|text|border|fill|stroke|ring|outline|from|to|via|divide|accent|shadow|decoration)-(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose)-\d{2,3}\b/g;

test('the scan knows a stock colour when it sees one', () => {
  expect('<p className="hover:text-red-500">'.match(STOCK)).toEqual([':text-red-500']);
});

test.each(files)('%s uses no stock colour, which would silently paint nothing', (file) => {
  expect(readFileSync(root + file, 'utf8').match(STOCK) ?? []).toEqual([]);
});
