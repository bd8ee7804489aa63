import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRouter } from '@repo/api';
import { build } from 'esbuild';
import ts from 'typescript';
import { z } from 'zod';
import { writeRouterTypes } from './write-router-types.ts';

/** Makes `dist`: one file of JavaScript, and declarations that need none of our rooms. */
const here = import.meta.dirname;
const root = join(here, '../..');
const own = join(here, 'src');
const dist = join(here, 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await build({
  entryPoints: [join(own, 'index.ts')],
  outfile: join(dist, 'index.js'),
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  packages: 'external',
  define: {
    __PRESSED_CALLS__: JSON.stringify(callsWhere(({ inputs }) => inputs.some(takesKey))),
    __STREAMED_CALLS__: JSON.stringify(callsWhere(({ output }) => output !== undefined && isStream(output))),
  },
});
const index = join(own, 'index.ts');
const router = join(root, 'packages/api/src/index.server.ts');
const schemas = globSync('packages/domain/src/*/{schema,*-schema}.ts', { cwd: root }).map((file) => join(root, file));
// One program for both: what is asked of the API's types is asked once.
const program = createProgram([index, router, ...schemas]);
writeFileSync(join(dist, 'router.d.ts'), writeRouterTypes(program, router, schemas));
writeDeclarations(program);

type Definition = { inputs: z.ZodType[]; output?: z.ZodType };

function callsWhere(fits: (definition: Definition) => boolean): string[] {
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: Definition }>);
  return procedures.filter(([, { _def }]) => fits(_def)).map(([path]) => path);
}

function takesKey(input: z.ZodType): boolean {
  if (input instanceof z.ZodObject) return 'idempotencyKey' in input.shape;
  if (input instanceof z.ZodUnion) return input.options.some((option) => takesKey(option as z.ZodType));
  return false;
}

/** What `streamOf` makes: any iterable, each piece of which is checked as it leaves. */
function isStream(output: z.ZodType): boolean {
  return output instanceof z.ZodPipe && output.in instanceof z.ZodCustom;
}

function createProgram(files: string[]): ts.Program {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  return ts.createProgram(files, {
    ...options,
    noEmit: false,
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: true,
    emitDeclarationOnly: true,
    declaration: true,
    outDir: dist,
    rootDir: own,
  });
}

function writeDeclarations(program: ts.Program): void {
  for (const file of program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(own))) {
    program.emit(file, (name, text) =>
      writeFileSync(
        join(dist, name.split('/').at(-1)!),
        text.replaceAll("'@repo/api'", "'./router.js'").replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"),
      ),
    );
  }
}
