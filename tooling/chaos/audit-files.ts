import { probeVideo } from '@repo/media/video';
import type { ObjectStore } from '@repo/storage';
import type { Sql } from 'postgres';
import sharp from 'sharp';
import type { Finding } from './audit-books.ts';

type ResultRow = { id: string; kind: string; assetId: string | null; assetKind: string | null; output: unknown };

/** Reads every stored result as its owner would, and looks for files that belong to nobody. */
export async function auditFiles(sql: Sql, store: ObjectStore): Promise<Finding[]> {
  const unreadable: string[] = [];
  const results = await sql<ResultRow[]>`
    select g.id, g.kind, g.output_asset_id as "assetId", a.kind as "assetKind", g.output
    from generation g left join asset a on a.id = g.output_asset_id where g.status = 'done'`;
  for (const result of results) {
    const trouble = await read(store, result).catch((error: unknown) => String(error));
    if (trouble) unreadable.push(`${result.id} ${result.kind}: ${trouble}`);
  }

  const assets = await sql<{ id: string }[]>`select id from asset`;
  const known = new Set(assets.map(({ id }) => id));
  const orphans: string[] = [];
  for (const prefix of ['private', 'public', 'incoming']) {
    for await (const key of store.list(`${prefix}/`)) if (!known.has(key.split('/')[1] ?? '')) orphans.push(key);
  }
  return [
    { rule: 'each stored result is readable', cases: unreadable },
    { rule: 'no file belongs to nobody', cases: orphans },
  ];
}

async function read(store: ObjectStore, { kind, assetId, assetKind, output }: ResultRow): Promise<string | null> {
  const words = output as Record<string, unknown> | null;
  switch (kind) {
    case 'image.edit':
    case 'image.create':
    case 'video.create': {
      if (!assetId) return 'no asset';
      for (const variant of ['480', '1600', 'full']) {
        await sharp(await store.get(`private/${assetId}/${variant}`)).stats();
      }
      if (kind !== 'video.create') return assetKind === 'picture' ? null : `it is a ${assetKind}`;
      const { durationSeconds } = await probeVideo(await store.get(`private/${assetId}/film`));
      return durationSeconds > 0 && assetKind === 'film' ? null : `a ${assetKind} of ${durationSeconds} s`;
    }
    case 'image.describe':
    case 'text.stream':
      return typeof words?.['text'] === 'string' && words['text'].trim() ? null : 'no words';
    case 'text.structured':
      return typeof (words?.['value'] as { title?: unknown })?.title === 'string' ? null : 'not what was asked for';
    case 'text.embed':
      return Number(words?.['count']) === 2 ? null : 'not two vectors';
    default:
      return `nobody asked for ${kind}`;
  }
}
