import ts from 'typescript';
import { createTypePrinter, type TypePrinter } from './print-type.ts';

/** What the client fills in where its caller did not. */
const FILLED_IN = new Set(['idempotencyKey']);

const KINDS = {
  query: 'TRPCQueryProcedure',
  mutation: 'TRPCMutationProcedure',
  subscription: 'TRPCSubscriptionProcedure',
};

/**
 * The type of the whole API as a file of declarations that stands by itself: an outside project has neither our rooms
 * nor the libraries they use.
 */
export function writeRouterTypes(program: ts.Program, entry: string, schemas: readonly string[]): string {
  const checker = program.getTypeChecker();
  const printer = createTypePrinter(checker);
  for (const file of schemas) nameTypes(checker, printer, program.getSourceFile(file)!);

  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!);
  const router = exported.find(({ name }) => name === 'appRouter');
  if (!router) throw new Error('The API exports no router.');
  const record = path(checker, checker.getTypeOfSymbol(router), ['_def', 'record']);
  const nouns = checker.getPropertiesOfType(record).map((noun) => {
    const calls = checker.getPropertiesOfType(checker.getTypeOfSymbol(noun)).map((call) => {
      const definition = path(checker, checker.getTypeOfSymbol(call), ['_def']);
      const types = path(checker, definition, ['$types']);
      const kind = path(checker, definition, ['type']) as ts.StringLiteralType;
      const input = printer.print(path(checker, types, ['input']), { optional: FILLED_IN });
      const output = printer.print(path(checker, types, ['output']));
      return `    ${call.name}: ${KINDS[kind.value as keyof typeof KINDS]}<{ input: ${input}; output: ${output}; meta: object }>;`;
    });
    return `  ${noun.name}: {\n${calls.join('\n')}\n  };`;
  });
  return `${HEAD}\n${printer.declarations()}\n\nexport type AppRouter = TRPCBuiltRouter<Root, {\n${nouns.join('\n')}\n}>;\n`;
}

const HEAD = `import type { TRPCBuiltRouter, TRPCDefaultErrorShape, TRPCMutationProcedure, TRPCQueryProcedure, TRPCSubscriptionProcedure } from '@trpc/server';

/** What every refusal carries beside its sentence. */
export type ErrorShape = TRPCDefaultErrorShape & {
  data: {
    requestId: string | null;
    domain: { code: string; details: Record<string, string | number> } | null;
    fields: Record<string, string[] | undefined> | null;
  };
};
type Root = { ctx: object; meta: object; errorShape: ErrorShape; transformer: true };
`;

function path(checker: ts.TypeChecker, type: ts.Type, names: string[]): ts.Type {
  return names.reduce((from, name) => {
    const property = from.getProperty(name);
    if (!property) throw new Error(`The type of the router has no ${name}.`);
    return checker.getTypeOfSymbol(property);
  }, type);
}

function nameTypes(checker: ts.TypeChecker, printer: TypePrinter, file: ts.SourceFile): void {
  const module = checker.getSymbolAtLocation(file);
  for (const symbol of module ? checker.getExportsOfModule(module) : []) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const isGeneric = target.declarations?.some((one) => ts.isTypeAliasDeclaration(one) && one.typeParameters?.length);
    if (target.flags & ts.SymbolFlags.TypeAlias && !isGeneric)
      printer.name(symbol.name, checker.getDeclaredTypeOfSymbol(target));
  }
}
