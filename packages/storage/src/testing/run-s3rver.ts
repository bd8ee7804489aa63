// Its own process: it is old, warns of it, and cuts lists into pages with a cipher that Node has put away.
import { createRequire } from 'node:module';

type Server = { run(): Promise<{ port: number }> };
const S3rver: new (options: object) => Server = createRequire(import.meta.url)('s3rver');

const [directory] = process.argv.slice(2);
process.on('disconnect', () => process.exit());
const server = new S3rver({ address: '127.0.0.1', port: 0, directory, silent: true, vhostBuckets: false });
const { port } = await server.run();
process.send?.({ port });
