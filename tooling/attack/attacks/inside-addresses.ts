import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { brokenness, call } from '../ask.ts';
import { type Attack, inTurn } from '../target.ts';

/** The same address inside in every disguise. */
const disguises = (port: number): string[] => [
  `http://127.0.0.1:${port}/`,
  `http://localhost:${port}/`,
  `http://LOCALHOST.:${port}/`,
  `http://2130706433:${port}/`,
  `http://0x7f000001:${port}/`,
  `http://0177.0.0.1:${port}/`,
  `http://0x7f.0.0.1:${port}/`,
  `http://127.1:${port}/`,
  `http://0:${port}/`,
  `http://0.0.0.0:${port}/`,
  `http://[::1]:${port}/`,
  `http://[::]:${port}/`,
  `http://[::ffff:127.0.0.1]:${port}/`,
  `http://[::ffff:7f00:1]:${port}/`,
  `http://[0:0:0:0:0:ffff:7f00:0001]:${port}/`,
  `http://[64:ff9b::7f00:1]:${port}/`,
  `http://[2002:7f00:1::]:${port}/`,
  `http://[fe80::1]:${port}/`,
  `http://[fc00::1]:${port}/`,
  `http://user:pass@127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}#@remixify.example/`,
  `http://①②⑦.⓪.⓪.①:${port}/`,
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://100.100.100.200/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.0.1/',
  'file:///etc/passwd',
  `gopher://127.0.0.1:${port}/_x`,
  'ftp://127.0.0.1/',
  'data:text/html,<script>alert(1)</script>',
  'http://',
  'not an address',
];

/** Everything that takes an address, given one that leads inside: nobody ever knocks there. */
export const attack: Attack = {
  title: 'Addresses that lead inside',
  async run(target, report) {
    const knocks: string[] = [];
    const server = createServer((request, response) => {
      knocks.push(request.url ?? '');
      response.end('the inside');
    });
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const { port } = server.address() as AddressInfo;
    const { author } = target.people;
    try {
      for (const [turn, url] of disguises(port).entries()) {
        const edit = {
          kind: 'image.edit',
          assetId: url,
          picture: { url },
          pictureUrl: url,
          imageUrl: url,
          prompt: 'snow',
          idempotencyKey: randomUUID(),
        };
        const edits = [
          edit,
          { ...edit, assetId: undefined },
          { ...edit, assetId: { url } },
          { ...edit, assetId: undefined, picture: url },
        ];
        for (const input of inTurn(target, edits, turn)) {
          const said = await call(
            target,
            { path: 'generation.request', type: 'mutation' },
            { ...input, idempotencyKey: randomUUID() },
            author,
          );
          report.tried(brokenness(said, `image.edit of ${url}`));
        }
        const hook = {
          url,
          events: ['remix.published'],
          name: 'Inside',
          brandId: target.known.brandId,
          idempotencyKey: randomUUID(),
        };
        const said = await call(target, { path: 'webhooks.create', type: 'mutation' }, hook, author);
        report.tried(said.status === 200 ? `a webhook may lead to ${url}` : brokenness(said, `a webhook to ${url}`));
      }
      await wait(1_500);
      report.tried(knocks.length > 0 ? `${knocks.length} requests reached the inside` : null);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
};
